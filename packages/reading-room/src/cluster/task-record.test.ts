import { expect, test } from 'vitest';
import { clusterTasks } from './cluster-tasks.ts';
import type { JournalEntry } from './job-folder.ts';
import { recordsOf, unsureSubmission } from './task-record.ts';

const at = '2026-01-01T00:00:00.000Z';
const submitted = (jobId: string, tasks: number[]): JournalEntry => ({ kind: 'submitted', jobId, tasks, at });
const ended = (task: number, ending: 'done' | 'failed' | 'interrupted' | 'cancelled', step = 0): JournalEntry => ({
  kind: 'ended',
  task,
  jobId: '1',
  ending,
  reason: ending,
  step,
  at,
});

test('failures settle a task, interruptions do not', () => {
  const journal = [submitted('1', [0, 1, 2]), ended(0, 'done'), ended(1, 'failed', 4), ended(2, 'interrupted', 9)];
  expect(recordsOf(journal, 3, 2)).toMatchObject([
    { settled: 'done' },
    { failures: 1, step: 4 },
    { failures: 0, interruptions: 1, step: 9 },
  ]);
  const later = recordsOf([...journal, submitted('2', [1, 2]), ended(1, 'failed', 4)], 3, 2);
  expect(later[1]).toMatchObject({ settled: 'failed', failures: 2 });
  expect(later[2]).toMatchObject({ jobId: '2' });
  const again = recordsOf([...journal, ended(1, 'failed'), { kind: 'again', tasks: [1], at }], 3, 2);
  expect(again[1]).toEqual({ failures: 0, interruptions: 0, step: 0 });
});

test('a submission that nobody wrote down is noticed', () => {
  expect(unsureSubmission([{ kind: 'intended', tasks: [0, 1], at }])).toEqual([0, 1]);
  expect(
    unsureSubmission([{ kind: 'intended', tasks: [0], at }, submitted('1', [0]), ended(0, 'done')]),
  ).toBeUndefined();
});

test('every combination of settings, parts and seeds is one task', () => {
  const tasks = clusterTasks({ seeds: [1, 2], folds: 3, sweep: { a: ['x', 'y'], 'b.c': ['1', '2'] } });
  expect(tasks).toHaveLength(2 * 3 * 4);
  expect(new Set(tasks.map(({ run }) => run)).size).toBe(24);
  expect(tasks[7]).toMatchObject({ index: 7, name: 'seed 2, part 1 of 3, a x, b.c 2', setting: 'a x, b.c 2' });
  expect(tasks[7]?.overrides).toEqual({ a: 'x', 'b.c': '2', seed: '2' });
  expect(clusterTasks({ sweep: {} })).toEqual([
    { index: 0, name: 'the recipe as it stands', setting: 'the recipe as it stands', overrides: {}, run: 'runs/000' },
  ]);
});
