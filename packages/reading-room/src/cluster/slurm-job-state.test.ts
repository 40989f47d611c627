import { expect, test } from 'vitest';
import { submitArguments } from './slurm.ts';
import {
  endingInWords,
  isInterruption,
  isLive,
  parseSacct,
  parseScontrol,
  parseTaskList,
  taskList,
} from './slurm-job-state.ts';

// Recorded from Slurm 22.05, shortened between the fields that are read.
const scontrol = `JobId=1 ArrayJobId=1 ArrayTaskId=4-6:2,9%3 ArrayTaskThrottle=3 JobName=radiolect-abc UserId=root(0) JobState=PENDING Reason=Resources Dependency=(null) Requeue=1 Restarts=0 BatchFlag=1 Reboot=0 ExitCode=0:0 RunTime=00:00:00 NodeList= NumNodes=1
JobId=5 ArrayJobId=1 ArrayTaskId=3 JobName=radiolect-abc JobState=RUNNING Reason=None Dependency=(null) Requeue=1 Restarts=2 BatchFlag=1 Reboot=0 ExitCode=0:0 NodeList=vm BatchHost=vm
JobId=3 ArrayJobId=1 ArrayTaskId=1 JobState=FAILED Reason=NonZeroExitCode Restarts=0 ExitCode=3:0 NodeList=vm
JobId=2 ArrayJobId=1 ArrayTaskId=0 JobState=COMPLETED Reason=None Restarts=0 ExitCode=0:0 NodeList=vm
`;

test('scontrol: tasks that wait share a line, the others have one each', () => {
  const tasks = parseScontrol(scontrol);
  expect(tasks.map(({ task, state }) => [task, state])).toEqual([
    [4, 'PENDING'],
    [6, 'PENDING'],
    [9, 'PENDING'],
    [3, 'RUNNING'],
    [1, 'FAILED'],
    [0, 'COMPLETED'],
  ]);
  expect(tasks[3]).toMatchObject({ restarts: 2, node: 'vm', reason: 'None' });
  expect(tasks[4]).toMatchObject({ exitCode: '3:0' });
  expect(tasks.map(isLive)).toEqual([true, true, true, true, false, false]);
  expect(parseScontrol('')).toEqual([]);
});

test('sacct: whole tasks alone, an account in the state left out', () => {
  const text =
    '7_0|COMPLETED|0:0\n7_1|CANCELLED by 1000|0:15\n7_2|OUT_OF_MEMORY|0:125\n7_[3-4%2]|PENDING|0:0\n7|X|0:0\n';
  expect(parseSacct(text).map(({ task, state, exitCode }) => [task, state, exitCode])).toEqual([
    [0, 'COMPLETED', '0:0'],
    [1, 'CANCELLED', '0:15'],
    [2, 'OUT_OF_MEMORY', '0:125'],
    [3, 'PENDING', '0:0'],
    [4, 'PENDING', '0:0'],
  ]);
});

test.each([
  ['FAILED', '0:9', 'killed: more memory', false],
  ['FAILED', '137:0', 'killed: more memory', false],
  ['OUT_OF_MEMORY', '0:125', 'raise --memory', false],
  ['TIMEOUT', '0:15', 'raise --time', true],
  ['NODE_FAIL', '0:0', 'node failed', true],
  ['PREEMPTED', '0:15', 'took its place', true],
  ['FAILED', '2:0', 'left with 2', false],
])('%s %s is told in words', (state, exitCode, words, interruption) => {
  const ending = { task: 0, state, exitCode, reason: 'None', restarts: 0, node: '' };
  expect(endingInWords(ending)).toContain(`${state} ${exitCode}`);
  expect(endingInWords(ending)).toContain(words);
  expect(isInterruption(ending)).toBe(interruption);
});

test('task lists are written shortly and read back', () => {
  expect(taskList([5, 0, 1, 2, 9, 10])).toBe('0-2,5,9-10');
  expect(parseTaskList(taskList([5, 0, 1, 2, 9, 10]))).toEqual([0, 1, 2, 5, 9, 10]);
});

test('what a person asks of the cluster arrives as one argument each', () => {
  const args = submitArguments({
    tasks: [0, 1, 2],
    concurrent: 2,
    name: 'radiolect-1',
    folder: '/runs/a b',
    script: 'run.sbatch',
    resources: { gres: 'gpu:1', cpus: 8, memory: '16G', time: '04:00:00', options: ['--account=x; rm -rf ~'] },
  });
  expect(args).toEqual(expect.arrayContaining(['--array=0-2%2', '--chdir=/runs/a b', '--gres=gpu:1', '--mem=16G']));
  expect(args.at(-1)).toBe('--account=x; rm -rf ~');
  expect(args).toContain('--requeue');
});
