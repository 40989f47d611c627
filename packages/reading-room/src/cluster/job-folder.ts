import { randomUUID } from 'node:crypto';
import { appendFile, mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ConflictError, NotFoundError } from '../errors.ts';
import { batchScript, commandFile } from './batch-script.ts';
import type { ClusterTask } from './cluster-tasks.ts';
import type { SlurmResources } from './slurm.ts';

/** `manifest.json` of a job folder: what is trained, on what, and what each task may use. */
export interface ClusterJob {
  readonly kind: 'cluster-job';
  readonly version: 1;
  /** Names the job with Slurm. Tells nothing of recipe or data: everybody on a cluster sees job names. */
  readonly name: string;
  readonly recipe: string;
  readonly dataset: string;
  readonly resources: SlurmResources;
  readonly concurrent?: number;
  /** How often a task may fail before it is given up. */
  readonly attempts: number;
  readonly madeAt: string;
}

/** What happened to the job, in order: `journal.jsonl`. */
export type JournalEntry =
  | { readonly kind: 'intended'; readonly tasks: readonly number[]; readonly at: string }
  | { readonly kind: 'submitted'; readonly jobId: string; readonly tasks: readonly number[]; readonly at: string }
  | {
      readonly kind: 'ended';
      readonly task: number;
      readonly jobId: string;
      readonly ending: 'done' | 'failed' | 'interrupted' | 'cancelled';
      readonly reason: string;
      /** Steps of the run at that moment. */
      readonly step: number;
      readonly at: string;
    }
  | { readonly kind: 'again'; readonly tasks: readonly number[]; readonly at: string };

export type ClusterJobPlan = Omit<ClusterJob, 'kind' | 'version' | 'name'> & { readonly tasks: readonly ClusterTask[] };

/** The commands of one task, run one after the other. */
export type CommandsOf = (task: ClusterTask, runFolder: string) => readonly (readonly string[])[];

/** Files of a job array: plan, script, commands, logs, runs. */
export class JobFolder {
  readonly path: string;
  readonly job: ClusterJob;
  readonly tasks: readonly ClusterTask[];
  private constructor(path: string, job: ClusterJob, tasks: readonly ClusterTask[]) {
    this.path = path;
    this.job = job;
    this.tasks = tasks;
  }

  /** Throws ConflictError where the folder holds a job already. */
  static async create(path: string, { tasks, ...plan }: ClusterJobPlan, commandsOf: CommandsOf): Promise<JobFolder> {
    if (await stat(join(path, 'manifest.json')).catch(() => undefined))
      throw new ConflictError(`${path} holds a job already`, 'go on with --resume, or name another folder');
    await mkdir(join(path, 'logs'), { recursive: true });
    await writeFile(join(path, 'run.sbatch'), batchScript, { mode: 0o755 });
    await writeFile(join(path, 'tasks.jsonl'), tasks.map((task) => `${JSON.stringify(task)}\n`).join(''));
    for (const task of tasks) {
      const commands = join(path, 'tasks', String(task.index));
      await mkdir(commands, { recursive: true });
      for (const [place, command] of commandsOf(task, join(path, task.run)).entries())
        await writeFile(join(commands, `${place}.command`), commandFile(command));
    }
    const job: ClusterJob = {
      kind: 'cluster-job',
      version: 1,
      name: `radiolect-${randomUUID().slice(0, 8)}`,
      ...plan,
    };
    // Last and whole, so that a folder with a manifest is a complete one.
    await writeFile(join(path, 'manifest.json.part'), `${JSON.stringify(job, null, 2)}\n`);
    await rename(join(path, 'manifest.json.part'), join(path, 'manifest.json'));
    return new JobFolder(path, job, tasks);
  }

  /** Throws NotFoundError where the folder holds no job. */
  static async open(path: string): Promise<JobFolder> {
    const text = await readFile(join(path, 'manifest.json'), 'utf8').catch(() => undefined);
    const job = text === undefined ? undefined : (JSON.parse(text) as Partial<ClusterJob>);
    if (job?.kind !== 'cluster-job') throw new NotFoundError(`job of a cluster: ${path}`);
    const tasks = jsonLines<ClusterTask>(await readFile(join(path, 'tasks.jsonl'), 'utf8'));
    return new JobFolder(path, job as ClusterJob, tasks);
  }

  async journal(): Promise<JournalEntry[]> {
    return jsonLines<JournalEntry>(await readFile(join(this.path, 'journal.jsonl'), 'utf8').catch(() => ''));
  }
  async note(entry: JournalEntry): Promise<void> {
    await appendFile(join(this.path, 'journal.jsonl'), `${JSON.stringify(entry)}\n`);
  }
  runOf = (task: ClusterTask): string => join(this.path, task.run);
  logOf = (task: ClusterTask): string => join(this.path, 'logs', `task-${task.index}.log`);
}

/** Numbers of all jobs that were ever submitted for the folder. */
export const jobsOfJournal = (journal: readonly JournalEntry[]): string[] =>
  journal.flatMap((entry) => (entry.kind === 'submitted' ? [entry.jobId] : []));

/** Ends a line that a kill cut short, so that the next one stands alone. */
export async function repairJournal({ path }: JobFolder): Promise<void> {
  const text = await readFile(join(path, 'journal.jsonl'), 'utf8').catch(() => '\n');
  if (!text.endsWith('\n')) await appendFile(join(path, 'journal.jsonl'), '\n');
}

/** Whole lines; one that a kill cut short is left out. */
export function jsonLines<T>(text: string): T[] {
  return text
    .split('\n')
    .slice(0, -1)
    .flatMap((line) => {
      try {
        return line === '' ? [] : [JSON.parse(line) as T];
      } catch {
        return [];
      }
    });
}
