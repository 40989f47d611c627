import { encode } from 'fast-png';
import { describe, expect, test } from 'vitest';
import { sourceOf } from '../dicom-file.fixture.ts';
import type { GreyImage } from '../grey-image.ts';
import { type ReadEvent, readStudies } from '../read-studies.ts';
import type { Study } from '../study.ts';
import { wholeBodyViews } from '../whole-body-views.ts';
import { hasInvertedGreys, upright } from './inverted-greys.ts';
import { decodePng, encodePng } from './png.ts';
import { splitViews } from './split-views.ts';

/** A body of ellipses: head, trunk, arms, legs; `brightest` is the value of the trunk. */
function body(rows: number, columns: number, brightest: number): GreyImage {
  const pixels = brightest > 255 ? new Uint16Array(rows * columns) : new Uint8Array(rows * columns);
  const parts = [
    [0.1, 0.5, 0.06, 0.12, 0.8],
    [0.32, 0.5, 0.17, 0.25, 1],
    [0.35, 0.18, 0.18, 0.05, 0.4],
    [0.35, 0.82, 0.18, 0.05, 0.4],
    [0.65, 0.38, 0.2, 0.08, 0.5],
    [0.65, 0.62, 0.2, 0.08, 0.5],
  ] as const;
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      for (const [y, x, height, width, share] of parts) {
        const inside = ((row / rows - y) / height) ** 2 + ((column / columns - x) / width) ** 2 < 1;
        if (inside) pixels[row * columns + column] = Math.round(brightest * share);
      }
  return { rows, columns, pixels };
}

function together(images: readonly GreyImage[], direction: 'side by side' | 'stacked'): GreyImage {
  const beside = direction === 'side by side';
  const rows = beside ? images[0]!.rows : images.reduce((sum, image) => sum + image.rows, 0);
  const columns = beside ? images.reduce((sum, image) => sum + image.columns, 0) : images[0]!.columns;
  const pixels =
    images[0]!.pixels instanceof Uint16Array ? new Uint16Array(rows * columns) : new Uint8Array(rows * columns);
  let at = 0;
  for (const image of images) {
    for (let row = 0; row < image.rows; row++)
      pixels.set(
        image.pixels.subarray(row * image.columns, (row + 1) * image.columns),
        beside ? row * columns + at : (at + row) * columns,
      );
    at += beside ? image.columns : image.rows;
  }
  return { rows, columns, pixels };
}

const inverted = (image: GreyImage, top: number): GreyImage => ({
  ...image,
  pixels: image.pixels.map((value) => top - value) as GreyImage['pixels'],
});
const read = async (files: Record<string, Uint8Array>): Promise<{ events: ReadEvent[]; studies: Study[] }> => {
  const events: ReadEvent[] = [];
  for await (const event of readStudies(Object.entries(files).map(([name, bytes]) => sourceOf(name, bytes))))
    events.push(event);
  return { events, studies: events.flatMap((event) => (event.kind === 'study' ? [event.study] : [])) };
};

const left = body(400, 100, 200);
const right = body(400, 100, 120);
const deep = body(400, 100, 40_000);

async function jpegOf(image: GreyImage): Promise<Uint8Array> {
  const { default: load } = await import('@cornerstonejs/codec-libjpeg-turbo-8bit/wasmjs');
  const codec = await load({ print: () => undefined, printErr: () => undefined });
  const encoder = new codec.JPEGEncoder();
  const { rows: height, columns: width, pixels } = image;
  const rgb = Uint8Array.from({ length: pixels.length * 3 }, (_, index) => pixels[Math.floor(index / 3)]!);
  encoder.getDecodedBuffer({ width, height, bitsPerSample: 8, componentCount: 3, isSigned: false }).set(rgb);
  encoder.setQuality(90);
  encoder.encode();
  const bytes = encoder.getEncodedBuffer().slice();
  encoder.delete();
  return bytes;
}

