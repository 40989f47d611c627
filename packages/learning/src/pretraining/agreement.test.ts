import type { LabelState } from '@radiolect/findings';
import { expect, test } from 'vitest';
import { holds, reportAgreement } from './agreement.ts';

const states = (text: string): LabelState[] =>
  Array.from(text, (mark) => ({ p: 'present', a: 'absent', '?': 'uncertain', '.': 'unmentioned' })[mark] as LabelState);

test('reports with the same findings agree, those with other ones do not, whatever both deny', () => {
  const { data } = reportAgreement(
    [states('paaa'), states('paa.'), states('aaap'), states('aaaa'), states('....')],
    0.1,
  );
  const of = (row: number, column: number): number => data[row * 5 + column]!;
  for (let row = 0; row < 5; row++) {
    let sum = 0;
    for (let column = 0; column < 5; column++) sum += of(row, column);
    expect(sum).toBeCloseTo(1, 6);
  }
  expect(of(0, 1)).toBeCloseTo(of(0, 0), 6);
  expect(of(0, 2)).toBeLessThan(1e-4);
  // Neither the fourth nor the fifth shows anything.
  expect(of(3, 4)).toBeCloseTo(0.5, 3);
});

test('half of the findings shared: e^(½ ÷ temperature) less likely, worked by hand', () => {
  const { data } = reportAgreement([states('pp'), states('pa')], 0.5);
  const cosine = 1 / Math.SQRT2;
  expect(data[1]! / data[0]!).toBeCloseTo(Math.exp((cosine - 1) / 0.5), 5);
});

test('a statement holds where all its sites are known to be so, fails where one is known to be otherwise', () => {
  const of = (known: Record<string, LabelState>) => (site: string) => known[site] ?? 'unmentioned';
  const both = { text: 'L4 and L5', sites: { l4: 'present', l5: 'present' } } as const;
  expect(holds(both, of({ l4: 'present', l5: 'present' }))).toBe(true);
  expect(holds(both, of({ l4: 'present', l5: 'absent' }))).toBe(false);
  expect(holds(both, of({ l4: 'present' }))).toBeUndefined();
  expect(holds(both, of({ l4: 'present', l5: 'uncertain' }))).toBeUndefined();
  expect(holds({ text: 'rest normal', sites: { l4: 'absent' } }, of({ l4: 'present' }))).toBe(false);
  expect(holds({ text: 'possibly L4', sites: { l4: 'uncertain' } }, of({ l4: 'present' }))).toBeUndefined();
});
