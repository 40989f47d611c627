import { identityWarp, innerPoint, siteOutline } from '@radiolect/findings';
import { readPack } from '@radiolect/findings/node';
import { expect, test } from 'vitest';
import { sitesOfOutline } from './sites-of-outline.ts';

test('an outline is named by the site that most of it lies on, and by none beside the body', async () => {
  const { atlas } = await readPack('bone-scan');
  if (!atlas) throw new Error('the bone-scan pack has an atlas');
  for (const site of ['l3', 'knee-left', 'calvarium']) {
    const [x, y] = innerPoint(siteOutline(atlas, 'posterior', site)[0] ?? []);
    const drawn = [0, 1, 2, 3, 4, 5, 6, 7].map((step) => {
      const angle = (step * Math.PI) / 4;
      return [x + 4 * Math.cos(angle), y + 4 * Math.sin(angle)] as const;
    });
    expect(sitesOfOutline(atlas, 'posterior', identityWarp, drawn)[0]).toBe(site);
  }
  expect(
    sitesOfOutline(atlas, 'posterior', identityWarp, [
      [1, 1],
      [3, 1],
      [2, 4],
    ]),
  ).toEqual([]);
});
