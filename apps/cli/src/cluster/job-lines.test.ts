import { Writable } from 'node:stream';
import type { TaskStatus } from '@radiolect/reading-room';
import { expect, test } from 'vitest';
import { jobLines, taskLine } from './job-lines.ts';

const status = (index: number, changes: Partial<TaskStatus> = {}): TaskStatus => ({
  task: { index, name: `seed ${index}`, setting: 'a', overrides: {}, run: `runs/00${index}` },
  record: { failures: 0, interruptions: 0, step: 0, jobId: '7' },
  ...changes,
});
const slurm = (state: string) => ({ task: 0, state, exitCode: '0:0', reason: 'None', restarts: 1, node: 'node3' });
const progress = {
  state: 'running',
  step: 30,
  steps: 120,
  epoch: 1,
  loss: 1,
  imagesPerSecond: 33,
  secondsLeft: 90,
} as const;

function stream(isTTY: boolean): { readonly written: () => string; readonly stream: NodeJS.WriteStream } {
  const parts: string[] = [];
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      parts.push(chunk.toString());
      done();
    },
  });
  return {
    written: () => parts.join(''),
    stream: Object.assign(sink, { isTTY, columns: 200, rows: 50 }) as unknown as NodeJS.WriteStream,
  };
}

test('a line tells where a task runs, how far it is, and what befell it', () => {
  expect(taskLine(status(2, { slurm: slurm('RUNNING'), progress }))).toBe(
    'task 2 (seed 2): running on node3, step 30 of 120, 33.0 images/s, 2 min left, put back 1 time',
  );
  const given = { failures: 3, interruptions: 0, step: 30, settled: 'failed' as const, reason: 'FAILED 0:9' };
  expect(taskLine(status(0, { record: given, progress }))).toBe(
    'task 0 (seed 0): given up, step 30 of 120, failed 3 times, latest ending: FAILED 0:9',
  );
});

test('on no terminal a line for each change, none where nothing changed', () => {
  const { stream: to, written } = stream(false);
  const lines = jobLines(to);
  const running = [status(0, { slurm: slurm('RUNNING'), progress }), status(1, { slurm: slurm('PENDING') })];
  lines.show(running);
  lines.show(running);
  lines.end();
  expect(written().split('\n')).toEqual([
    taskLine(running[0]!),
    taskLine(running[1]!),
    '2 tasks: 1 running, 1 pending',
    '',
  ]);
});

test('on a terminal a bar for each task that runs and one for all', () => {
  const { stream: to, written } = stream(true);
  const lines = jobLines(
    Object.assign(to, {
      cursorTo: () => true,
      moveCursor: () => true,
      clearLine: () => true,
      clearScreenDown: () => true,
    }),
  );
  lines.show([status(0, { slurm: slurm('RUNNING'), progress }), status(1, { slurm: slurm('PENDING') })]);
  lines.show([status(0, { record: { failures: 0, interruptions: 0, step: 120, settled: 'done' } }), status(1)]);
  lines.end();
  expect(written()).toContain('task 0 (seed 0): done');
  expect(written()).toContain('2 tasks: 1 done, 1 submitted');
});
