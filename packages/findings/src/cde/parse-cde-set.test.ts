import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { codedValue, elementOf, NotACdeSetError, parseCdeSet } from '../index.ts';
import { readCdeSets } from '../node/index.ts';
import { createCdeCatalogue, createCdeSetValidator } from './catalogue/index.ts';

const material = process.env.RADIOLECT_MATERIAL ?? fileURLToPath(new URL('../../../../../shared', import.meta.url));
const registry = `${material}/data/radelement-cde/sets`;
const models = `${material}/data/oifm-findingmodels/defs`;
const readJson = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));

const bare = (domain: object, over: object = {}): unknown => ({
  id: 'RDES9001',
  name: 'Test',
  elements: [{ id: 'RDE9001', name: 'Size', ...domain, ...over }],
});
const codesOf = (json: unknown): string[] => parseCdeSet(json).problems.map((problem) => problem.code);

describe('what is dirty is named, not thrown', () => {
  test.each([
    [
      'stray values of a number',
      { integer_values: { unit: 'mm', values: [{ value: 'Present', name: 'x' }] } },
      'stray-values',
    ],
    ['no domain', {}, 'no-domain'],
    ['two domains', { float_value: { unit: 'mm' }, boolean_values: {} }, 'two-domains'],
    ['an inverted range', { float_value: { unit: 'mm', min: 9, max: 1 } }, 'range'],
    ['a negative step', { float_value: { unit: 'mm', step: -1 } }, 'step'],
    ['a whole number that steps by a half', { integer_value: { unit: 'mm', step: 0.5 } }, 'step'],
    ['a number as a text', { float_value: { unit: 'mm', min: '2' } }, 'wrong-type'],
    ['no unit', { float_value: {} }, 'unit'],
    [
      'values without codes',
      {
        value_set: {
          values: [
            { value: 'R', name: 'r' },
            { value: 'L', name: 'l' },
          ],
        },
      },
      'value-without-code',
    ],
    [
      'codes of another element',
      {
        value_set: {
          values: [
            { code: 'RDE1.0', name: 'a' },
            { code: 'RDE1.1', name: 'b' },
          ],
        },
      },
      'code-of-another-element',
    ],
    [
      'codes that count from 1',
      {
        value_set: {
          values: [
            { code: 'RDE9001.1', name: 'a' },
            { code: 'RDE9001.2', name: 'b' },
          ],
        },
      },
      'code-not-from-zero',
    ],
    [
      'one code twice',
      {
        value_set: {
          values: [
            { code: 'RDE9001.0', name: 'a' },
            { code: 'RDE9001.0', name: 'b' },
          ],
        },
      },
      'duplicate',
    ],
    [
      'an impossible cardinality',
      {
        value_set: {
          min_cardinality: 3,
          max_cardinality: 1,
          values: [
            { code: 'RDE9001.0', name: 'a' },
            { code: 'RDE9001.1', name: 'b' },
          ],
        },
      },
      'cardinality',
    ],
    [
      'space around a name',
      {
        value_set: {
          values: [
            { code: 'RDE9001.0', name: 'a ' },
            { code: 'RDE9001.1', name: 'b' },
          ],
        },
      },
      'whitespace',
    ],
  ])('%s', (_, domain, code) => {
    expect(codesOf(bare(domain))).toContain(code);
  });
  test('an unknown status and a date that never was', () => {
    const json = {
      ...(bare({ boolean_values: {} }) as object),
      version: { status: 'Drafty', version_date: '00/00/0000' },
    };
    expect(codesOf(json)).toEqual(expect.arrayContaining(['unknown-status', 'impossible-date']));
  });
  test('an element that stands twice', () => {
    const set = bare({ boolean_values: {} }) as { elements: unknown[] };
    expect(codesOf({ ...set, elements: [...set.elements, ...set.elements] })).toContain('duplicate');
  });
  test('what is no set at all is refused', () => {
    for (const json of [null, 3, [], {}, { id: 'RDES1' }, { oifm_id: 'x' }])
      expect(() => parseCdeSet(json)).toThrow(NotACdeSetError);
  });
});

test('schema 1.0 and 1.1 carry the status under different keys', () => {
  const first = parseCdeSet({
    ...(bare({ boolean_values: {} }) as object),
    status: { name: 'Proposed', date: '2024-04-23' },
    history: [],
  });
  const second = parseCdeSet({
    ...(bare({ boolean_values: {} }) as object),
    current_status: { name: 'Published', date: '2025-01-01' },
    status_history: [],
  });
  expect([first.set.form, first.set.status]).toEqual(['schema-1.0', 'Proposed']);
  expect([second.set.form, second.set.status]).toEqual(['schema-1.1', 'Published']);
});

