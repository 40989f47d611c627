import type { Atlas, ConceptPosition, Pack } from '@radiolect/findings';
import {
  InvalidPackError,
  NotACdeSetError,
  parseCdeSet,
  parseConcepts,
  parsePack,
  parseSites,
} from '@radiolect/findings';
import { z } from 'zod';
import { parseAssertionRules } from '../assertion/assertion-rules.ts';
import { createRuleReader } from '../reader/rule-reader.ts';
import { checkConceptLexicon, findable } from './check-concept-lexicon.ts';
import { checkReadingExample } from './check-reading-example.ts';
import { checkSiteLexicons } from './check-site-lexicon.ts';
import { checkTemplates } from './check-templates.ts';
import type { PackProblem } from './pack-problem.ts';
import { PackProblems, some } from './pack-problem.ts';

const lexiconFile = /^lexicon\/[^/]+\.json$/;

/**
 * All mistakes of a pack at once, errors first. `files`: path inside the pack → text. Never throws on what stands in
 * the files.
 */
export function checkPack(packName: string, files: ReadonlyMap<string, string>): PackProblem[] {
  const problems = new PackProblems();
  const jsons = new Map<string, unknown>();
  for (const [file, text] of files) {
    if (!file.endsWith('.json')) continue;
    try {
      jsons.set(file, JSON.parse(text));
    } catch (cause) {
      problems.error(file, 'json', `is not JSON: ${(cause as Error).message}`, 'correct the text at that place');
    }
  }
  checkKind(files, problems);
  if (jsons.has('concepts.json')) checkConcepts(jsons, problems);
  else if (jsons.has('sites.json')) checkSites(jsons, problems);
  for (const [file, json] of jsons) {
    if (/^assertion\/[^/]+\.json$/.test(file)) attempt(() => parseAssertionRules(json), file, problems);
    if (/^cde\/[^/]+\.json$/.test(file)) checkCdeSet(file, json, problems);
  }
  checkWhole(packName, files, problems);
  return problems.list.sort((a, b) => Number(a.severity === 'warning') - Number(b.severity === 'warning'));
}

function checkKind(files: ReadonlyMap<string, string>, problems: PackProblems): void {
  const kinds = ['concepts.json', 'sites.json'].filter((file) => files.has(file));
  if (kinds.length === 0)
    problems.error(
      'concepts.json',
      'kind',
      'is missing, and so is sites.json: the pack has no positions',
      'add concepts.json (findings by name) or sites.json (findings by place)',
    );
  if (kinds.length === 2)
    problems.error('sites.json', 'kind', 'stands beside a concepts.json', 'keep one: a pack is of one kind');
  if (![...files.keys()].some((file) => lexiconFile.test(file)))
    problems.warn(
      'lexicon/en.json',
      'languages',
      'is missing, and so is every other language: the pack cannot read reports',
      'add lexicon/<language>.json',
    );
}

function checkConcepts(jsons: ReadonlyMap<string, unknown>, problems: PackProblems): void {
  const file = 'concepts.json';
  const parsed = attempt(() => parseConcepts(jsons.get(file)), file, problems);
  if (!parsed) return;
  const { positions } = parsed;
  const ids = positions.map((position) => position.id);
  duplicates(ids, file, problems);
  for (const { id, implies, noneOf, names } of positions) {
    for (const other of [...implies, ...(noneOf?.exempt ?? [])])
      if (!ids.includes(other))
        problems.error(
          file,
          'unknown-position',
          `position "${id}" names "${other}", which is no position`,
          'correct the id, or add the position',
        );
    const missing = ['zh-Hant', 'zh-Hans'].filter((language) => !names[language]);
    if (missing.length > 0)
      problems.warn(file, 'names', `position "${id}" has no name in ${missing.join(' and ')}`, 'add it to "names"');
  }
  const found = new Set<string>();
  const perLanguage = new Map<string, ReadonlySet<string>>();
  for (const [lexicon, json] of jsons) {
    if (!lexiconFile.test(lexicon)) continue;
    const language = checkConceptLexicon(lexicon, json, positions, problems);
    if (!language) continue;
    perLanguage.set(lexicon, findable(language));
    for (const id of findable(language)) found.add(id);
  }
  if (perLanguage.size > 0) checkFindable(positions, found, perLanguage, problems);
  if (jsons.has('lexicon/en.json') !== jsons.has('lexicon/zh.json'))
    problems.warn(
      jsons.has('lexicon/en.json') ? 'lexicon/zh.json' : 'lexicon/en.json',
      'languages',
      'is missing: reports in that language give no findings',
      'add it, or do without',
    );
}

