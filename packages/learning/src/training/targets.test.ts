import type { LabelState } from '@radiolect/findings';
import { describe, expect, test } from 'vitest';
import type { Example } from '../example.ts';
import { learntNatures } from '../model/geometry.ts';
import type { SiteReaderRecipe } from '../recipe.ts';
import { natureWeights, positiveWeights, prevalenceOf, shareOf, targetTensors } from './targets.ts';

const positions = ['knee-left', 'knee-right', 'l4'];
const example = (states: LabelState[], metastasis: LabelState = 'unmentioned'): Example => ({
  studyKey: states.join('-'),
  patientKey: 'p',
  labels: { labelSpace: { name: 'three', version: '1' }, states },
  natures: states[0] === 'present' ? { 'knee-left': 'degenerative' } : {},
  metastasis,
  views: {},
  split: 'train',
});
const recipe = {
  labels: { unmentioned: 'masked', uncertain: 0.5 },
  loss: { positivePower: 1, largestPositiveWeight: 3, nature: 0.5, naturePower: 0.5, metastasis: 0.25 },
} as SiteReaderRecipe;
const straight = [0, 1, 2];
const mirrored = [1, 0, 2];

test.each([
  ['present', { unmentioned: 'masked', uncertain: 'masked' }, 1],
  ['absent', { unmentioned: 'masked', uncertain: 'masked' }, 0],
  ['unmentioned', { unmentioned: 'masked', uncertain: 'masked' }, undefined],
  ['unmentioned', { unmentioned: 'absent', uncertain: 'masked' }, 0],
  ['uncertain', { unmentioned: 'absent', uncertain: 'masked' }, undefined],
  ['uncertain', { unmentioned: 'masked', uncertain: 0.3 }, 0.3],
] as const)('%s under %o counts as %s', (state, policy, share) => {
  expect(shareOf(state, policy)).toBe(share);
});

describe('a batch of two', () => {
  const examples = [
    example(['present', 'absent', 'unmentioned'], 'present'),
    example(['absent', 'uncertain', 'absent'], 'unmentioned'),
  ];
  const prevalence = prevalenceOf(examples, 3, recipe.labels);
  test('prevalence counts an uncertain site by its share', () => {
    expect([...prevalence.present]).toEqual([1, 0.5, 0]);
    expect([...prevalence.absent]).toEqual([1, 1.5, 1]);
  });
  test('positive weights are negatives over positives, bounded, and 1 where nothing is positive', () => {
    expect([...positiveWeights(prevalence, recipe)]).toEqual([1, 3, 1]);
  });
  test('weights sum to one over what is stated; an unmentioned site has none', () => {
    const weights = { positive: Float64Array.of(2, 3, 1), nature: new Float64Array(8).fill(1) };
    const rows = examples.map((one) => ({ example: one, order: straight }));
    const { present, absent, nature, metastatic, notMetastatic } = targetTensors(rows, positions, weights, recipe);
    // 2 + 1 (first study), 1 + (1.5 + 0.5) + 1 (second): 7 in all.
    const sevenths = (values: number[]): number[] => values.map((value) => Math.fround(value / 7));
    expect([...present.data]).toEqual(sevenths([2, 0, 0, 0, 1.5, 0]));
    expect([...absent.data]).toEqual(sevenths([0, 1, 0, 1, 0.5, 1]));
    expect([...nature.data].filter((value) => value !== 0)).toEqual([0.5]);
    expect([...metastatic.data]).toEqual([0.25, 0]);
    expect([...notMetastatic.data]).toEqual([0, 0]);
  });
  test('a mirrored study carries its labels, weights and causes to the other side', () => {
    const weights = { positive: Float64Array.of(2, 3, 1), nature: new Float64Array(8).fill(1) };
    const rows = [{ example: examples[0]!, order: mirrored }];
    const { present, absent, nature } = targetTensors(rows, positions, weights, recipe);
    expect([...present.data]).toEqual([0, Math.fround(2 / 3), 0]);
    expect([...absent.data]).toEqual([Math.fround(1 / 3), 0, 0]);
    expect(nature.data.findIndex((value) => value !== 0)).toBeGreaterThanOrEqual(8);
  });
});

test('rare causes weigh more, absent ones one, none beyond four', () => {
  const of = (cause: 'degenerative' | 'metastatic' | 'traumatic', count: number): Example[] =>
    Array.from({ length: count }, () => ({ ...example(['absent', 'absent', 'absent']), natures: { l4: cause } }));
  // Counts 9, 1 and 0 of three causes: the mean of those that occur is 5.
  const weights = natureWeights([...of('degenerative', 9), ...of('metastatic', 1)], recipe);
  const at = (cause: 'degenerative' | 'metastatic' | 'traumatic'): number => weights[learntNatures.indexOf(cause)]!;
  expect(at('degenerative')).toBeCloseTo(Math.sqrt(5 / 9));
  expect(at('metastatic')).toBeCloseTo(Math.sqrt(5));
  expect(at('traumatic')).toBe(1);
  expect(Math.max(...natureWeights([...of('degenerative', 999), ...of('metastatic', 1)], recipe))).toBe(4);
});
