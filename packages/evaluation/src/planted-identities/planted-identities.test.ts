import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parseIdentitySet } from './identity-set.ts';
import { devReports, measureSet, seeded, setFile, setNames } from './measure-removal.fixture.ts';
import { plantIdentities } from './plant-identities.ts';
import { removalFigures } from './removal-figures.ts';

const setOf = async (name: string) => parseIdentitySet(JSON.parse(await readFile(setFile(name), 'utf8')));

describe('de-identification of planted identities', () => {
  // What published systems reach on letters: 99.24 % removed, 2.43 % of others (LLM-Anonymizer, 250 letters).
  test.each(setNames)(
    '%s set: at least 99.3 %% of identifying characters go, at most 2.4 %% of others',
    async (name) => {
      const { removed, overRemoved, byLanguage, byKind, identifyingCharacters } = await measureSet(name, { rounds: 2 });
      expect(identifyingCharacters).toBeGreaterThan(10_000);
      expect(removed.value).toBeGreaterThanOrEqual(0.993);
      expect(overRemoved.value).toBeLessThanOrEqual(0.024);
      for (const [language, row] of Object.entries(byLanguage)) {
        expect(row.removed.value, language).toBeGreaterThanOrEqual(0.99);
        expect(row.overRemoved.value, language).toBeLessThanOrEqual(0.024);
      }
      for (const [kind, row] of Object.entries(byKind)) expect(row.removed.value, kind).toBeGreaterThanOrEqual(0.95);
    },
    60_000,
  );
});

describe('the remover does not know what is planted', () => {
  /** Every file that a module reaches by imports. */
  async function reached(file: string, seen = new Set<string>()): Promise<Set<string>> {
    if (seen.has(file)) return seen;
    seen.add(file);
    if (file.endsWith('.json')) return seen;
    for (const [, specifier = ''] of (await readFile(file, 'utf8')).matchAll(/\bfrom '([^']+)'/g)) {
      if (specifier.startsWith('.')) await reached(resolve(dirname(file), specifier), seen);
      else expect(specifier).not.toMatch(/evaluation/);
    }
    return seen;
  }
  const remover = fileURLToPath(new URL('../../../reports/src/de-identification/deidentifier.ts', import.meta.url));

  test('no import leads from it to the lists', async () => {
    const files = [...(await reached(remover))];
    expect(files.some((file) => file.endsWith('en.json'))).toBe(true);
    expect(files.filter((file) => file.includes('planted'))).toEqual([]);
  });
  test('and no full name, hospital or address of the lists stands in its patterns', async () => {
    const patterns = (
      await Promise.all(
        [...(await reached(remover))].filter((file) => file.endsWith('.json')).map((file) => readFile(file, 'utf8')),
      )
    ).join('\n');
    for (const name of setNames) {
      const set = await setOf(name);
      for (const own of [set.en, set['zh-Hant'], set['zh-Hans']])
        for (const value of [...own.hospital, ...own.address]) expect(patterns).not.toContain(value);
      for (const given of [...set['zh-Hant'].given, ...set['zh-Hans'].given].filter((one) => one.length > 1))
        expect(patterns, given).not.toContain(given);
    }
  });
});

describe('planting', () => {
  test('the same seed plants the same; every span is what it says', async () => {
    const set = await setOf('first');
    const [report] = await devReports();
    const one = plantIdentities(report!, set, seeded(3));
    expect(plantIdentities(report!, set, seeded(3))).toEqual(one);
    expect(plantIdentities(report!, set, seeded(4)).text).not.toBe(one.text);
    expect(one.planted.length).toBeGreaterThan(3);
    const bare = [...one.planted]
      .reverse()
      .reduce((text, { start, end }) => text.slice(0, start) + text.slice(end), one.text);
    for (const sentence of report!.text.split(/(?<=\.)\s/))
      expect(bare.replace(/\s+/g, ' ')).toContain(sentence.replace(/\s+/g, ' '));
    for (const { kind, start, end } of one.planted) {
      expect(start).toBeLessThan(end);
      if (kind === 'e-mail') expect(one.text.slice(start, end)).toContain('@');
    }
  });
  test('figures count characters, white space and what stood there before aside', () => {
    const report = {
      id: 'r',
      language: 'en' as const,
      text: 'Jane Roe, uptake in 2019.',
      planted: [{ kind: 'name' as const, start: 0, end: 8 }],
      patientNumber: '',
    };
    const figures = removalFigures([
      {
        report,
        removed: [
          { start: 0, end: 4 },
          { start: 10, end: 12 },
        ],
        disregarded: [{ start: 20, end: 24 }],
      },
    ]);
    expect(figures).toMatchObject({ identifyingCharacters: 7, otherCharacters: 10 });
    expect(figures.removed.value).toBeCloseTo(4 / 7);
    expect(figures.overRemoved.value).toBeCloseTo(0.2);
    expect(figures.byKind.name).toMatchObject({ characters: 7 });
  });
});
