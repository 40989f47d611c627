import { execFile } from 'node:child_process';
import type { SlurmTaskState } from './slurm-job-state.ts';
import { parseSacct, parseScontrol, taskList } from './slurm-job-state.ts';

/** Slurm is not here, does not answer, or refused. Holds what its command said. */
export class SlurmError extends Error {
  readonly fix: string;
  constructor(problem: string, fix: string) {
    super(problem);
    this.name = 'SlurmError';
    this.fix = fix;
  }
}

/** What a task asks of the cluster. Names and sizes are Slurm's own; what is left out is the cluster's default. */
export interface SlurmResources {
  readonly partition?: string;
  /** For example `gpu:1`. */
  readonly gres?: string;
  readonly cpus?: number;
  /** For example `8G`; without it some clusters give a task the whole node. */
  readonly memory?: string;
  /** For example `04:00:00`. */
  readonly time?: string;
  /** Further options of `sbatch`, as it takes them: `--account=lung`. */
  readonly options: readonly string[];
}

export interface ArraySubmission {
  readonly tasks: readonly number[];
  /** Tasks that run at the same time, at most. */
  readonly concurrent?: number;
  readonly name: string;
  readonly folder: string;
  readonly script: string;
  readonly resources: SlurmResources;
}

/** Seconds between the warning and the end of a task's time, for a last checkpoint. */
const graceSeconds = 60;

/** Slurm's commands. No shell stands between: an argument arrives as it was written. */
export class Slurm {
  /** Submits one job array; resolves to its number. Throws SlurmError. */
  async submit(submission: ArraySubmission): Promise<string> {
    const { name, script, folder } = submission;
    const out = await run('sbatch', [...submitArguments(submission), script], folder);
    const id = /^(\d+)/.exec(out.trim())?.[1];
    if (id === undefined) throw new SlurmError(`sbatch gave no job number for ${name}`, 'look with squeue');
    return id;
  }

  /**
   * How the tasks of a job stand. What the controller has forgotten (minutes after its end) is asked of the accounting,
   * where the cluster keeps one; a task that neither knows is missing from the answer.
   */
  async tasksOf(jobId: string): Promise<SlurmTaskState[]> {
    const known = parseScontrol(await forgiving('scontrol', ['--oneliner', 'show', 'job', jobId]));
    return known.length > 0 ? known : this.#accounted(jobId);
  }

  /** Numbers of the jobs of that name that the controller knows. */
  async jobsNamed(name: string): Promise<string[]> {
    const out = await run('squeue', ['--noheader', '--states=all', '--name', name, '--format=%F']);
    return [...new Set(out.split('\n').map((line) => line.trim()))].filter((id) => id !== '');
  }

  async cancel(jobId: string): Promise<void> {
    await run('scancel', [jobId]);
  }

  async #accounted(jobId: string): Promise<SlurmTaskState[]> {
    const format = '--format=JobID,State,ExitCode';
    return parseSacct(
      await forgiving('sacct', ['--parsable2', '--noheader', '--allocations', format, '--jobs', jobId]),
    );
  }
}

/** The arguments of `sbatch` before the script. Exported for its test. */
export function submitArguments({ tasks, concurrent, name, folder, resources }: ArraySubmission): string[] {
  const { partition, gres, cpus, memory, time, options } = resources;
  const given = (option: string, value: string | number | undefined): string[] =>
    value === undefined ? [] : [`--${option}=${value}`];
  return [
    '--parsable',
    `--array=${taskList(tasks)}${concurrent === undefined ? '' : `%${concurrent}`}`,
    `--job-name=${name}`,
    `--chdir=${folder}`,
    '--output=logs/task-%a.log',
    '--open-mode=append',
    '--requeue',
    `--signal=B:TERM@${graceSeconds}`,
    ...given('partition', partition),
    ...given('gres', gres),
    ...given('cpus-per-task', cpus),
    ...given('mem', memory),
    ...given('time', time),
    ...options,
  ];
}

function run(program: string, args: readonly string[], cwd?: string): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(program, args, { cwd, maxBuffer: 1 << 28, timeout: 120_000 }, (error, stdout, stderr) => {
      if (!error) return resolve(stdout);
      if ((error as NodeJS.ErrnoException).code === 'ENOENT')
        return reject(new SlurmError(`there is no ${program} here`, 'run this where jobs are submitted to Slurm'));
      const said = stderr.trim().replace(/\s*\n\s*/g, '; ');
      reject(new SlurmError(`${program}: ${said || error.message}`, 'correct it, or ask the administration'));
    });
  });
}

/** Nothing where Slurm does not know the job, or keeps no accounting; other failures are thrown. */
async function forgiving(program: string, args: readonly string[]): Promise<string> {
  try {
    return await run(program, args);
  } catch (error) {
    if (!(error instanceof SlurmError)) throw error;
    const unknown = /invalid job id|no jobs? in the system|accounting storage is disabled|there is no sacct/i;
    if (unknown.test(error.message)) return '';
    throw error;
  }
}
