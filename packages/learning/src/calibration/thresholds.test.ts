import { describe, expect, test } from 'vitest';
import {
  absentThreshold,
  bestF1Threshold,
  falsePositivesThreshold,
  sensitivityThreshold,
  specificityThreshold,
} from './thresholds.ts';

const probabilities = [0.9, 0.8, 0.7, 0.3, 0.2, 0.1];
const positive = [true, true, false, true, false, false];
const scored = { probabilities, positive };

describe('by hand', () => {
  test('F1 is 0.857 from 0.3 up, 0.8 from 0.8 up', () => {
    expect(bestF1Threshold(probabilities, positive)).toBeCloseTo(0.25);
  });
  test('below 0.25 nothing is missed; below 0.5 one of three is', () => {
    expect(absentThreshold(probabilities, positive, 0)).toBeCloseTo(0.25);
    expect(absentThreshold(probabilities, positive, 0.34)).toBeCloseTo(0.75);
  });
  test('two of three positives are found from 0.8 up, all from 0.3 up', () => {
    expect(sensitivityThreshold(scored, 2 / 3)).toBeCloseTo(0.75);
    expect(sensitivityThreshold(scored, 0.67)).toBeCloseTo(0.25);
    expect(sensitivityThreshold(scored, 1)).toBeCloseTo(0.25);
    expect(sensitivityThreshold(scored, 0.01)).toBeCloseTo(0.85);
  });
  test('two of three negatives are cleared above 0.2, all above 0.7', () => {
    expect(specificityThreshold(scored, 2 / 3)).toBeCloseTo(0.25);
    expect(specificityThreshold(scored, 1)).toBeCloseTo(0.75);
    expect(specificityThreshold(scored, 0.3)).toBeCloseTo(0.15);
  });
  test('equal probabilities pass together', () => {
    const tied = { probabilities: [0.6, 0.6, 0.6, 0.4], positive: [true, false, false, true] };
    expect(sensitivityThreshold(tied, 0.5)).toBeCloseTo(0.5);
    expect(specificityThreshold(tied, 0.5)).toBeCloseTo(0.8);
    expect(falsePositivesThreshold([tied], 0.25)).toBeCloseTo(0.8);
    expect(falsePositivesThreshold([tied], 0.5)).toBeCloseTo(0.2);
  });
  test('false alarms of two sites add up over a scan', () => {
    // Alarms at 0.7, 0.2 and 0.1, a sixth of a scan each, and at 0.5, half of one: the site is stated in two scans.
    const other = { probabilities: [0.5, 0.4], positive: [false, true] };
    const at = (budget: number): number => falsePositivesThreshold([scored, other], budget);
    expect(at(0)).toBeCloseTo(0.75);
    expect(at(1 / 6)).toBeCloseTo(0.6);
    expect(at(0.6)).toBeCloseTo(0.6);
    expect(at(2 / 3)).toBeCloseTo(0.25);
    expect(at(1)).toBeCloseTo(0.05);
  });
  test('without a positive there is no sensitivity, without a negative no specificity', () => {
    expect(() => sensitivityThreshold({ probabilities: [0.1], positive: [false] }, 0.9)).toThrow(/positive/);
    expect(() => specificityThreshold({ probabilities: [0.1], positive: [true] }, 0.9)).toThrow(/negative/);
  });
});
