/** How one task of a job array stands with Slurm. */
export interface SlurmTaskState {
  /** Place in the array. */
  readonly task: number;
  /** Slurm's word, in capitals: PENDING, RUNNING, FAILED … */
  readonly state: string;
  /** "code:signal", as Slurm writes it. */
  readonly exitCode: string;
  /** Why it waits or how it ended, in Slurm's words; "None" where there is nothing to say. */
  readonly reason: string;
  /** How often Slurm put it back into the queue. */
  readonly restarts: number;
  readonly node: string;
}

/** States in which a task will still do something of its own accord. */
const live = new Set(
  'PENDING CONFIGURING RUNNING COMPLETING SUSPENDED STOPPED SIGNALING RESIZING REQUEUED REQUEUE_FED STAGE_OUT'.split(
    ' ',
  ),
);

export const isLive = ({ state }: SlurmTaskState): boolean => live.has(state);

/** Endings that are no fault of the task: it goes on from its checkpoint. */
const interruptions = new Set(['PREEMPTED', 'TIMEOUT', 'NODE_FAIL', 'BOOT_FAIL', 'REVOKED']);

export const isInterruption = ({ state }: SlurmTaskState): boolean => interruptions.has(state);

/** An ending in words for a person. A memory limit looks like a signal where the cluster has no control groups. */
export function endingInWords({ state, exitCode, reason }: SlurmTaskState): string {
  const [code = '0', own = '0'] = exitCode.split(':');
  // A shell tells the signal that ended its program as 128 more.
  const signal = own === '0' && Number(code) > 128 ? String(Number(code) - 128) : own;
  const why: Readonly<Record<string, string>> = {
    OUT_OF_MEMORY: 'more memory than it asked for: raise --memory',
    TIMEOUT: 'its time was over: raise --time',
    NODE_FAIL: 'its node failed',
    BOOT_FAIL: 'its node did not start',
    PREEMPTED: 'another job took its place',
    CANCELLED: 'a person or the administration ended it',
    DEADLINE: 'its deadline passed',
  };
  const ended =
    signal === '9'
      ? 'killed: more memory than it asked for, or by hand'
      : signal !== '0'
        ? `ended by signal ${signal}`
        : code !== '0'
          ? `left with ${code}`
          : 'see its log';
  const words = why[state] ?? ended;
  const said = reason === 'None' || reason === '' || reason === 'NonZeroExitCode' ? '' : `, ${reason}`;
  return `${state} ${exitCode}${said} (${words})`;
}

/** What `scontrol --oneliner show job ID` prints: a line a task, and one for all those of an array that wait. */
export function parseScontrol(text: string): SlurmTaskState[] {
  return text.split('\n').flatMap((line) => {
    const field = (name: string): string | undefined => new RegExp(`(?:^|\\s)${name}=(\\S*)`).exec(line)?.[1];
    const state = field('JobState');
    const tasks = field('ArrayTaskId');
    if (state === undefined || tasks === undefined) return [];
    const exitCode = field('ExitCode') ?? '0:0';
    const node = field('NodeList') ?? '';
    return parseTaskList(tasks).map((task) => ({
      task,
      state,
      exitCode,
      reason: field('Reason') ?? 'None',
      restarts: Number(field('Restarts') ?? 0),
      node: node === '(null)' ? '' : node,
    }));
  });
}

/** What `sacct --parsable2 --noheader --allocations --format=JobID,State,ExitCode,Restarts` or the same without the last prints. */
export function parseSacct(text: string): SlurmTaskState[] {
  return text.split('\n').flatMap((line) => {
    const [id = '', state = '', exitCode = '0:0'] = line.split('|');
    const place = /^\d+_(\d+|\[[^\]]+\])$/.exec(id)?.[1];
    if (place === undefined) return [];
    // "CANCELLED by 1000": the account is nobody's business here.
    const word = state.split(' ')[0] ?? '';
    return parseTaskList(place.replace(/[[\]]/g, '')).map((task) => ({
      task,
      state: word,
      exitCode,
      reason: 'None',
      restarts: 0,
      node: '',
    }));
  });
}

/** "0-4:2,7%3" → 0, 2, 4, 7. */
export function parseTaskList(text: string): number[] {
  return (text.split('%')[0] ?? '').split(',').flatMap((part) => {
    const match = /^(\d+)(?:-(\d+)(?::(\d+))?)?$/.exec(part);
    if (!match) return [];
    const from = Number(match[1]);
    const to = Number(match[2] ?? from);
    const by = Math.max(Number(match[3] ?? 1), 1);
    return Array.from({ length: Math.floor((to - from) / by) + 1 }, (_, index) => from + index * by);
  });
}

/** 0, 1, 2, 5 → "0-2,5": job arrays are named shortly, whatever their size. */
export function taskList(tasks: readonly number[]): string {
  const sorted = [...new Set(tasks)].sort((a, b) => a - b);
  const parts: string[] = [];
  for (let at = 0; at < sorted.length; ) {
    let end = at;
    while (sorted[end + 1] === sorted[end]! + 1) end++;
    parts.push(end === at ? String(sorted[at]) : `${sorted[at]}-${sorted[end]}`);
    at = end + 1;
  }
  return parts.join(',');
}
