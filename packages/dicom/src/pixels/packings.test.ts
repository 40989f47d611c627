import { describe, expect, test } from 'vitest';
import { interleaved, rgbOfYbrFull, ybrFullOf422 } from './colour.ts';
import { encapsulatedFrame, FragmentError } from './fragments.ts';
import { decodeJpegLossless } from './jpeg-lossless.ts';
import { withoutColourTransform } from './jpeg-process.ts';
import { plainValues } from './plain.ts';
import { decodeRle } from './rle.ts';

const items = (...parts: number[][]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => [0xfe, 0xff, 0x00, 0xe0, part.length, 0, 0, 0, ...part]));
const rle = (...segments: number[][]): Uint8Array => {
  const header = new Uint32Array(16);
  header[0] = segments.length;
  let at = 64;
  for (const [index, segment] of segments.entries()) {
    header[index + 1] = at;
    at += segment.length;
  }
  return Uint8Array.from([...new Uint8Array(header.buffer), ...segments.flat()]);
};

describe('RLE', () => {
  test('runs, literals and the no-operation byte', () => {
    expect([...decodeRle(rle([254, 7, 128, 1, 1, 2, 0, 9]), 6, 1, 1)]).toEqual([7, 7, 7, 1, 2, 9]);
  });
  test('16 bits come little endian, colour side by side', () => {
    expect([...decodeRle(rle([1, 0x12, 0x34], [1, 0x56, 0x78]), 2, 1, 2)]).toEqual([0x56, 0x12, 0x78, 0x34]);
    expect([...decodeRle(rle([255, 1], [255, 2], [255, 3]), 2, 3, 1)]).toEqual([1, 2, 3, 1, 2, 3]);
  });
  test('a wrong number of segments and cut-off data are refused', () => {
    expect(() => decodeRle(rle([255, 1]), 2, 3, 1)).toThrow(RangeError);
    expect(() => decodeRle(rle([255, 1]), 20, 1, 1)).toThrow(RangeError);
    expect(() => decodeRle(new Uint8Array(10), 2, 1, 1)).toThrow(RangeError);
  });
});

describe('encapsulated frames', () => {
  test('one fragment a frame, or many for one frame', () => {
    expect([...encapsulatedFrame(items([], [1, 2], [3, 4]), 0, 2, 1)]).toEqual([3, 4]);
    expect([...encapsulatedFrame(items([], [1, 2], [3, 4]), 0, 1, 0)]).toEqual([1, 2, 3, 4]);
  });
  test('many fragments a frame, by the offset table or by start marks', () => {
    const offsets = items([0, 0, 0, 0, 20, 0, 0, 0], [1, 2], [3, 4], [5, 6]);
    expect([...encapsulatedFrame(offsets, 0, 2, 0)]).toEqual([1, 2, 3, 4]);
    expect([...encapsulatedFrame(offsets, 0, 2, 1)]).toEqual([5, 6]);
    const marks = items([], [0xff, 0xd8], [3, 4], [0xff, 0xd8]);
    expect([...encapsulatedFrame(marks, 0, 2, 0)]).toEqual([0xff, 0xd8, 3, 4]);
  });
  test('what cannot be told apart is refused', () => {
    expect(() => encapsulatedFrame(items([], [1, 2], [3, 4], [5, 6]), 0, 2, 0)).toThrow(FragmentError);
    expect(() => encapsulatedFrame(Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9), 0, 1, 0)).toThrow(FragmentError);
  });
});

describe('plain values', () => {
  const layout = { bitsAllocated: 16, bitsStored: 12, highBit: 11, signed: true, float: false } as const;
  test('the sign is in the highest stored bit, what lies above is dropped', () => {
    const bytes = Uint8Array.of(0xff, 0x0f, 0x01, 0xf0, 0x00, 0x08);
    expect([...plainValues(bytes, 0, 3, layout, false)]).toEqual([-1, 1, -2048]);
    expect([...plainValues(bytes, 0, 3, { ...layout, signed: false }, false)]).toEqual([4095, 1, 2048]);
  });
  test('stored bits that do not end at bit 0 are moved down', () => {
    const high = { ...layout, highBit: 15, signed: false };
    expect([...plainValues(Uint8Array.of(0x34, 0x12), 0, 1, high, false)]).toEqual([0x123]);
  });
  test('big endian and single bits', () => {
    expect([...plainValues(Uint8Array.of(0x01, 0x02), 0, 1, { ...layout, bitsStored: 16, highBit: 15 }, true)]).toEqual(
      [0x0102],
    );
    const bit = { bitsAllocated: 1, bitsStored: 1, highBit: 0, signed: false, float: false } as const;
    expect([...plainValues(Uint8Array.of(0b10110000, 1), 4, 5, bit, false)]).toEqual([1, 1, 0, 1, 1]);
  });
});

test('colour: planes, YBR and subsampled YBR', () => {
  expect([...interleaved(Uint8Array.of(1, 2, 3, 4, 5, 6))]).toEqual([1, 3, 5, 2, 4, 6]);
  expect([...rgbOfYbrFull(Uint8Array.of(76, 85, 255, 100, 128, 128))]).toEqual([254, 0, 0, 100, 100, 100]);
  expect([...ybrFullOf422(Uint8Array.of(1, 2, 9, 8))]).toEqual([1, 9, 8, 2, 9, 8]);
});

test('an RGB stream without a marker is told not to be transformed', () => {
  const process = { lossless: false, precision: 8, rows: 1, columns: 1, components: 3, componentIds: [1, 2, 3] };
  const marked = withoutColourTransform(Uint8Array.of(0xff, 0xd8, 1), { ...process, jfif: false });
  expect([marked[2], marked[3], marked.length]).toEqual([0xff, 0xee, 19]);
  expect(withoutColourTransform(Uint8Array.of(0xff, 0xd8, 1), { ...process, jfif: true }).length).toBe(3);
});

describe('lossless JPEG', () => {
  // Two categories (0 and 1) with codes 0 and 10; 2 × 2 pixels of 8 bits, predictor 1: differences 0 +1 | -1 0.
  const table = [0xff, 0xc4, 0, 21, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1];
  const frame = [0xff, 0xc3, 0, 11, 8, 0, 2, 0, 2, 1, 1, 0x11, 0];
  const scan = (predictor: number): number[] => [0xff, 0xda, 0, 8, 1, 1, 0, predictor, 0, 0];
  const stream = (predictor: number, entropy: number[]): Uint8Array =>
    Uint8Array.from([0xff, 0xd8, ...table, ...frame, ...scan(predictor), ...entropy, 0xff, 0xd9]);
  // 0 | 10 1 | 10 0 | 0 and ones to fill up
  const bits = [0b01011000];
  test.each([
    [1, [128, 129, 127, 127]],
    [2, [128, 129, 127, 129]],
    [3, [128, 129, 127, 128]],
    [4, [128, 129, 127, 128]],
    [7, [128, 129, 127, 128]],
  ])('predictor %i', (predictor, values) => {
    expect([...decodeJpegLossless(stream(predictor, bits)).values]).toEqual(values);
  });
  test('a cut-off stream is refused', () => {
    expect(() => decodeJpegLossless(stream(1, []))).toThrow(RangeError);
    expect(() => decodeJpegLossless(stream(1, bits).subarray(0, 30))).toThrow(RangeError);
  });
});
