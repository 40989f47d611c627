import { readPackFiles, shippedPackFolder, shippedPacks } from '@radiolect/findings/node';
import { describe, expect, test } from 'vitest';
import { checkPack } from './check-pack.ts';

const json = (value: unknown): string => JSON.stringify(value);
const concepts = {
  name: 'wrist',
  version: '1',
  positions: [
    { id: 'fracture', names: { en: 'Fracture', 'zh-Hant': '骨折', 'zh-Hans': '骨折' } },
    { id: 'swelling', names: { en: 'Swelling', 'zh-Hant': '腫脹', 'zh-Hans': '肿胀' } },
  ],
};
const en = {
  language: 'en',
  headers: { findings: ['findings'] },
  concepts: [
    { positions: ['fracture'], terms: ['fracture', 'broken'] },
    { positions: ['swelling'], terms: ['swelling'] },
  ],
  pairs: [],
};
const zh = { ...en, language: 'zh', concepts: [{ positions: ['fracture', 'swelling'], terms: ['骨折'] }] };
const packOf = (changed: Readonly<Record<string, unknown>> = {}): Map<string, string> =>
  new Map(
    Object.entries({ 'concepts.json': concepts, 'lexicon/en.json': en, 'lexicon/zh.json': zh, ...changed })
      .filter(([, value]) => value !== undefined)
      .map(([file, value]) => [file, typeof value === 'string' ? value : json(value)]),
  );
const rules = (files: ReadonlyMap<string, string>): string[] =>
  checkPack('wrist', files).map(({ severity, file, rule }) => `${severity} ${file} ${rule}`);

test.each(await shippedPacks())('the shipped pack %s has no error', async (name) => {
  const errors = checkPack(name, await readPackFiles(shippedPackFolder(name))).filter((p) => p.severity === 'error');
  expect(errors).toEqual([]);
});

test('a pack without mistakes', () => expect(rules(packOf())).toEqual([]));

describe('each mistake is named with its file and rule', () => {
  const position = (more: object) => ({
    ...concepts,
    positions: [concepts.positions[0], { ...concepts.positions[1], ...more }],
  });
  const entries = (...more: unknown[]) => ({ ...en, concepts: [...en.concepts, ...more] });
  test.each<[string, Readonly<Record<string, unknown>>, string]>([
    ['broken JSON', { 'lexicon/en.json': '{' }, 'error lexicon/en.json json'],
    ['no positions', { 'concepts.json': undefined }, 'error concepts.json kind'],
    ['both kinds', { 'sites.json': {} }, 'error sites.json kind'],
    [
      'no language',
      { 'lexicon/en.json': undefined, 'lexicon/zh.json': undefined },
      'warning lexicon/en.json languages',
    ],
    ['a missing language', { 'lexicon/zh.json': undefined }, 'warning lexicon/zh.json languages'],
    ['a broken form', { 'concepts.json': { ...concepts, positions: [{ id: 'A B' }] } }, 'error concepts.json form'],
    ['one id twice', { 'concepts.json': position({ id: 'fracture' }) }, 'error concepts.json duplicate'],
    ['a roll-up to nowhere', { 'concepts.json': position({ implies: ['x'] }) }, 'error concepts.json unknown-position'],
    ['a missing name', { 'concepts.json': position({ names: { en: 'S' } }) }, 'warning concepts.json names'],
    [
      'a position without a term',
      { 'concepts.json': { ...concepts, positions: [...concepts.positions, { ...concepts.positions[0], id: 'gap' }] } },
      'error concepts.json no-term',
    ],
    [
      'an unknown position',
      { 'lexicon/en.json': entries({ positions: ['x'], terms: ['y'] }) },
      'error lexicon/en.json unknown-position',
    ],
    [
      'a term of two positions',
      { 'lexicon/en.json': entries({ positions: ['swelling'], terms: ['fractures'] }) },
      'error lexicon/en.json claimed-twice',
    ],
    [
      'a term without words',
      { 'lexicon/en.json': entries({ positions: ['swelling'], terms: [' '] }) },
      'error lexicon/en.json no-words',
    ],
    [
      'a term with a full stop',
      { 'lexicon/en.json': entries({ positions: ['swelling'], terms: ['swell.'] }) },
      'error lexicon/en.json sentence-end',
    ],
    [
      'a term that is ignored',
      { 'lexicon/en.json': { ...en, ignored: ['broken'] } },
      'error lexicon/en.json ignored-term',
    ],
    [
      'a term inside a longer one',
      { 'lexicon/en.json': entries({ positions: ['swelling'], terms: ['fracture swelling'] }) },
      'warning lexicon/en.json swallowed',
    ],
    [
      'a description that hides another',
      {
        'lexicon/en.json': {
          ...en,
          pairs: [
            { subjects: ['bone'], says: [{ positions: ['fracture'], state: 'present', terms: ['gone'] }] },
            { subjects: ['skin'], says: [{ positions: ['swelling'], state: 'present', terms: ['gone fat'] }] },
          ],
        },
      },
      'warning lexicon/en.json shadowed',
    ],
    [
      'terms for a derived position',
      { 'concepts.json': position({ noneOf: { exempt: [] } }) },
      'error lexicon/en.json derived-position',
    ],
    [
      'another language than its name',
      { 'lexicon/en.json': { ...en, language: 'de' } },
      'error lexicon/en.json language',
    ],
    ['broken trigger words', { 'assertion/en.json': { language: 'en', triggers: 3 } }, 'error assertion/en.json form'],
    ['no CDE set', { 'cde/x.json': [] }, 'error cde/x.json cde'],
  ])('%s', (_, changed, expected) => {
    expect(rules(packOf(changed))).toContain(expected);
  });
  test('all at once, errors first', () => {
    const found = rules(
      packOf({
        'lexicon/zh.json': undefined,
        'cde/x.json': [],
        'lexicon/en.json': entries({ positions: ['x'], terms: ['.'] }),
      }),
    );
    expect(found).toEqual(
      expect.arrayContaining([
        'error cde/x.json cde',
        'error lexicon/en.json unknown-position',
        'error lexicon/en.json sentence-end',
      ]),
    );
    expect(found.at(-1)).toBe('warning lexicon/zh.json languages');
  });
});

