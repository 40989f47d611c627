import { expect, test } from 'vitest';
import type { Box } from './box.ts';
import { boxIou, boxOf } from './box.ts';
import type { BoxedPicture } from './box-precision.ts';
import { boxPrecision } from './box-precision.ts';

const box = (left: number, top: number, width = 10, height = 10): Box => ({
  left,
  top,
  right: left + width,
  bottom: top + height,
});

test('IoU by hand', () => {
  expect(boxIou(box(0, 0), box(0, 0))).toBe(1);
  expect(boxIou(box(0, 0), box(5, 0))).toBeCloseTo(50 / 150);
  expect(boxIou(box(0, 0), box(10, 0))).toBe(0);
  expect(boxIou(box(0, 0), box(2, 2, 5, 5))).toBeCloseTo(0.25);
  expect(boxIou(box(0, 0, 0, 0), box(0, 0, 0, 0))).toBe(0);
  expect(
    boxOf([
      [1, 7],
      [4, 2],
      [3, 3],
    ]),
  ).toEqual({ left: 1, top: 2, right: 4, bottom: 7 });
  expect(() => boxOf([])).toThrow(RangeError);
});

test('average precision by hand: right, false, right, and one box never marked', () => {
  const pictures: BoxedPicture[] = [
    {
      patient: 'a',
      truth: [box(0, 0), box(50, 50), box(90, 90)],
      marked: [
        { box: box(0, 0), score: 0.9 },
        { box: box(200, 0), score: 0.8 },
        { box: box(51, 50), score: 0.7 },
      ],
    },
  ];
  // Precision 1 up to recall 1/3 (34 of 101 points), 2/3 up to recall 2/3 (33 points), 0 beyond.
  expect(boxPrecision(pictures, 0.5).value).toBeCloseTo((34 + 33 * (2 / 3)) / 101, 10);
});

test('a second mark on a found box is false; of two boxes a mark takes the nearer', () => {
  const truth = [box(0, 0), box(4, 0)];
  const twice = [
    { box: box(0, 0), score: 3 },
    { box: box(0, 0), score: 2 },
  ];
  // The second mark overlaps the free second box with IoU 60 / 140 only.
  expect(boxPrecision([{ patient: 'a', truth, marked: twice }], 0.5).value).toBeCloseTo(51 / 101);
  expect(boxPrecision([{ patient: 'a', truth, marked: twice }], 0.4).value).toBe(1);
  const nearer = [
    { box: box(3, 0), score: 2 },
    { box: box(0, 0), score: 1 },
  ];
  expect(boxPrecision([{ patient: 'a', truth, marked: nearer }], 0.5).value).toBe(1);
});

test('a false mark below every right one costs nothing, one above costs; the interval resamples patients', () => {
  const pictures = (score: number): BoxedPicture[] =>
    Array.from({ length: 30 }, (_, n) => ({
      patient: `${n}`,
      truth: [box(0, 0)],
      marked: [
        { box: box(0, 0), score: 1 },
        { box: box(80, 80), score },
      ],
    }));
  expect(boxPrecision(pictures(0), 0.5, { replicates: 50 })).toMatchObject({ value: 1, low: 1, high: 1, boxes: 30 });
  expect(boxPrecision(pictures(2), 0.5, { replicates: 50 }).value).toBe(0.5);
  expect(boxPrecision([{ patient: 'a', truth: [], marked: [] }], 0.5).value).toBeNaN();
  const half = pictures(0).map((picture, n) => (n % 2 ? picture : { ...picture, marked: [] }));
  const { value, low, high } = boxPrecision(half, 0.5, { replicates: 200 });
  expect(value).toBeCloseTo(51 / 101);
  expect(low).toBeGreaterThan(0.25);
  expect(low).toBeLessThan(0.45);
  expect(high).toBeGreaterThan(0.55);
  expect(high).toBeLessThan(0.75);
});
