import { expect, test } from 'vitest';
import { randomStream } from '../random.ts';
import { drawnPictures, picture } from './drawn-pictures.fixture.ts';
import { drawWindow, writeWindow } from './showings.ts';
import { showCase } from './shown-cases.ts';

const ramp = Float32Array.from({ length: 24 }, (_, index) => 1 + (index % 6) + 10 * Math.floor(index / 6));
const size = [4, 6] as const;
const whole = { top: 0, left: 0, rows: 4, columns: 6 };

test('the whole picture is itself, mirrored where asked', () => {
  const into = new Float32Array(24);
  writeWindow(ramp, into, size, whole, false);
  expect([...into]).toEqual([...ramp]);
  writeWindow(ramp, into, size, whole, true);
  expect([...into.subarray(6, 12)]).toEqual([16, 15, 14, 13, 12, 11]);
});

test('half of a picture is stretched, and beyond its edge is nothing', () => {
  const into = new Float32Array(24);
  writeWindow(ramp, into, size, { top: 1, left: 1, rows: 2, columns: 3 }, false);
  // Columns 0.75, 1.25, 1.75 … of a ramp that rises by one a column, rows 0.75 and on by ten a row.
  expect(into[0]).toBeCloseTo(1 + 0.75 + 7.5, 5);
  expect(into[1]).toBeCloseTo(1 + 1.25 + 7.5, 5);
  writeWindow(ramp, into, size, { top: -8, left: 0, rows: 4, columns: 6 }, false);
  expect(into.every((value) => value === 0)).toBe(true);
});

test('windows keep to crop and scale', () => {
  const random = randomStream(1);
  for (let draw = 0; draw < 200; draw++) {
    const { top, left, rows, columns } = drawWindow([100, 50], { scale: 0, crop: 0.6 }, random);
    expect(rows).toBeGreaterThanOrEqual(60);
    expect(columns).toBeGreaterThanOrEqual(30);
    expect(Math.min(top, left)).toBeGreaterThanOrEqual(-1e-9);
    expect(top + rows).toBeLessThanOrEqual(100 + 1e-9);
    expect(left + columns).toBeLessThanOrEqual(50 + 1e-9);
  }
  const scaled = Array.from({ length: 200 }, () => drawWindow([100, 50], { scale: 0.2, crop: 1 }, random).rows / 100);
  expect(Math.max(...scaled)).toBeGreaterThan(1.15);
  expect(Math.min(...scaled)).toBeLessThan(0.87);
  expect(scaled.every((one) => one > Math.exp(-0.2) - 1e-9 && one < Math.exp(0.2) + 1e-9)).toBe(true);
});

test('a case shown changed is another picture of the same; both views are mirrored together', async () => {
  const source = drawnPictures(1, 1);
  const example = source.examples.train[0]!;
  const showing = { mirror: 0, shift: 0, gain: 0, thinning: 1, viewDropout: 0, scale: 0, crop: 1 };
  const shown = async (mirrored: boolean, seed: number): Promise<Float32Array> => {
    const target = new Float32Array(2 * picture[0] * picture[1]);
    await showCase(source, example, target, new Float32Array(2), { showing, random: randomStream(seed) }, mirrored);
    return target;
  };
  const [plain, mirrored, other] = [await shown(false, 1), await shown(true, 1), await shown(false, 2)];
  for (const view of [0, 1])
    for (let row = 0; row < 16; row++) {
      const from = (view * 16 + row) * 8;
      expect([...mirrored.subarray(from, from + 8)]).toEqual([...plain.subarray(from, from + 8)].reverse());
    }
  expect(other).not.toEqual(plain);
});
