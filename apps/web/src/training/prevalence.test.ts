import { expect, test } from 'vitest';
import { curvePath } from './curve-path.ts';
import { prevalenceRows } from './prevalence.ts';

test('prevalence leaves out what was not said; the share of silence is over all positions', () => {
  const { rows, unmentionedShare } = prevalenceRows(
    [
      { site: 'l5', present: 0, absent: 0, uncertain: 0, unmentioned: 10 },
      { site: 'l4', present: 2, absent: 6, uncertain: 1, unmentioned: 1 },
    ],
    ['l4', 'l5'],
  );
  expect(rows.map((row) => row.site)).toEqual(['l4', 'l5']);
  expect(rows[0]?.prevalence).toBe(0.25);
  expect(rows[1]?.prevalence).toBeUndefined();
  expect(unmentionedShare).toBeCloseTo(11 / 20);
});

test('a curve runs from left to right with high values on top', () => {
  const range = { x: [0, 10], y: [1, 3] } as const;
  expect(
    curvePath(
      [
        [0, 3],
        [10, 1],
      ],
      range,
      { width: 100, height: 50 },
    ),
  ).toBe('M0.0 0.0L100.0 50.0');
  expect(curvePath([], range, { width: 100, height: 50 })).toBe('');
});