describe('a pack of sites', async () => {
  const files = await readPackFiles(shippedPackFolder('bone-scan'));
  const changed = (file: string, change: (json: Record<string, unknown>) => void): ReadonlyMap<string, string> => {
    const value = JSON.parse(files.get(file)!) as Record<string, unknown>;
    change(value);
    return new Map([...files, [file, json(value)]]);
  };
  test.each<[string, ReadonlyMap<string, string>, string]>([
    [
      'a term for no site',
      changed('lexicon/en.json', (l) => (l.sites as unknown[]).push({ sites: ['tail'], terms: ['tail'] })),
      'error lexicon/en.json unknown-position',
    ],
    [
      'a region of no site',
      changed('lexicon/regions.json', (r) => ((r.regions as Record<string, unknown>).x = { bases: ['tail'] })),
      'error lexicon/regions.json unknown-position',
    ],
    [
      'a missing template',
      new Map([...files].filter(([file]) => file !== 'templates/en.json')),
      'warning templates/en.json template',
    ],
    [
      'a site that the template does not name',
      changed('templates/en.json', (t) => delete (t.places as { single: Record<string, unknown> }).single.sacrum),
      'error templates/en.json template-gap',
    ],
    [
      'a drawing of no site',
      changed('atlas.json', (a) => ((a.neighbours as Record<string, unknown>).tail = [])),
      'error atlas.json unknown-position',
    ],
  ])('%s', (_, given, expected) => expect(rules(given)).toContain(expected));
});

test('the example for language models must pass what their answers must pass', () => {
  const item = { quote: 'Broken.', places: ['fracture'], side: 'none', state: 'present' };
  const unsaid = { nature: 'none', likelihood: 'none', change: 'none', uptake: 'none', intensity: 'none' };
  const withExample = (finding: object) =>
    packOf({
      'guideline.md': 'Broken is fractured.',
      'reading-example.json': {
        report: 'Broken.',
        answer: {
          findings: [{ ...item, ...unsaid, ...finding }],
          absent: [],
          open: [],
          outside: [],
          impression: 'other',
        },
      },
    });
  expect(rules(withExample({}))).toEqual([]);
  expect(rules(withExample({ quote: 'broken' }))).toEqual(['error reading-example.json reading-example']);
  expect(rules(withExample({ likelihood: 'definite' }))).toEqual(['error reading-example.json reading-example']);
  expect(rules(withExample({ places: ['ankle'] }))).toEqual(['error reading-example.json form']);
});