function checkFindable(
  positions: readonly ConceptPosition[],
  found: ReadonlySet<string>,
  perLanguage: ReadonlyMap<string, ReadonlySet<string>>,
  problems: PackProblems,
): void {
  for (const { id, noneOf } of positions) {
    if (noneOf || found.has(id) || positions.some((other) => other.implies.includes(id))) continue;
    problems.error(
      'concepts.json',
      'no-term',
      `no lexicon has a term for position "${id}"`,
      `add an entry with "positions": ["${id}"] to a lexicon, or remove the position`,
    );
  }
  for (const [lexicon, here] of perLanguage) {
    const missing = [...found].filter((id) => !here.has(id));
    if (missing.length > 0)
      problems.warn(lexicon, 'no-term', `has no term for ${some(missing)}, which other languages have`, 'add terms');
  }
}

function checkSites(jsons: ReadonlyMap<string, unknown>, problems: PackProblems): void {
  const parsed = attempt(() => parseSites(jsons.get('sites.json')), 'sites.json', problems);
  if (!parsed) return;
  const ids = parsed.sites.map((site) => site.id);
  duplicates(ids, 'sites.json', problems);
  checkSiteLexicons(jsons, parsed.sites, problems);
  if (jsons.has('atlas.json')) checkAtlas(jsons.get('atlas.json'), new Set(ids), problems);
}

const atlasForm = z.looseObject({
  views: z.record(z.string(), z.looseObject({ outlines: z.array(z.looseObject({ site: z.string() })) })),
  neighbours: z.record(z.string(), z.array(z.string())),
}) satisfies z.ZodType<Pick<Atlas, 'neighbours'>>;

function checkAtlas(json: unknown, ids: ReadonlySet<string>, problems: PackProblems): void {
  const file = 'atlas.json';
  const atlas = attempt(() => atlasForm.parse(json), file, problems);
  if (!atlas) return;
  const drawn = new Set(Object.values(atlas.views).flatMap((view) => view.outlines.map((outline) => outline.site)));
  const beside = Object.entries(atlas.neighbours).flatMap(([site, others]) => [site, ...others]);
  for (const id of new Set([...drawn, ...beside]))
    if (!ids.has(id))
      problems.error(file, 'unknown-position', `names the site "${id}", which is not in sites.json`, 'correct the id');
  const undrawn = [...ids].filter((id) => !drawn.has(id));
  if (undrawn.length > 0)
    problems.warn(file, 'atlas', `draws no outline of ${some(undrawn)}`, 'draw them, or they cannot be clicked');
}

function checkCdeSet(file: string, json: unknown, problems: PackProblems): void {
  try {
    for (const { code, path, message } of parseCdeSet(json).problems)
      problems.warn(file, `cde-${code}`, `${path}: ${message}`, 'correct it in the set');
  } catch (cause) {
    if (!(cause instanceof NotACdeSetError)) throw cause;
    problems.error(file, 'cde', cause.message, cause.fix);
  }
}

/** What only shows when the pack is put together: drafts and the reader. */
function checkWhole(packName: string, files: ReadonlyMap<string, string>, problems: PackProblems): void {
  if (problems.list.some(({ severity }) => severity === 'error')) return;
  let pack: Pack;
  try {
    pack = parsePack(packName, files);
    if (pack.kind === 'sites') checkTemplates(pack, problems);
    if ([...files.keys()].some((file) => lexiconFile.test(file))) createRuleReader(pack);
    checkReadingExample(pack, problems);
  } catch (cause) {
    if (!(cause instanceof InvalidPackError)) throw cause;
    problems.error(cause.file, 'form', cause.message, 'write it as docs/packs.md shows');
  }
}

function duplicates(ids: readonly string[], file: string, problems: PackProblems): void {
  const twice = new Set(ids.filter((id, index) => ids.indexOf(id) !== index));
  for (const id of twice)
    problems.error(file, 'duplicate', `has two positions with the id "${id}"`, 'give one of them another id');
}

/** The value, or undefined where its form is broken, which is then reported place by place. */
function attempt<T>(work: () => T, file: string, problems: PackProblems): T | undefined {
  try {
    return work();
  } catch (cause) {
    if (!(cause instanceof z.ZodError)) throw cause;
    problems.form(file, cause.issues);
    return undefined;
  }
}
