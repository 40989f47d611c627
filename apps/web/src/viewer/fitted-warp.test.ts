import { innerPoint, siteAt, siteOutline, warpToAtlas, warpToPicture } from '@radiolect/findings';
import { readPack } from '@radiolect/findings/node';
import { expect, test } from 'vitest';
import { fittedWarp } from './fitted-warp.ts';

test('the body’s box in the picture is the body of the atlas: the head is at its top, a foot at its bottom', async () => {
  const { atlas } = await readPack('bone-scan');
  if (!atlas) throw new Error('the bone-scan pack has an atlas');
  const warp = fittedWarp(atlas, 'anterior', [40, 100, 200, 900]);
  expect(siteAt(atlas, 'anterior', warpToAtlas(warp, [120, 118]))).toContain('calvarium');
  const knee = innerPoint(siteOutline(atlas, 'anterior', 'knee-right')[0] ?? []);
  const [x, y] = warpToPicture(warp, knee);
  expect(x).toBeGreaterThan(40);
  expect(x).toBeLessThan(120);
  expect((y - 100) / 800).toBeCloseTo(0.73, 1);
});
