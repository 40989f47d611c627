import { hostname } from 'node:os';
import { birthOf, isAlive } from '../postgres/process-life.ts';

/** What marks a row as being worked on by a process: its number, and its birth on a named computer. */
export interface ProcessMark {
  readonly processId: number;
  readonly processBirth: string;
}

export const ownMark = async (): Promise<ProcessMark> => markOf(process.pid);

export const markOf = async (pid: number): Promise<ProcessMark> => ({
  processId: pid,
  processBirth: `${hostname()} ${await birthOf(pid)}`,
});

/** Whether the marked process is known to be gone; one on another computer is taken to live. */
export async function isGone({ processId, processBirth }: ProcessMark): Promise<boolean> {
  const [host, birth] = processBirth.split(' ');
  if (host !== hostname()) return false;
  if (!(await isAlive(processId))) return true;
  return birth !== '' && birth !== (await birthOf(processId));
}