describe.skipIf(!existsSync(registry))('sets of the registry (skipped without the material)', () => {
  test('all are read; the stray values of RDE41 are named and left out', () => {
    const { set, problems } = parseCdeSet(readJson(`${registry}/rdes3.json`));
    expect([set.id, set.form, set.status, set.elements.length]).toEqual(['RDES3', 'served', 'Published', 7]);
    expect(elementOf(set, 'RDE41')?.domain).toEqual({ kind: 'integer', minimum: 0, maximum: 999, step: 1, unit: 'mm' });
    const stray = problems.filter((problem) => problem.code === 'stray-values');
    expect(stray.map((problem) => problem.path)).toEqual(['RDE41']);
    expect(stray[0]?.message).toContain('Cisternal compression');
    expect(elementOf(set, 'RDE49')?.domain).toEqual({ kind: 'boolean' });
    expect(set.specialties).toEqual(['GI', 'GU', 'OI']);
  });
  test.each([
    ['rdes1.json', 'RDES1', 35, 'served'],
    ['rdes5.json', 'RDES5', 13, 'served'],
    ['rdes231.json', 'RDES231', 2, 'served'],
    ['RDES195_pulmonary_nodule.cde.json', 'RDES195', 13, 'schema-1.0'],
  ])('%s', (file, id, count, form) => {
    const { set } = parseCdeSet(readJson(`${registry}/${file}`));
    expect([set.id, set.elements.length, set.form]).toEqual([id, count, form]);
  });
  test('codes and bounds arrive in one form from both', () => {
    const served = parseCdeSet(readJson(`${registry}/rdes231.json`)).set;
    expect(codedValue(elementOf(served, 'RDE1474')!, 'RDE1474.1')?.name).toBe('left');
    const filed = parseCdeSet(readJson(`${registry}/RDES195_pulmonary_nodule.cde.json`));
    expect(filed.problems).toEqual([]);
    expect(elementOf(filed.set, 'RDE1708')?.domain).toEqual({
      kind: 'float',
      minimum: -1000,
      maximum: 1000,
      unit: 'HU',
    });
  });
});

describe.skipIf(!existsSync(models))('finding models (skipped without the material)', async () => {
  const { sets, problems, refused } = existsSync(models)
    ? await readCdeSets(models)
    : { sets: [], problems: [], refused: [] };
  const catalogue = createCdeCatalogue(sets);
  test('all 2,382 are read, 5,709 attributes', () => {
    expect([sets.length, refused.length]).toEqual([2382, 0]);
    expect(sets.reduce((sum, set) => sum + set.elements.length, 0)).toBe(5709);
    expect([...new Set(problems.map((problem) => problem.code))].sort()).toEqual(['duplicate', 'unit', 'whitespace']);
  });
  test('acute appendicitis goes by its registry ids, and RDE201 keeps its turned order', () => {
    const set = catalogue.find('rdes26')!;
    expect(set).toBe(catalogue.find('OIFM_CDE_000026'));
    expect(set.elements.map((element) => element.id)).toEqual(
      ['195', '196', '197', '198', '199', '200', '201', '202', '1673'].map((number) => `RDE${number}`),
    );
    const names = (id: string): string[] => {
      const domain = elementOf(set, id)!.domain;
      return domain.kind === 'value-set' ? domain.values.map((value) => `${value.code} ${value.name}`) : [];
    };
    expect(names('RDE201').slice(0, 2)).toEqual(['RDE201.0 present', 'RDE201.1 absent']);
    expect(names('RDE198').slice(0, 2)).toEqual(['RDE198.0 absent', 'RDE198.1 present']);
  });
  test.each([
    ['acute appendicitis', 'RDES26'],
    ['appendicitis', 'RDES26'],
    ['RDES26', 'RDES26'],
    ['apendicitis acute', 'RDES26'],
  ])('"%s" finds %s first', (words, id) => {
    expect(catalogue.search(words)[0]?.set.id).toBe(id);
  });
  test.each(['pneumothorax', 'abdominal abscess', 'pleural effusion'])('"%s" finds its own model', (name) => {
    const first = catalogue.search(name)[0]!.set;
    expect([first.name, ...first.synonyms].map((word) => word.toLowerCase())).toContain(name);
  });
  test('a search takes milliseconds', () => {
    const begin = performance.now();
    for (let round = 0; round < 20; round++) catalogue.search('bone fracture stress');
    expect((performance.now() - begin) / 20).toBeLessThan(100);
  });
});

test('the schema of our own sets refuses what the registry refuses', () => {
  const validate = createCdeSetValidator();
  const status = { name: 'Proposed', date: '2026-11-22' };
  const version = { number: 1, date: '2026-11-22' };
  const element = {
    id: 'RLE1',
    name: 'Site',
    element_version: version,
    current_status: status,
    schema_version: '1.1.0',
  };
  const good = {
    id: 'RLES1',
    name: 'Set',
    description: 'A set',
    schema_version: '1.1.0',
    set_version: version,
    current_status: status,
    specialties: [],
    elements: [{ ...element, float_value: { unit: 'mm', min: 0 } }],
  };
  expect(validate(good)).toEqual([]);
  expect(validate({ ...good, elements: [element] })).not.toEqual([]);
  expect(validate({ ...good, elements: [] })[0]?.pointer).toBe('/elements');
  expect(validate({ ...good, set_version: { number: 1, date: '00/00/0000' } })[0]?.pointer).toBe('/set_version/date');
});
