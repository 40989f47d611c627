import { expect, test } from 'vitest';
import { splitOf } from './example.ts';
import { foldOf, inFold } from './folds.ts';

const keys = Array.from({ length: 5000 }, (_, index) => `patient-${index}`);

test('parts are of about one size, and each patient is held out exactly once', () => {
  const sizes = [0, 1, 2, 3, 4].map((fold) => keys.filter((key) => foldOf(key, 5) === fold).length);
  for (const size of sizes) expect(Math.abs(size - 1000)).toBeLessThan(120);
  expect(sizes.reduce((a, b) => a + b)).toBe(keys.length);
});

test('a part is independent of the split that the data set makes', () => {
  const validation = keys.filter((key) => splitOf(key, { validation: 0.2, test: 0 }) === 'validation');
  const share = validation.filter((key) => foldOf(key, 5) === 0).length / validation.length;
  expect(Math.abs(share - 0.2)).toBeLessThan(0.05);
});

test('test studies stay aside; parts out of range are refused', () => {
  const fold = foldOf('a', 3);
  expect(inFold({ patientKey: 'a', split: 'train' }, { fold, folds: 3 }).split).toBe('validation');
  expect(inFold({ patientKey: 'a', split: 'validation' }, { fold: (fold + 1) % 3, folds: 3 }).split).toBe('train');
  expect(inFold({ patientKey: 'a', split: 'test' }, { fold, folds: 3 }).split).toBe('test');
  expect(() => inFold({ patientKey: 'a', split: 'train' }, { fold: 3, folds: 3 })).toThrow(RangeError);
});
