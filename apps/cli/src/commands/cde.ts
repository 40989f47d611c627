import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CdeDomain, CdeProblem, CdeSet } from '@radiolect/findings';
import type { CdeCatalogue } from '@radiolect/findings/cde';
import { createCdeCatalogue } from '@radiolect/findings/cde';
import { readCdeSet, readCdeSets, readPack, shippedPacks } from '@radiolect/findings/node';
import { cdeSetsOfPack } from '@radiolect/reports';
import { Command } from 'commander';
import { wholeNumberFrom } from '../whole-number.ts';

interface CatalogueOptions {
  readonly catalogue?: string;
  readonly json?: boolean;
  readonly limit?: number;
}

const catalogueOption = [
  '--catalogue <folder>',
  'folder of sets or finding models (*.json), searched with those of the packs',
] as const;

const search = new Command('search')
  .description('Finds sets by name, synonyms, elements, values, tags and description.')
  .argument('<words...>', 'what to look for')
  .option(...catalogueOption)
  .option('--limit <n>', 'how many hits', wholeNumberFrom(1), 20)
  .option('--json', 'one JSON array')
  .addHelpText(
    'after',
    '\nExamples:\n  radiolect cde search stress fracture\n  radiolect cde search pneumothorax --json',
  )
  .action(async (words: string[], options: CatalogueOptions) => {
    const { catalogue } = await open(options.catalogue);
    const hits = catalogue.search(words.join(' '), options.limit);
    if (options.json) {
      const rows = hits.map(({ set }) => ({
        id: set.id,
        name: set.name,
        synonyms: set.synonyms,
        description: set.description,
        elements: set.elements.map(({ id, name }) => ({ id, name })),
      }));
      process.stdout.write(`${JSON.stringify(rows, null, 2)}\n`);
    } else
      for (const { set } of hits)
        process.stdout.write(`${set.id.padEnd(20)} ${set.name} (${set.elements.length} elements)\n`);
    if (hits.length === 0) {
      process.stderr.write(`nothing among ${catalogue.sets.length} sets matches\n`);
      process.exitCode = 1;
    }
  });

const show = new Command('show')
  .description('Shows a set with its elements, values and bounds, and what is wrong with it.')
  .argument('<id|file>', 'RDES26, OIFM_GMTS_004244, or the file of a set')
  .option(...catalogueOption)
  .option('--json', 'the set in one form, with its problems')
  .addHelpText('after', '\nExamples:\n  radiolect cde show RDES26\n  radiolect cde show ./rdes3.json')
  .action(async (name: string, options: CatalogueOptions) => {
    const { set, problems } = await setOf(name, options.catalogue);
    process.stdout.write(options.json ? `${JSON.stringify({ set, problems }, null, 2)}\n` : described(set));
    if (!options.json) for (const { path, message } of problems) process.stderr.write(`${path}: ${message}\n`);
  });

const check = new Command('check')
  .description('Reads sets or folders of them and names everything that is wrong.')
  .argument('<paths...>', 'files or folders')
  .option('--json', 'one JSON object')
  .addHelpText('after', '\nExamples:\n  radiolect cde check sets/\n  radiolect cde check rdes3.json --json')
  .action(async (paths: string[], options: CatalogueOptions) => {
    const problems: CdeProblem[] = [];
    const refused: { file: string; reason: string }[] = [];
    let sets = 0;
    for (const path of paths) {
      const read = path.endsWith('.json') ? await readOne(path) : await readCdeSets(path);
      sets += read.sets.length;
      problems.push(...read.problems);
      refused.push(...read.refused);
    }
    if (options.json) process.stdout.write(`${JSON.stringify({ sets, problems, refused }, null, 2)}\n`);
    else for (const { path, code, message } of problems) process.stdout.write(`${path}: ${code}: ${message}\n`);
    for (const { file, reason } of refused) process.stderr.write(`${file}: ${reason}\n`);
    process.stderr.write(`${sets} sets, ${problems.length} problems, ${refused.length} refused\n`);
    if (problems.length + refused.length > 0) process.exitCode = 1;
  });

export const cde = new Command('cde')
  .description('Common data elements: search a catalogue of sets, show and check them.')
  .addCommand(search)
  .addCommand(show)
  .addCommand(check);

// Wrong usage of a subcommand is wrong usage of the program (exit 2), not an end of the process.
for (const subcommand of cde.commands) subcommand.exitOverride();

async function readOne(file: string): ReturnType<typeof readCdeSets> {
  try {
    const { set, problems } = await readCdeSet(file);
    return { sets: [set], problems, refused: [] };
  } catch (cause) {
    return { sets: [], problems: [], refused: [{ file, reason: (cause as Error).message }] };
  }
}

/** The finding models of the material, where it lies beside the repository. */
const material = process.env.RADIOLECT_MATERIAL ?? fileURLToPath(new URL('../../../../../shared', import.meta.url));
const materialModels = join(material, 'data/oifm-findingmodels/defs');

async function open(folder: string | undefined): Promise<{ catalogue: CdeCatalogue; problems: readonly CdeProblem[] }> {
  const packs = await Promise.all((await shippedPacks()).map((name) => readPack(name)));
  const shipped = packs.flatMap(cdeSetsOfPack);
  const from = folder ?? (existsSync(materialModels) ? materialModels : undefined);
  const read = from === undefined ? { sets: [], problems: [], refused: [] } : await readCdeSets(from);
  for (const { file, reason } of read.refused) process.stderr.write(`${file}: ${reason}\n`);
  // A set of a pack comes before the catalogue's copy of it.
  const own = new Set(shipped.map(({ id }) => id));
  return {
    catalogue: createCdeCatalogue([...shipped, ...read.sets.filter(({ id }) => !own.has(id))]),
    problems: read.problems,
  };
}

async function setOf(
  name: string,
  folder: string | undefined,
): Promise<{ set: CdeSet; problems: readonly CdeProblem[] }> {
  if (/[\\/]|\.json$/.test(name)) return await readCdeSet(name);
  const { catalogue, problems } = await open(folder);
  const set = catalogue.find(name);
  if (!set) throw new Error(`there is no set "${name}"; radiolect cde search finds sets by words`);
  const paths = new Set([set.id, ...set.elements.map(({ id }) => id)]);
  return { set, problems: problems.filter(({ path }) => paths.has(path)) };
}

function described(set: CdeSet): string {
  const lines = [`${set.id}  ${set.name}${set.status ? ` (${set.status})` : ''}`, set.description];
  if (set.synonyms.length > 0) lines.push(`also: ${set.synonyms.join(', ')}`);
  for (const { id, name, definition, domain } of set.elements) {
    lines.push('', `${id}  ${name}${definition ? `: ${definition}` : ''}`);
    if (domain.kind === 'value-set') for (const value of domain.values) lines.push(`  ${value.code}  ${value.name}`);
    else lines.push(`  ${boundsOf(domain)}`);
  }
  return `${lines.join('\n')}\n`;
}

function boundsOf(domain: Exclude<CdeDomain, { kind: 'value-set' }>): string {
  if (domain.kind === 'boolean') return 'yes or no';
  const { minimum, maximum, unit, kind } = domain;
  return `${kind === 'integer' ? 'whole number' : 'number'} ${minimum ?? ''}–${maximum ?? ''} ${unit ?? ''}`.trim();
}
