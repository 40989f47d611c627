import { describe, expect, test } from 'vitest';
import type { CountPicture } from './window-level.ts';
import { bodyBox, bodyMask, openingWindow, priorWindow, sliderOfUpper, upperOfSlider } from './window-level.ts';

/** Air, a body of 4 counts a pixel in columns 20 to 43 and rows 10 to 109, and a bladder of 3,000 in it. */
function bodyWithBladder(): CountPicture {
  const [columns, rows] = [64, 128];
  const counts = new Uint16Array(columns * rows);
  for (let row = 10; row < 110; row++)
    for (let column = 20; column < 44; column++)
      counts[row * columns + column] = row > 60 && row < 64 && column > 30 && column < 34 ? 3000 : 4;
  counts[3] = 2;
  return { columns, rows, counts, pixelSpacing: [2.26, 2.26] };
}

describe('the body in the picture', () => {
  test('is found without the air round it', () => {
    const quiet = bodyWithBladder();
    quiet.counts.forEach((count, index) => {
      if (count === 3000) quiet.counts[index] = 12;
    });
    const [left, top, right, bottom] = bodyBox(quiet);
    expect(left).toBeGreaterThan(14);
    expect(left).toBeLessThanOrEqual(20);
    expect(right).toBeGreaterThanOrEqual(44);
    expect(right).toBeLessThan(50);
    expect(top).toBeGreaterThan(4);
    expect(bottom).toBeLessThan(116);
    expect(bodyMask(quiet)[60 * 64 + 32]).toBe(1);
    expect(bodyMask(quiet)[3]).toBe(0);
  });
  test('an empty picture is shown whole', () => {
    const empty = { columns: 8, rows: 9, counts: new Uint16Array(72), pixelSpacing: [1, 1] as const };
    expect(bodyBox(empty)).toEqual([0, 0, 8, 9]);
  });
});

describe('windows', () => {
  test('both views open with one window, the larger of their hints, from zero', () => {
    expect(openingWindow([{ upper: 42 }, { upper: 57 }])).toEqual({ lower: 0, upper: 57 });
    expect(openingWindow([])).toEqual({ lower: 0, upper: 1 });
  });
  test('a prior with twice the counts gets twice the window', () => {
    expect(priorWindow({ lower: 0, upper: 30 }, 1_000_000, 2_000_000)).toEqual({ lower: 0, upper: 60 });
    expect(priorWindow({ lower: 0, upper: 30 }, 0, 2_000_000)).toEqual({ lower: 0, upper: 30 });
  });
  test('the slider stands in the middle at opening and reaches 20 times either way', () => {
    expect(sliderOfUpper(54, 54)).toBeCloseTo(0.5);
    expect(upperOfSlider(0, 54)).toBeCloseTo(2.7);
    expect(upperOfSlider(1, 54)).toBeCloseTo(1080);
    expect(sliderOfUpper(upperOfSlider(0.37, 54), 54)).toBeCloseTo(0.37);
  });
});
