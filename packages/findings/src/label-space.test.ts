import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeFinding } from './finding.ts';
import type { LabelSpace } from './label-space.ts';
import {
  findingsOfLabelVector,
  findingsOfProbabilities,
  labelVectorOf,
  siteLabelsOf,
  stateOfProbability,
} from './label-space.ts';
import { readPack } from './node/index.ts';
import type { LabelState } from './vocabulary.ts';

const { labelSpace, sites } = await readPack('bone-scan');
const source = { kind: 'reader' } as const;
const anyState = fc.constantFrom<LabelState>('present', 'absent', 'uncertain', 'unmentioned');

test('the bone-scan label space has 91 positions, right and left of each paired site', () => {
  expect(labelSpace.positions).toHaveLength(91);
  expect(labelSpace.name).toBe('bone-scan-91');
  expect(sites.filter((site) => site.laterality === 'right')).toHaveLength(
    sites.filter((site) => site.laterality === 'left').length,
  );
});

describe('findings ⇄ label vector', () => {
  test('a vector of 91 states survives the round trip, unmentioned included', () => {
    fc.assert(
      fc.property(fc.array(anyState, { minLength: 91, maxLength: 91 }), (states) => {
        const vector = { labelSpace: { name: labelSpace.name, version: labelSpace.version }, states };
        expect(labelVectorOf(findingsOfLabelVector(vector, labelSpace, source), labelSpace)).toEqual(vector);
      }),
      { numRuns: 300 },
    );
  });
  test('two foci in one site give the stronger state, whatever their order', () => {
    const foci = (['absent', 'present', 'uncertain'] as const).map((presence, index) =>
      makeFinding({ id: `f${index}`, site: 'l4', presence, source }),
    );
    const index = labelSpace.positions.indexOf('l4');
    for (const order of [foci, [...foci].reverse()])
      expect(labelVectorOf(order, labelSpace).states[index]).toBe('present');
  });
  test('a site of another pack is refused by name', () => {
    const stranger = makeFinding({ site: 'appendix', presence: 'present', source });
    expect(() => labelVectorOf([stranger], labelSpace)).toThrow('site "appendix" is not in label space bone-scan-91');
  });
});

describe('probabilities → findings', () => {
  test('present at or above high, absent below low, uncertain between', () => {
    const point = { low: 0.2, high: 0.6 };
    expect([0, 0.19, 0.2, 0.59, 0.6, 1].map((p) => stateOfProbability(p, point))).toEqual(
      ['absent', 'absent', 'uncertain', 'uncertain', 'present', 'present'], // 0.2 is no longer below low
    );
  });
  test('states → probabilities inside their band → findings gives the states back', () => {
    const space: LabelSpace = { ...labelSpace };
    const value = { present: 0.9, uncertain: 0.4, absent: 0.05 } as const;
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('present', 'absent', 'uncertain' as const), { minLength: 91, maxLength: 91 }),
        (states) => {
          const probabilities = Object.fromEntries(
            space.positions.map((id, i) => [id, value[states[i]! as 'present']]),
          );
          const points = Object.fromEntries(space.positions.map((id) => [id, { low: 0.2, high: 0.6 }]));
          expect(labelVectorOf(findingsOfProbabilities(probabilities, points, 'm'), space).states).toEqual(states);
        },
      ),
      { numRuns: 100 },
    );
  });
  test('thresholds out of order are refused', () => {
    expect(() => stateOfProbability(0.5, { low: 0.7, high: 0.3 })).toThrow('thresholds out of order');
  });
});

test('site labels hold attributes and the text span, and leave out what is not stated', () => {
  const finding = makeFinding({
    site: 'l4',
    presence: 'present',
    nature: 'degenerative',
    likelihood: 'probable',
    source,
    evidence: [{ kind: 'text', start: 3, end: 5, text: 'L4' }],
  });
  expect(siteLabelsOf({ findings: [finding] })).toEqual({
    l4: {
      state: 'present',
      nature: 'degenerative',
      likelihood: 'probable',
      evidence: { start: 3, end: 5, text: 'L4' },
    },
  });
});
