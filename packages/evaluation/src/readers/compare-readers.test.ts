import type { LabelState, SiteLabel } from '@radiolect/findings';
import { readPack } from '@radiolect/findings/node';
import { describe, expect, test } from 'vitest';
import type { ReaderLabels } from './compare-readers.ts';
import { compareReaders } from './compare-readers.ts';
import { expandedLabels, labelledReportSchema } from './gold-labels.ts';

const positions = ['l3', 'l4', 'l5', 't1', 't2'];
type Labels = Map<string, Omit<SiteLabel, 'evidence'>>;
const labels = (...states: LabelState[]): Labels =>
  new Map(states.flatMap((state, i) => (state === 'unmentioned' ? [] : [[positions[i]!, { state }]])));
const noCost = { seconds: null, tokens: null, cost: null, droppedStatements: null };
const reader = (name: string, all: readonly (Labels | undefined)[]): ReaderLabels => ({
  reader: name,
  labels: all,
  costs: all.map(() => noCost),
});
const gold = [
  labels('present', 'absent', 'absent', 'uncertain', 'unmentioned'),
  labels('absent', 'present', 'present', 'unmentioned', 'unmentioned'),
  labels('present', 'present', 'absent', 'absent', 'uncertain'),
];

describe('figures of readers against gold labels', () => {
  test('gold itself is right in everything', () => {
    const { readers, pairwise } = compareReaders(gold, [reader('a', gold), reader('b', gold)], positions);
    for (const { f1, kappa, withoutReading } of readers) {
      for (const state of ['present', 'absent', 'uncertain'] as const) expect(f1[state].value).toBe(1);
      expect(kappa).toEqual({ value: 1, low: 1, high: 1 });
      expect(withoutReading).toBe(0);
    }
    expect(pairwise).toEqual([{ readers: ['a', 'b'], kappa: { value: 1, low: 1, high: 1 } }]);
  });
  test('figures worked by hand; a report without a reading counts as silence', () => {
    const faulty = [
      labels('present', 'present', 'absent', 'unmentioned', 'unmentioned'),
      labels('absent', 'present', 'uncertain', 'unmentioned', 'absent'),
      undefined,
    ];
    const [figures] = compareReaders(gold, [reader('faulty', faulty)], positions).readers;
    // present: 2 right, 1 said and not meant, 3 meant and not said.
    expect(figures?.f1.present.value).toBeCloseTo(4 / 8, 12);
    // absent: l5 and l3 right; t2 of the second said only; l4 of the first, l5 and t1 of the third meant only.
    expect(figures?.f1.absent.value).toBeCloseTo(4 / 8, 12);
    expect(figures?.f1.uncertain).toMatchObject({ value: 0, gold: 2 });
    expect(figures?.withoutReading).toBe(1);
    // 6 of 15 pairs agree. Gold: 5 present, 5 absent, 2 uncertain, 3 silent; reader: 3, 3, 1, 8.
    const chance = (5 * 3 + 5 * 3 + 2 * 1 + 3 * 8) / 225;
    expect(figures?.kappa.value).toBeCloseTo((6 / 15 - chance) / (1 - chance), 12);
    expect(figures?.kappa.low).toBeLessThan(figures!.kappa.value);
    expect(figures?.kappa.high).toBeGreaterThan(figures!.kappa.value);
  });
  test('attributes are compared where both call a site present, "not stated" included', () => {
    const a: Labels = new Map([
      ['l3', { state: 'present', nature: 'degenerative', likelihood: 'definite', uptake: 'increased' }],
      ['l4', { state: 'present' }],
      ['l5', { state: 'present', nature: 'metastatic', likelihood: 'possible' }],
    ]);
    const b: Labels = new Map([
      ['l3', { state: 'present', nature: 'degenerative', likelihood: 'probable', uptake: 'increased' }],
      ['l4', { state: 'present', uptake: 'increased' }],
      ['l5', { state: 'uncertain', nature: 'traumatic', likelihood: 'possible' }],
    ]);
    const [figures] = compareReaders([a], [reader('b', [b])], positions).readers;
    expect(figures?.attributes).toMatchObject({
      nature: { value: 1, count: 2 },
      likelihood: { value: 0.5, count: 2 },
      uptake: { value: 0.5, count: 2 },
    });
  });
  test('what a reading took is averaged over the reports where it was counted', () => {
    const costs = [
      { ...noCost, seconds: 2, tokens: 100, droppedStatements: 1 },
      { ...noCost, seconds: 4, tokens: null, droppedStatements: 2 },
      noCost,
    ];
    const [figures] = compareReaders(gold, [{ ...reader('a', gold), costs }], positions).readers;
    expect(figures).toMatchObject({
      secondsPerReport: 3,
      tokensPerReport: 100,
      costPerReport: null,
      droppedStatements: 3,
    });
  });
  test('superscans are left out and counted; a reader with other reports is refused', async () => {
    const { sites, labelSpace } = await readPack('bone-scan');
    const hot: Labels = new Map(sites.map((site) => [site.id, { state: 'present' }]));
    const compared = compareReaders([hot, gold[0]!], [reader('a', [undefined, gold[0]])], labelSpace.positions);
    expect(compared).toMatchObject({ reports: 1, superscansLeftOut: 1 });
    expect(compared.readers[0]?.f1.present.value).toBe(1);
    expect(() => compareReaders(gold, [reader('a', [])], positions)).toThrow('reader "a" has 0 of 3 reports');
  });
});

describe('hand labels', () => {
  test('a global negative leaves open what the report left open', async () => {
    const { sites } = await readPack('bone-scan');
    const report = labelledReportSchema.parse({
      id: 'x',
      labels: { 'rib-3-left': { state: 'present', evidence: 'left 3rd rib' } },
      globalNegative: true,
      regional: [{ region: 'ribs', side: 'right' }],
      warnings: ['side-missing: knee'],
    });
    const expanded = expandedLabels(report, sites);
    expect(expanded.size).toBe(91 - 12 - 2);
    expect(expanded.get('rib-3-left')?.state).toBe('present');
    expect(expanded.has('rib-3-right')).toBe(false);
    expect(expanded.has('knee-left')).toBe(false);
    expect(expandedLabels({ ...report, globalNegative: false }, sites).size).toBe(1);
    expect(expandedLabels({ ...report, noEntry: ['l4'], warnings: [] }, sites).size).toBe(90);
  });
  test('a line of radiolect label is read as it is', () => {
    const line = {
      id: 'x',
      language: 'en',
      labels: { l4: { state: 'absent', evidence: { start: 0, end: 1, text: 'x' } } },
      regional: [],
      extraosseous: [],
      warnings: [{ code: 'side-missing', subject: 'knee', evidence: [] }],
      impressionClass: 'normal',
    };
    expect(labelledReportSchema.parse(line)).toMatchObject({ warnings: ['side-missing: knee'] });
  });
});
