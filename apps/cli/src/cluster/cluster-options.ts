import { type Command, InvalidArgumentError, Option } from 'commander';
import { wholeNumberFrom } from '../whole-number.ts';

/** What `radiolect train` takes for a job array. */
export interface ClusterOptions {
  readonly cluster?: 'slurm';
  readonly seeds?: readonly number[];
  readonly folds?: number;
  readonly sweep: Readonly<Record<string, readonly string[]>>;
  readonly evaluate?: string;
  readonly partition?: string;
  readonly gres?: string;
  readonly cpus?: number;
  readonly memory?: string;
  readonly time?: string;
  readonly sbatchOption: readonly string[];
  readonly concurrent?: number;
  readonly attempts: number;
  readonly every: number;
  readonly json?: boolean;
}

/** The options of a cluster, in a group of their own in `--help`. */
export function withClusterOptions(command: Command): Command {
  const heading = 'On a cluster:';
  const add = (option: Option): Command => command.addOption(option.helpGroup(heading));
  add(new Option('--cluster <kind>', 'submit as a job array and follow it').choices(['slurm']));
  add(new Option('--seeds <list>', 'a training for each seed, for example 1,2,3').argParser(wholeNumbers));
  add(
    new Option('--folds <k>', 'a training for each of k parts of the patients, held out').argParser(wholeNumberFrom(2)),
  );
  add(
    new Option('--sweep <setting=v1,v2>', 'a training for each value; repeat for every combination')
      .argParser(sweep)
      .default({}, 'none'),
  );
  add(new Option('--evaluate <path>', 'grade each finished model on this, as radiolect evaluate does'));
  add(new Option('--partition <name>', 'where the tasks run'));
  add(new Option('--gres <gpu:1>', 'devices of a task'));
  add(new Option('--cpus <n>', 'cores of a task').argParser(wholeNumberFrom(1)));
  add(new Option('--memory <8G>', 'memory of a task'));
  add(new Option('--time <04:00:00>', 'time of a task; one that needs more goes on in a next job'));
  add(
    new Option('--sbatch-option <--name=value>', 'any other option of sbatch; repeat')
      .argParser(sbatchOption)
      .default([], 'none'),
  );
  add(new Option('--concurrent <n>', 'tasks at the same time, at most').argParser(wholeNumberFrom(1)));
  add(new Option('--attempts <n>', 'failures after which a task is given up').argParser(wholeNumberFrom(1)).default(3));
  add(new Option('--every <seconds>', 'between two looks at the job').argParser(seconds).default(5));
  add(new Option('--json', 'print the gathered results as JSON'));
  return command;
}

/** Options that say something only together with `--cluster`. */
export const clusterOnly = [
  'seeds',
  'folds',
  'evaluate',
  'partition',
  'gres',
  'cpus',
  'memory',
  'time',
  'concurrent',
] as const;

function sweep(text: string, known: Readonly<Record<string, readonly string[]>>): Record<string, readonly string[]> {
  const [, key, values] = /^([\w.-]+)=(.+)$/s.exec(text) ?? [];
  if (key === undefined || values === undefined) throw new InvalidArgumentError('write SETTING=VALUE,VALUE');
  return { ...known, [key]: values.split(',') };
}

function sbatchOption(text: string, known: readonly string[]): string[] {
  if (!/^--?[a-z]/i.test(text))
    throw new InvalidArgumentError('write it as sbatch takes it: --sbatch-option=--account=lung');
  return [...known, text];
}

function wholeNumbers(text: string): number[] {
  const numbers = text.split(',').map(Number);
  if (numbers.some((one) => !Number.isSafeInteger(one) || one < 0)) throw new InvalidArgumentError('write 1,2,3');
  return [...new Set(numbers)];
}

function seconds(text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new InvalidArgumentError('a number of seconds above 0');
  return value;
}
