import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InvalidSafetensorsError } from './errors.ts';
import { fromFloat16, toFloat16 } from './float16.ts';
import { readSafetensors, writeSafetensors } from './safetensors.ts';
import { floatTensor, intTensor } from './tensor.ts';

describe('safetensors', () => {
  const bytes = writeSafetensors({
    tensors: new Map([
      ['weight', floatTensor([2, 2], [1, -2, 3.5, 4])],
      ['order', intTensor([2], [7, -1])],
    ]),
    metadata: { step: '12' },
  });
  test('gives back what it was given', () => {
    const { tensors, metadata } = readSafetensors(bytes);
    expect(metadata).toEqual({ step: '12' });
    expect(tensors.get('weight')).toEqual(floatTensor([2, 2], [1, -2, 3.5, 4]));
    expect(tensors.get('order')).toEqual(intTensor([2], [7, -1]));
  });
  test('follows the published layout', () => {
    const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
    const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length))) as Record<string, unknown>;
    expect(header.weight).toEqual({ dtype: 'F32', shape: [2, 2], data_offsets: [0, 16] });
    expect(new DataView(bytes.buffer).getFloat32(8 + length + 4, true)).toBe(-2);
  });
  test('widens bfloat16 to float32', () => {
    const header = new TextEncoder().encode('{"w":{"dtype":"BF16","shape":[3],"data_offsets":[0,6]}}');
    const file = new Uint8Array(8 + header.length + 6);
    new DataView(file.buffer).setBigUint64(0, BigInt(header.length), true);
    file.set(header, 8);
    // 1, −2.5 and 3.140625: sign, eight bits of exponent, seven of fraction.
    file.set([0x80, 0x3f, 0x20, 0xc0, 0x49, 0x40], 8 + header.length);
    expect(readSafetensors(file).tensors.get('w')).toEqual(floatTensor([3], [1, -2.5, 3.140625]));
  });
  test('reads from the middle of a larger buffer', () => {
    const padded = new Uint8Array(bytes.length + 3);
    padded.set(bytes, 3);
    expect(readSafetensors(padded.subarray(3)).tensors.get('weight')!.data).toHaveLength(4);
    expect(readSafetensors(Buffer.from(bytes)).tensors.get('weight')!.data).toEqual(Float32Array.of(1, -2, 3.5, 4));
  });
  test.each([
    ['nothing', new Uint8Array(3)],
    ['a cut file', bytes.subarray(0, bytes.length - 4)],
    ['a cut header', bytes.subarray(0, 20)],
  ])('refuses %s', (_, broken) => {
    expect(() => readSafetensors(broken)).toThrow(InvalidSafetensorsError);
  });
});

describe('float16', () => {
  test.each([
    [1, 0x3c00],
    [-2, 0xc000],
    [65504, 0x7bff],
    [65520, 0x7c00],
    [2 ** -24, 0x0001],
    [2 ** -14, 0x0400],
    [1 / 3, 0x3555],
    [0, 0],
  ])('%d is 0x%s', (value, half) => {
    expect(toFloat16(value)).toBe(half);
  });
  test('every finite pattern comes back', () => {
    for (let half = 0; half < 0x10000; half++)
      if ((half & 0x7c00) !== 0x7c00) expect(toFloat16(fromFloat16(half))).toBe(half);
  });
  test('rounding is within half a unit', () => {
    fc.assert(
      fc.property(fc.float({ min: Math.fround(1e-4), max: 60000, noNaN: true }), (value) => {
        expect(Math.abs(fromFloat16(toFloat16(value)) - value)).toBeLessThanOrEqual(value * 2 ** -11);
      }),
    );
  });
});
