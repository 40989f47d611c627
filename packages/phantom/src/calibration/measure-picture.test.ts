import type { GreyImage } from '@radiolect/dicom';
import { expect, test } from 'vitest';
import { measureLesion, measurePicture } from './measure-picture.ts';

/** A column of tissue with a brighter band and a hot spot, of known place and brightness. */
function picture(): GreyImage {
  const pixels = new Uint16Array(1024 * 256);
  for (let row = 102; row < 819; row++)
    for (let column = 40; column < 216; column++) {
      const spot = Math.hypot(row - 300, column - 100) < 10;
      pixels[row * 256 + column] = spot ? 60 : row >= 460 && row < 496 ? 30 : 10;
    }
  return { rows: 1024, columns: 256, pixels };
}
const circle = Array.from(
  { length: 30 },
  (_, i) => [100 + 10 * Math.cos((i * Math.PI) / 15), 300 + 10 * Math.sin((i * Math.PI) / 15)] as const,
);

test('size, margin and profile of a body of known size', () => {
  const measured = measurePicture(picture());
  expect(measured.height).toBeCloseTo(717 / 1024, 1);
  expect(measured.margin).toBeCloseTo(0.1, 1);
  expect(measured.width).toBeCloseTo(176 / 256, 1);
  expect(measured.profile.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 6);
  // The bright band is one twentieth of the body, three times as bright as the rest.
  expect(Math.max(...measured.profile)).toBe(measured.profile[10]);
  expect(measured.profile[10]! / measured.profile[2]!).toBeGreaterThan(2.4);
  expect(measured.brightest / measured.median).toBeCloseTo(6, 0);
});

test('a lesion six times its surroundings', () => {
  const image = picture();
  const lesion = measureLesion(image, circle, measurePicture(image))!;
  expect(lesion.area).toBeCloseTo(312, -1);
  expect(lesion.meanContrast).toBeGreaterThan(5);
  expect(lesion.peakContrast).toBeCloseTo(6, 0);
  expect(lesion.height).toBeCloseTo((300 - 102) / 717, 1);
});
