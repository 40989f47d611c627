import { expect, test } from 'vitest';
import type { EpochRecord } from './epoch-choice.ts';
import { choiceInWords, chooseEpoch } from './epoch-choice.ts';
import { epochChoiceSvg } from './epoch-choice-svg.ts';

const record = (epoch: number, probe: number | null, distance: number): EpochRecord => ({
  epoch,
  probe,
  features: { distance, deviation: 0.5, effectiveRank: 10 + epoch, alignment: 0.1, uniformity: -1 },
});
const records = [record(0, 0.9, 2), record(1, 0.6, 0.9), record(2, 0.7, 0.5), record(3, 0.7, 0.8)];

test('the probe keeps the first of its best epochs, never the untrained network; distance would have kept another', () => {
  const { byProbe, byDistance, untrained } = chooseEpoch(records)!;
  expect([byProbe.epoch, byDistance.epoch, untrained.epoch]).toEqual([2, 1, 0]);
  expect(choiceInWords({ byProbe, byDistance, untrained })).toBe(
    'Kept: epoch 2 by the probe (probe 0.700; untrained probe 0.900). ' +
      'Mean distance alone would have kept epoch 1 (probe 0.600).',
  );
});

test('without labels the effective rank chooses', () => {
  const choice = chooseEpoch(records.map((one) => ({ ...one, probe: null })))!;
  expect(choice.byProbe.epoch).toBe(3);
  expect(choiceInWords(choice)).toContain('Kept: epoch 3 by the effective rank (no probe');
});

test('there is no choice before an epoch has ended', () => {
  expect(chooseEpoch(records.slice(0, 1))).toBeUndefined();
});

test('the picture marks both epochs, holds every row, and says why a run stopped', () => {
  const svg = epochChoiceSvg('a <run>', records, 'The features have collapsed.');
  expect(svg).toContain('by probe: epoch 2');
  expect(svg).toContain('by distance: epoch 1');
  expect(svg).toContain('The features have collapsed.');
  expect(svg).toContain('a &#60;run&#62;');
  expect(svg.match(/>0\.700</g)).toHaveLength(2);
  expect(svg).not.toMatch(/NaN|Infinity|undefined/);
  expect(epochChoiceSvg('early', records.slice(0, 1))).toContain('No epoch has ended.');
});