describe('exported pictures', () => {
  test('a JPEG with two views is cut into them; cut off, it is refused', async () => {
    const jpeg = await jpegOf(together([left, right], 'side by side'));
    const { studies } = await read({ 'x.jpg': jpeg });
    const frames = studies[0]!.series[0]!.instances[0]!.frames;
    expect(frames.length).toBe(2);
    const { pixels } = await frames[1]!.decode();
    const error = Array.from(pixels).reduce((sum, value, at) => sum + Math.abs(value - right.pixels[at]!), 0);
    expect(error / pixels.length).toBeLessThan(2);
    const { events } = await read({ 'x.jpg': jpeg.subarray(0, jpeg.length - 200) });
    expect(events).toMatchObject([{ kind: 'refused', code: 'broken-picture' }]);
  });
  test.each([
    ['8 bits', left],
    ['16 bits', deep],
  ])('one view of %s comes back as it was', async (_, image) => {
    const { studies } = await read({ 'a/7.png': encodePng(image) });
    expect(studies[0]?.patient).toEqual({});
    expect(studies[0]?.series[0]?.modality).toBe('NM');
    const frames = studies[0]!.series[0]!.instances[0]!.frames;
    expect(frames.length).toBe(1);
    expect(await frames[0]!.decode()).toEqual(image);
  });
  test('two views side by side become two frames, left first', async () => {
    const { studies } = await read({ 'x.png': encodePng(together([left, right], 'side by side')) });
    const frames = studies[0]!.series[0]!.instances[0]!.frames;
    expect(frames.map(({ rows, columns }) => [rows, columns])).toEqual([
      [400, 100],
      [400, 100],
    ]);
    expect(await frames[0]!.decode()).toEqual(left);
    expect(await frames[1]!.decode()).toEqual(right);
  });
  test('two views stacked become two frames, upper first', () => {
    expect(splitViews(together([left, right], 'stacked'))).toEqual([
      { top: 0, left: 0, rows: expect.closeTo(400, -2), columns: 100 },
      { top: expect.closeTo(400, -2), left: 0, rows: expect.closeTo(400, -2), columns: 100 },
    ]);
  });
  test('one view that was padded to a square loses its sides, and no more', () => {
    for (const value of [0, 255]) {
      const pixels = new Uint8Array(400 * 400).fill(value);
      for (let row = 0; row < 400; row++) pixels.set(left.pixels.subarray(row * 100, (row + 1) * 100), row * 400 + 130);
      const [part, ...more] = splitViews(upright({ rows: 400, columns: 400, pixels }));
      expect(more).toEqual([]);
      expect(part).toMatchObject({ top: 0, rows: 400, columns: 100 });
      expect(Math.abs(part!.left - 130)).toBeLessThan(10);
    }
  });
  test('one view is not cut, with wide margins or with a gap between the legs', () => {
    for (const columns of [100, 140, 220]) expect(splitViews(body(400, columns, 200)).length).toBe(1);
  });
  test('inverted greys are found and turned over', async () => {
    const dark = inverted(deep, 65_535);
    expect(hasInvertedGreys(dark)).toBe(true);
    expect(hasInvertedGreys(deep)).toBe(false);
    const { studies } = await read({ 'x.png': encodePng(dark) });
    const image = await studies[0]!.series[0]!.instances[0]!.frames[0]!.decode();
    expect(image.pixels[0]).toBeLessThan(image.pixels[130 * 100 + 50]!);
  });
  test('an even frame hides no inverted greys, and becomes background', () => {
    const framed = (image: GreyImage, value: number): GreyImage => {
      const [rows, columns] = [image.rows + 60, image.columns + 40];
      const pixels = new Uint16Array(rows * columns).fill(value);
      for (let row = 0; row < image.rows; row++)
        pixels.set(image.pixels.subarray(row * image.columns, (row + 1) * image.columns), (row + 30) * columns + 20);
      return { rows, columns, pixels };
    };
    const background = (image: GreyImage) => Math.min(...image.pixels);
    const centre = ({ rows, columns, pixels }: GreyImage) =>
      pixels[Math.floor(0.34 * rows) * columns + (columns >> 1)]!;
    for (const value of [0, 65_535]) {
      const turned = upright(framed(inverted(deep, 65_535), value));
      expect(turned.pixels[0]).toBe(background(turned));
      expect(centre(turned)).toBeGreaterThan(turned.pixels[0]!);
      const kept = upright(framed(deep, value));
      expect(kept.pixels[0]).toBe(0);
      expect(centre(kept)).toBe(centre(framed(deep, value)));
    }
    expect(upright(deep)).toBe(deep);
  });
  test('files that differ in the view word share a study', async () => {
    const { studies } = await read({
      'a/case 7_ANT.png': encodePng(left),
      'a/case 7_POST.png': encodePng(right),
      'a/case 8 前位.png': encodePng(inverted(left, 255)),
      'b/case 7_ANT.png': encodePng(deep),
    });
    expect(studies.map(({ fileStem }) => fileStem)).toEqual(['case 7', 'case 8', 'case 7']);
    const views = await wholeBodyViews(studies[0]!);
    expect(views.anterior).toEqual(left);
    expect(views.posterior).toEqual(right);
    expect(views.origins).toEqual({ anterior: 'file-name', posterior: 'file-name' });
  });
  test('colour, palette, alpha and one-bit PNG become grey', () => {
    const rgb = encode({ width: 2, height: 1, channels: 3, depth: 8, data: Uint8Array.of(255, 0, 0, 255, 255, 255) });
    expect([...decodePng(rgb).pixels]).toEqual([76, 255]);
    const alpha = encode({ width: 2, height: 1, channels: 2, depth: 8, data: Uint8Array.of(7, 255, 9, 0) });
    expect([...decodePng(alpha).pixels]).toEqual([7, 9]);
  });
});
