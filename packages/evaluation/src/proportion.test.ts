import { expect, test } from 'vitest';
import { proportion } from './proportion.ts';

test('Wilson intervals as published (Newcombe 1998, table I: 81 of 263, 15 of 148, 0 of 20)', () => {
  const rounded = ({ low, high }: { low: number; high: number }) => [low.toFixed(4), high.toFixed(4)];
  expect(rounded(proportion(81, 263))).toEqual(['0.2553', '0.3662']);
  expect(rounded(proportion(15, 148))).toEqual(['0.0624', '0.1605']);
  expect(rounded(proportion(0, 20))).toEqual(['0.0000', '0.1611']);
  expect(proportion(0, 0).value).toBeNaN();
});
