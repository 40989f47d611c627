import type { JournalEntry } from './job-folder.ts';

/** What the journal tells of one task. */
export interface TaskRecord {
  /** The job that has it now. */
  readonly jobId?: string;
  /** How it ended for good; left out while it may go on. */
  readonly settled?: 'done' | 'failed' | 'cancelled';
  /** Endings that count against it. */
  readonly failures: number;
  /** Endings that do not: it had come further, and was interrupted. */
  readonly interruptions: number;
  /** Steps at its latest ending. */
  readonly step: number;
  /** Of its latest ending. */
  readonly reason?: string;
}

const fresh: TaskRecord = { failures: 0, interruptions: 0, step: 0 };

/** Where each task stands by the journal; `attempts` failures settle a task. */
export function recordsOf(journal: readonly JournalEntry[], count: number, attempts: number): TaskRecord[] {
  const records: TaskRecord[] = new Array<TaskRecord>(count).fill(fresh);
  for (const entry of journal) {
    if (entry.kind === 'submitted')
      for (const task of entry.tasks) records[task] = { ...(records[task] ?? fresh), jobId: entry.jobId };
    else if (entry.kind === 'again')
      for (const task of entry.tasks) {
        const { step, interruptions } = records[task] ?? fresh;
        records[task] = { failures: 0, interruptions, step };
      }
    else if (entry.kind === 'ended') {
      const { jobId: _, ...before } = records[entry.task] ?? fresh;
      const failures = before.failures + (entry.ending === 'failed' ? 1 : 0);
      const settled =
        entry.ending === 'done' || entry.ending === 'cancelled'
          ? entry.ending
          : failures >= attempts
            ? 'failed'
            : undefined;
      records[entry.task] = {
        ...before,
        failures,
        interruptions: before.interruptions + (entry.ending === 'interrupted' ? 1 : 0),
        step: entry.step,
        reason: entry.reason,
        ...(settled ? { settled } : {}),
      };
    }
  }
  return records;
}

/** Tasks that were to be submitted when the follower was killed, and whose job number nobody wrote down. */
export function unsureSubmission(journal: readonly JournalEntry[]): readonly number[] | undefined {
  const last = journal.findLast(({ kind }) => kind === 'intended' || kind === 'submitted');
  return last?.kind === 'intended' ? last.tasks : undefined;
}
