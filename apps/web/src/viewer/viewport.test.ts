import { describe, expect, test } from 'vitest';
import { pan, place, toPicture, toScreen, unionBox, zoomAt } from './viewport.ts';

const canvas = { width: 300, height: 800 };
const box = [20, 30, 236, 770] as const;
const whole = { zoom: 1, centre: [128, 400] as const };

describe('where a picture lies on its canvas', () => {
  test('screen and picture are each other’s inverse', () => {
    const placement = place({ zoom: 3.7, centre: [99, 311] }, canvas, box, [2.26, 2.26]);
    const [x, y] = toPicture(placement, toScreen(placement, [57.25, 801.5]));
    expect(x).toBeCloseTo(57.25);
    expect(y).toBeCloseTo(801.5);
  });
  test('zoom 1 shows the whole box, centred', () => {
    const placement = place(whole, canvas, box, [1, 1]);
    expect(toScreen(placement, [128, 400])).toEqual([150, 400]);
    const [left, top] = toScreen(placement, [20, 30]);
    const [right, bottom] = toScreen(placement, [236, 770]);
    expect(Math.min(left, top)).toBeGreaterThanOrEqual(0);
    expect(right).toBeLessThanOrEqual(300);
    expect(bottom).toBeLessThanOrEqual(800);
  });
  test('pixels twice as high as wide are drawn twice as high', () => {
    const { scale } = place(whole, canvas, box, [4, 2]);
    expect(scale[1] / scale[0]).toBeCloseTo(2);
  });
  test('zooming keeps the point under the pointer', () => {
    const anchor = [60, 210] as const;
    const before = place(whole, canvas, box, [1, 1]);
    const zoomed = place(zoomAt(whole, anchor, 2.5), canvas, box, [1, 1]);
    expect(toScreen(zoomed, anchor)[0]).toBeCloseTo(toScreen(before, anchor)[0]);
    expect(toScreen(zoomed, anchor)[1]).toBeCloseTo(toScreen(before, anchor)[1]);
  });
  test('zoom stays between the whole body and 16 times', () => {
    expect(zoomAt(whole, [0, 0], 0.01).zoom).toBe(1);
    expect(zoomAt(whole, [0, 0], 1e6).zoom).toBe(16);
  });
  test('panning follows the hand and does not lose the body', () => {
    const viewport = { zoom: 4, centre: [128, 400] as const };
    const placement = place(viewport, canvas, box, [1, 1]);
    const moved = pan(viewport, [placement.scale[0] * 10, 0], placement, box);
    expect(moved.centre[0]).toBeCloseTo(118);
    expect(pan(viewport, [-1e6, 1e6], placement, box).centre).toEqual([236, 30]);
  });
  test('the box of the opposite view counts mirrored', () => {
    expect(unionBox([10, 5, 100, 90], [30, 0, 120, 80], 130)).toEqual([10, 0, 100, 90]);
    expect(unionBox([10, 5, 100, 90], [30, 0, 120, 80])).toEqual([10, 0, 120, 90]);
  });
});
