import { expect, test } from 'vitest';
import { InvalidPackError } from './errors.ts';
import { parsePack } from './pack.ts';

const site = (id: string) => ({
  id,
  en: id,
  'zh-Hant': id,
  'zh-Hans': id,
  side: 'midline',
  regions: { skeleton12: null, bodyRegion9: 'head' },
});
const files = (sites: unknown) => new Map([['sites.json', JSON.stringify({ name: 'n', version: '1', sites })]]);

test('a pack is its files: sites in order, the rest by name', () => {
  const pack = parsePack('p', new Map([...files([site('a'), site('b')]), ['templates/en.json', '{}']]));
  expect(pack.labelSpace).toEqual({ name: 'n', version: '1', positions: ['a', 'b'] });
  expect(pack.files.get('templates/en.json')).toBe('{}');
});

test.each([
  ['a missing file', new Map<string, string>(), 'Pack "p", file "sites.json": is missing'],
  ['broken JSON', new Map([['sites.json', '{']]), 'is not JSON'],
  ['no sites', files([]), 'does not follow its form'],
  ['two sites with one id', files([site('a'), site('a')]), 'two sites with one id'],
])('%s is refused, naming pack and file', (_, given, message) => {
  expect(() => parsePack('p', given)).toThrow(InvalidPackError);
  expect(() => parsePack('p', given)).toThrow(message);
});

const concepts = (positions: unknown) =>
  new Map([['concepts.json', JSON.stringify({ name: 'n', version: '1', positions })]]);

test('a pack whose positions are concepts', () => {
  const code = { value: 'RID34539', schemeDesignator: 'RADLEX', meaning: 'pleural effusion' };
  const pack = parsePack(
    'p',
    concepts([
      { id: 'effusion', names: { en: 'Effusion' }, code, implies: ['fluid'] },
      { id: 'fluid', names: { en: 'Fluid' }, past: 'present' },
      { id: 'none', names: { en: 'None' }, noneOf: { exempt: ['fluid'] } },
    ]),
  );
  expect(pack).toMatchObject({ kind: 'concepts', sites: [], atlas: undefined });
  expect(pack.labelSpace).toEqual({ name: 'n', version: '1', positions: ['effusion', 'fluid', 'none'] });
  expect(pack.concepts[0]?.concept).toEqual(code);
  expect(pack.concepts[1]).toMatchObject({
    concept: { value: 'fluid', schemeDesignator: '99RADIOLECT', meaning: 'Fluid' },
    past: 'present',
  });
});

test.each([
  ['both kinds', new Map([...files([site('a')]), ...concepts([{ id: 'a', names: { en: 'A' } }])]), 'one of the two'],
  ['an id with capitals', concepts([{ id: 'A', names: { en: 'A' } }]), 'lower case'],
  ['a name in no English', concepts([{ id: 'a', names: { 'zh-Hant': '甲' } }]), 'does not follow its form'],
  ['a roll-up to nowhere', concepts([{ id: 'a', names: { en: 'A' }, implies: ['b'] }]), 'which is no position'],
  [
    'two positions with one id',
    concepts([
      { id: 'a', names: { en: 'A' } },
      { id: 'a', names: { en: 'A' } },
    ]),
    'two positions with one id',
  ],
])('%s is refused', (_, given, message) => {
  expect(() => parsePack('p', given)).toThrow(InvalidPackError);
  expect(() => parsePack('p', given)).toThrow(message);
});
