import { makeWarp } from '@radiolect/findings';
import { describe, expect, test } from 'vitest';
import { linkedPoint } from './linked-cursor.ts';

const atlas = { width: 256, height: 1024 };
const frame = { columns: 256, rows: 1024 };

describe('the linked cursor', () => {
  test('goes through the atlas: a shoulder in the anterior view is the same shoulder behind', () => {
    // Two pictures of one body: shifted, scaled, and a little bent in the posterior one.
    const front = makeWarp(9, 5, ([x, y]) => [x * 0.9 + 14, y * 0.95 + 20]);
    const back = makeWarp(9, 5, ([x, y]) => [x * 0.9 + 8 + y * 0.01, y * 0.95 + 31]);
    const anterior = { view: 'anterior', ...frame, warp: front } as const;
    const posterior = { view: 'posterior', ...frame, warp: back } as const;
    const shoulder = [80, 200] as const;
    const onFront = [shoulder[0] * 0.9 + 14, shoulder[1] * 0.95 + 20] as const;
    const [x, y] = linkedPoint(atlas, anterior, posterior, onFront);
    expect(x).toBeCloseTo((256 - shoulder[0]) * 0.9 + 8 + 2, 1);
    expect(y).toBeCloseTo(shoulder[1] * 0.95 + 31, 1);
    const [backX, backY] = linkedPoint(atlas, posterior, anterior, [x, y]);
    expect(backX).toBeCloseTo(onFront[0], 1);
    expect(backY).toBeCloseTo(onFront[1], 1);
  });
  test('without warps mirrors the frame, and scales to another frame size', () => {
    const anterior = { view: 'anterior', ...frame } as const;
    expect(linkedPoint(atlas, anterior, { view: 'posterior', ...frame }, [50, 300])).toEqual([206, 300]);
    expect(linkedPoint(atlas, anterior, { view: 'anterior', columns: 512, rows: 2048 }, [50, 300])).toEqual([100, 600]);
  });
});
