import { expect, test } from 'vitest';
import { simplify } from './simplify.ts';

test('a drawn square keeps its corners and loses the points between', () => {
  const side = (at: number): number => at * 0.5;
  const stroke = [
    ...Array.from({ length: 21 }, (_, i) => [side(i), 0] as const),
    ...Array.from({ length: 20 }, (_, i) => [10, side(i + 1)] as const),
    ...Array.from({ length: 20 }, (_, i) => [10 - side(i + 1), 10] as const),
    ...Array.from({ length: 19 }, (_, i) => [0, 10 - side(i + 1)] as const),
  ];
  const simple = simplify(stroke, 0.75);
  expect(simple.length).toBeLessThanOrEqual(6);
  for (const corner of [
    [0, 0],
    [10, 0],
    [10, 10],
  ])
    expect(simple.some(([x, y]) => Math.hypot(x - corner[0]!, y - corner[1]!) < 0.8)).toBe(true);
});

test('two points stay two points', () => {
  expect(
    simplify(
      [
        [0, 0],
        [5, 5],
      ],
      1,
    ),
  ).toEqual([
    [0, 0],
    [5, 5],
  ]);
});
