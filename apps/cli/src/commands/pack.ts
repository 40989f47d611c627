import { resolve } from 'node:path';
import { readPackFiles, shippedPackFolder, shippedPacks } from '@radiolect/findings/node';
import type { PackProblem } from '@radiolect/reports';
import { checkPack } from '@radiolect/reports';
import { Command } from 'commander';
import type { GlobalOptions } from '../main.ts';

interface CheckOptions extends GlobalOptions {
  readonly json?: boolean;
}

export const pack = new Command('pack').description('Works on packs: reporting domains written as data.');

pack
  .command('check')
  .description('Lists all mistakes of a pack at once, each with its file, its rule and what to do.')
  .argument('[name|folder]', 'a shipped pack by its name, or the folder of your own; without it, the one of --pack')
  .option('--json', 'the list as JSON')
  .addHelpText(
    'after',
    `
Exit code 0: no error (there may be warnings). 1: at least one error. docs/packs.md shows how a pack is written.

Examples:
  radiolect pack check packs/my-domain
  radiolect pack check chest-x-ray
  radiolect pack check ./my-domain --json`,
  )
  .action(async (given: string | undefined, _options: unknown, command: Command) => {
    const options = command.optsWithGlobals<CheckOptions>();
    const { name, files } = await filesOf(given ?? options.pack);
    const problems = checkPack(name, files);
    const errors = problems.filter(({ severity }) => severity === 'error').length;
    if (options.json) process.stdout.write(`${JSON.stringify({ pack: name, errors, problems }, undefined, 2)}\n`);
    else {
      for (const problem of problems) process.stdout.write(`${line(problem)}\n`);
      const warnings = problems.length - errors;
      process.stderr.write(`${name}: ${counted(errors, 'error')}, ${counted(warnings, 'warning')}\n`);
    }
    if (errors > 0) process.exitCode = 1;
  });

/** The files of a shipped pack, or of a folder: whatever holds a slash or is no shipped name is a folder. */
async function filesOf(given: string): Promise<{ name: string; files: ReadonlyMap<string, string> }> {
  const shipped = !/[\\/]/.test(given) && (await shippedPacks()).includes(given);
  const folder = shipped ? shippedPackFolder(given) : resolve(given);
  try {
    return { name: folder.split(/[\\/]/).at(-1) ?? given, files: await readPackFiles(folder) };
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw cause;
    throw new Error(`no pack at ${folder}; give a folder, or one of ${(await shippedPacks()).join(', ')}`);
  }
}

const line = ({ severity, file, rule, problem, fix }: PackProblem): string =>
  `${severity}: ${file} [${rule}] ${problem}; ${fix}`;

const counted = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;
