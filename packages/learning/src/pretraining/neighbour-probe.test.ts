import type { LabelState } from '@radiolect/findings';
import { expect, test } from 'vitest';
import { normal, randomStream } from '../random.ts';
import { featureTable } from './feature-table.ts';
import type { LabelledFeatures } from './neighbour-probe.ts';
import { probeNeighbours } from './neighbour-probe.ts';

const settings = { neighbours: 10, temperature: 0.07, fewest: 10 };

/** Images with two labels; only the first one moves the features, by `strength`. */
function images(count: number, strength: number, seed: number): LabelledFeatures {
  const random = randomStream(seed);
  const labels = Array.from({ length: count }, () =>
    [0.4, 0.3].map((rate): LabelState => (random() < rate ? 'present' : 'absent')),
  );
  const values = labels.flatMap((states) =>
    Array.from({ length: 8 }, (_, d) => normal(random) + (d === 0 && states[0] === 'present' ? strength : 0)),
  );
  return { features: featureTable(count, 8, values), labels };
}

test('features that carry a label are told from those that do not', () => {
  const told = probeNeighbours(images(400, 4, 1), images(200, 4, 2), settings, randomStream(9));
  const blind = probeNeighbours(images(400, 0, 1), images(200, 0, 2), settings, randomStream(9));
  expect(told.positions).toBe(2);
  // The first label near 1, the second near ½.
  expect(told.auroc).toBeGreaterThan(0.68);
  expect(blind.auroc).toBeGreaterThan(0.42);
  expect(blind.auroc).toBeLessThan(0.58);
  // A bootstrap interval holds its own figure, is no wider than 200 queries make it, and chance lies in the blind one.
  for (const { auroc, interval } of [told, blind]) {
    const [low, high] = interval!;
    expect(low).toBeLessThan(auroc!);
    expect(high).toBeGreaterThan(auroc!);
    expect(high - low).toBeLessThan(0.2);
  }
  expect(blind.interval![0]).toBeLessThan(0.5);
  expect(told.interval![0]).toBeGreaterThan(0.6);
});

test('neighbours that do not state a position do not vote on it', () => {
  const bank = images(400, 4, 3);
  const queries = images(200, 4, 4);
  const silent = bank.labels.map(([first, second], row): LabelState[] => [row % 2 ? first! : 'unmentioned', second!]);
  const half = probeNeighbours({ ...bank, labels: silent }, queries, settings, randomStream(9));
  // Silence counted as absent would halve the votes, not their order; counted as present it would drown them.
  expect(half.auroc).toBeGreaterThan(0.66);
});

test('a position that is stated too seldom does not count', () => {
  const queries = images(200, 4, 5);
  const rare = queries.labels.map(([first], row): LabelState[] => [first!, row < 9 ? 'present' : 'absent']);
  expect(probeNeighbours(images(100, 4, 6), { ...queries, labels: rare }, settings, randomStream(9)).positions).toBe(1);
  const never = queries.labels.map((): LabelState[] => ['unmentioned', 'uncertain']);
  expect(probeNeighbours(images(100, 4, 6), { ...queries, labels: never }, settings, randomStream(9))).toEqual({
    auroc: null,
    interval: null,
    positions: 0,
  });
});
