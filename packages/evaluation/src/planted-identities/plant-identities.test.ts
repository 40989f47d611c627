import { describe, expect, test } from 'vitest';
import firstSet from './first-set.json' with { type: 'json' };
import { parseIdentitySet } from './identity-set.ts';
import { plantIdentities } from './plant-identities.ts';
import { removalFigures } from './removal-figures.ts';

const seeded = (seed: number) => () => {
  seed = (seed * 48_271) % 0x7fffffff;
  return seed / 0x7fffffff;
};
const report = {
  id: 'r',
  language: 'en',
  text: 'Findings: Mild uptake at L4. No other abnormal uptake. Impression: Degenerative change.',
};

describe('planting', () => {
  test('the same seed plants the same; every span is what it says', async () => {
    const set = parseIdentitySet(firstSet);
    const one = plantIdentities(report, set, seeded(3));
    expect(plantIdentities(report, set, seeded(3))).toEqual(one);
    expect(plantIdentities(report, set, seeded(4)).text).not.toBe(one.text);
    expect(one.planted.length).toBeGreaterThan(3);
    const bare = [...one.planted]
      .reverse()
      .reduce((text, { start, end }) => text.slice(0, start) + text.slice(end), one.text);
    for (const sentence of report.text.split(/(?<=\.)\s/))
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
