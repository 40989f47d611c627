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
