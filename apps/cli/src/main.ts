import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command, CommanderError } from 'commander';

/**
 * The commands, in the order of `--help`. Each is the file `commands/NAME.ts`, which exports one commander `Command` by
 * name; it is imported only when it is called, so that `radiolect label` never loads a training engine.
 *
 * A command reads the global options with `command.optsWithGlobals<GlobalOptions>()`, writes results to stdout and
 * progress to stderr, throws for a failure (exit 1), or sets `process.exitCode = 1` where a part was refused.
 */
const commands: readonly (readonly [name: string, summary: string])[] = [
  ['start', 'create the data folder, bring in sample studies, serve the reading room'],
  ['serve', 'serve the reading room of the data folder'],
  ['import', 'bring studies and reports into the data folder'],
  ['label', 'read reports into findings, one line of JSON each'],
  ['review', 'read imported reports twice; what differs waits for a person'],
  ['compare-readers', 'grade rules and language models on reports with hand labels'],
  ['structure', 'read a report into the elements of a CDE set'],
  ['cde', 'search, show and check sets of common data elements'],
  ['check', 'look for what cannot be right in a report, with the words it rests on'],
  ['pack', 'check a reporting domain that you wrote'],
  ['dataset', 'make a dataset from imported studies or a phantom folder'],
  ['train', 'train a model with a recipe on a dataset'],
  ['cluster', 'look after trainings on a cluster'],
  ['evaluate', 'grade a model on studies with truth'],
  ['audit-drafter', 'ask of a drafting language model what text metrics hide'],
  ['predict', 'probabilities of one study as JSON'],
  ['read', 'findings, draft and heat maps of one study'],
  ['explain', 'tell findings to the patient in plain words'],
  ['deidentify', 'take identities out of report texts'],
  ['phantom', 'draw synthetic bone scans with reports and truth'],
];

/** Options that every command takes, before or after its name. */
export interface GlobalOptions {
  /** The data folder. */
  readonly data: string;
  /** Name of a shipped pack, or the folder of one. */
  readonly pack: string;
}

/** Runs the program; resolves to the exit code: 0 done, 1 something was refused or failed, 2 wrong usage. */
export async function main(args: readonly string[]): Promise<number> {
  const program = new Command('radiolect')
    .description('Bone scans and free-text reports in one language of findings.')
    .option('--data <folder>', 'data folder', process.env.RADIOLECT_DATA ?? join(homedir(), '.radiolect'))
    .option('--pack <name|folder>', 'reporting domain', 'bone-scan')
    .showHelpAfterError('(radiolect --help lists the commands)');
  const wanted = firstWord(args);
  try {
    for (const [name, summary] of commands) {
      const file = fileURLToPath(new URL(`./commands/${name}.ts`, import.meta.url));
      if (wanted === name) program.addCommand(await loadCommand(file));
      else program.command(name).description(summary);
    }
    for (const command of [program, ...program.commands]) command.exitOverride();
    await program.parseAsync([...args], { from: 'user' });
    return typeof process.exitCode === 'number' ? process.exitCode : 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    process.stderr.write(`radiolect: ${messageOf(error)}\n`);
    if (process.env.RADIOLECT_DEBUG && error instanceof Error) process.stderr.write(`${error.stack}\n`);
    return 1;
  }
}

/** An error's rule, and its fix where it names one. */
function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // A refused statement's message quotes its values, and those may be a report's text.
  if ('query' in error && 'params' in error) {
    const { code = 'unknown' } = (error.cause ?? {}) as { code?: string };
    return `the database refused a statement (${code}); RADIOLECT_DEBUG=1 shows it, with patient text`;
  }
  return 'fix' in error && typeof error.fix === 'string' ? `${error.message}; ${error.fix}` : error.message;
}

/** The first argument that is neither an option nor the value of a global one. */
function firstWord(args: readonly string[]): string | undefined {
  for (let index = 0; index < args.length; index++) {
    const word = args[index]!;
    if (word === '--data' || word === '--pack') index++;
    else if (!word.startsWith('-')) return word === 'help' ? args[index + 1] : word;
  }
  return undefined;
}

async function loadCommand(file: string): Promise<Command> {
  const exports: unknown = await import(file);
  const command = Object.values(exports as Record<string, unknown>).find((value) => value instanceof Command);
  if (!command) throw new Error(`${file} exports no command`);
  return command;
}
