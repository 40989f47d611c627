import { expect, test } from 'vitest';
import type { ReadStudy } from './validation-report.ts';
import { siteRows, validationReport, worstLabels } from './validation-report.ts';

const policy = { unmentioned: 'masked', uncertain: 'masked' } as const;
const study = (key: string, states: ReadStudy['states'], logits: number[]): ReadStudy => ({ key, states, logits });
const source = {
  outputs: ['l4', 'l5'],
  policy,
  training: [
    ['present', 'unmentioned'],
    ['absent', 'unmentioned'],
    ['absent', 'unmentioned'],
    ['absent', 'unmentioned'],
  ] as const,
  validation: [
    study('a', ['present', 'absent'], [2, -3]),
    study('b', ['absent', 'absent'], [-1, 4]),
    study('c', ['present', 'uncertain'], [-5, 9]),
    study('d', ['absent', 'unmentioned'], [1, 9]),
  ],
};

test('figures of each site, by hand', () => {
  expect(siteRows({ ...source, views: async () => [] })).toEqual([
    // Of the four pairs, study a wins both and study c none.
    { site: 'l4', auroc: 0.5, positives: 2, negatives: 2, prevalence: 0.25 },
    { site: 'l5', auroc: null, positives: 0, negatives: 2, prevalence: null },
  ]);
});

test('the worst labels: what was missed and what was invented, nothing that is not stated', () => {
  expect(worstLabels(source).map(({ study, output, label }) => [study, output, label])).toEqual([
    [2, 0, 'present'],
    [1, 1, 'absent'],
    [3, 0, 'absent'],
    [0, 0, 'present'],
    [0, 1, 'absent'],
  ]);
});

test('a case carries its study, its probability and the views that were asked for', async () => {
  const asked: [number, number][] = [];
  const report = await validationReport({
    ...source,
    views: async (study, output) => {
      asked.push([study, output]);
      return [{ view: 'anterior', rows: 1, columns: 1, pixels: new Float32Array(1) }];
    },
  });
  expect(asked[0]).toEqual([2, 0]);
  expect(report.cases[0]).toMatchObject({ study: 'c', site: 'l4', label: 'present' });
  expect(report.cases[0]!.probability).toBeCloseTo(1 / (1 + Math.exp(5)), 6);
  expect(report.cases[0]!.views).toHaveLength(1);
});
