import { describe, expect, test } from 'vitest';
import { RandomStream } from './random-stream.ts';

describe('random streams', () => {
  test('the same names give the same numbers, others do not', () => {
    const draw = (stream: RandomStream) => Array.from({ length: 5 }, () => stream.unit());
    expect(draw(RandomStream.of(7, 'a'))).toEqual(draw(RandomStream.of(7, 'a')));
    expect(draw(RandomStream.of(7, 'a'))).not.toEqual(draw(RandomStream.of(7, 'b')));
    expect(draw(RandomStream.of(7, 'a'))).not.toEqual(draw(RandomStream.of(8, 'a')));
  });
  test('a child draws nothing from its parent', () => {
    const parent = RandomStream.of(1);
    const before = RandomStream.of(1).unit();
    parent.child('x').unit();
    expect(parent.unit()).toBe(before);
  });
  test('neighbouring seeds are not correlated', () => {
    const first = Array.from({ length: 4000 }, (_, seed) => RandomStream.of(seed).unit());
    const mean = first.reduce((a, b) => a + b) / first.length;
    expect(mean).toBeCloseTo(0.5, 1);
    const lag = first.slice(1).reduce((sum, value, at) => sum + (value - 0.5) * (first[at]! - 0.5), 0) / first.length;
    expect(Math.abs(lag * 12)).toBeLessThan(0.06);
  });
  test('weights and deviations are as asked', () => {
    const stream = RandomStream.of('weights');
    const counts = { a: 0, b: 0, c: 0 };
    for (let at = 0; at < 6000; at++) counts[stream.weighted({ a: 1, b: 2, c: 0 })]++;
    expect(counts.c).toBe(0);
    expect(counts.b / counts.a).toBeGreaterThan(1.75);
    expect(counts.b / counts.a).toBeLessThan(2.25);
    const normals = Array.from({ length: 6000 }, () => stream.normal(3, 2));
    const mean = normals.reduce((a, b) => a + b) / normals.length;
    expect(mean).toBeCloseTo(3, 0);
    expect(Math.sqrt(normals.reduce((sum, v) => sum + (v - mean) ** 2, 0) / normals.length)).toBeCloseTo(2, 0);
  });
  test('a sample has no key twice and none without weight', () => {
    const keys = RandomStream.of('sample').sample(5, { a: 1, b: 5, c: 0, d: 2 });
    expect([...keys].sort()).toEqual(['a', 'b', 'd']);
  });
});
