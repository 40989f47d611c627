import { InvalidPackError, parsePack } from '@radiolect/findings';
import { readPack } from '@radiolect/findings/node';
import { describe, expect, test } from 'vitest';
import { editDistance, Spelling } from '../text/spelling.ts';
import { compileLexicon } from './lexicon.ts';

const pack = await readPack('bone-scan');
const lexicon = compileLexicon(pack);
const without = (file: string, replacement?: string) => {
  const files = new Map(pack.files);
  if (replacement === undefined) files.delete(file);
  else files.set(file, replacement);
  return parsePack('bone-scan', files);
};

describe('the lexicons of a pack', () => {
  test('a missing or broken file is named', () => {
    for (const [file, text] of [
      ['lexicon/characters.json', undefined],
      ['lexicon/en.json', '{"language": "en"}'],
      ['lexicon/regions.json', '['],
    ] as const) {
      expect(() => compileLexicon(without(file, text))).toThrow(InvalidPackError);
      expect(() => compileLexicon(without(file, text))).toThrow(file);
    }
  });
  test('regions hold the sites that the guideline names', () => {
    const size = (region: string): number | undefined => lexicon.regions.get(region)?.bases.size;
    expect(size('spine')).toBe(24);
    expect(size('ribs')).toBe(12);
    expect([...lexicon.regions.get('below-knee')!.bases]).toEqual(['leg', 'ankle', 'foot']);
    expect(lexicon.regions.get('pelvis')!.bases.has('sacrum')).toBe(true);
    expect(lexicon.regions.get('upper-limb')!.bases.has('shoulder')).toBe(false);
    expect(lexicon.regions.get('axial-skeleton')!.bases.has('pubis')).toBe(false);
  });
  test('every base that a lexicon names is a site of the pack', () => {
    const bases = new Set(pack.sites.map((site) => site.id.replace(/-(right|left)$/, '')));
    for (const [, { bases: members }] of lexicon.regions) for (const base of members) expect(bases).toContain(base);
  });
});

describe('spelling', () => {
  const spelling = new Spelling(lexicon.vocabulary);
  test.each([
    ['uptke', 'uptake'],
    ['incresed', 'increased'],
    ['shouders', 'shoulders'],
    ['abnornal', 'abnormal'],
    ['degenertive', 'degenerative'],
    ['metasatses', 'metastases'],
    ['elbo', 'elbow'],
    ['vertebrea', 'vertebrae'],
  ])('%s is meant as %s', (word, meant) => expect(spelling.correct(word)).toBe(meant));
  test.each(['patient', 'local', 'might', 'weight', 'report', 'xyzzy', 'the'])('%s is left alone', (word) =>
    expect(spelling.correct(word)).toBe(word),
  );
  test('a swap of neighbours is one edit', () => {
    expect(editDistance('ilium', 'ilimu', 2)).toBe(1);
    expect(editDistance('knee', 'ankle', 2)).toBe(3);
  });
});
