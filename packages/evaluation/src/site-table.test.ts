import { expect, test } from 'vitest';
import { permutationTest } from './permutation.ts';
import { scorecardTable } from './scorecard.ts';
import { siteTable } from './site-table.ts';

const wave = (i: number, k: number): number => Math.abs(Math.sin(i * 12.9898 + k * 78.233) * 43758.5453) % 1;
const studies = 200;
const site = (name: string, signal: number, prevalence: number) => {
  const positives = Array.from({ length: studies }, (_, i) => wave(i, 1) < prevalence);
  return { site: name, positives, scores: positives.map((p, i) => (p ? signal : 0) + wave(i, 2)) };
};

test('the mean counts only sites with enough positives, and its interval holds it', () => {
  const { meanAuroc, rows } = siteTable([site('seen', 1.5, 0.2), site('blind', 0, 0.2), site('rare', 2, 0.01)], {
    replicates: 200,
  });
  expect(meanAuroc.sites).toBe(2);
  expect(rows.find((r) => r.site === 'seen')!.auroc.value).toBe(1);
  const measured = rows.filter((row) => row.positives >= 10).map((row) => row.auroc.value);
  expect(meanAuroc.value).toBeCloseTo((measured[0]! + measured[1]!) / 2, 12);
  expect(meanAuroc.low).toBeLessThan(meanAuroc.value);
  expect(meanAuroc.high).toBeGreaterThan(meanAuroc.value);
});

test('drafts that are the same for every study do not pass the permutation test; matched ones do', () => {
  expect(permutationTest(30, () => 0.8).p).toBe(1);
  const matched = permutationTest(30, (i, j) => (i === j ? 1 : 0));
  expect(matched.p).toBeCloseTo(1 / 1001, 12);
  expect(matched.meanShuffled).toBeLessThan(0.1);
});

test('a scorecard prints figure, interval and count', () => {
  const table = scorecardTable({
    manifest: { reader: 'm', studies: 's', studyCount: 2, seeds: [1], command: 'c', madeAt: '2026-01-01T00:00:00Z' },
    metrics: [{ name: 'AUROC', value: 0.912, low: 0.9, high: 0.92, count: 88, higherIsBetter: true }],
  });
  expect(table).toContain('| AUROC | 0.912 | 0.900 to 0.920 | 88 | ↑ |');
});
