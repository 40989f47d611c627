import type { GreyImage } from '@radiolect/dicom';
import { expect, test } from 'vitest';
import { uptakePicture } from './uptake-picture.ts';

/** An even plane with a hill of other values in its middle. */
function hill(background: number, bright: number): GreyImage {
  const pixels = Uint8Array.from({ length: 64 * 32 }, (_, at) =>
    Math.round(
      background + (bright - background) * Math.max(0, 1 - Math.hypot(Math.floor(at / 32) - 32, (at % 32) - 16) / 14),
    ),
  );
  return { rows: 64, columns: 32, pixels };
}

test('a picture of counts comes back as it is', () => {
  const counts = hill(0, 40);
  expect(uptakePicture(counts)).toBe(counts);
});

test('a lifted background is taken off, and inverted greys are turned', () => {
  expect([...uptakePicture(hill(20, 60)).pixels]).toEqual([...hill(0, 40).pixels]);
  expect([...uptakePicture(hill(255, 215)).pixels]).toEqual([...hill(0, 40).pixels]);
});

test('a picture without contrast is nothing but background', () => {
  expect(uptakePicture(hill(7, 7)).pixels.every((value) => value === 0)).toBe(true);
});
