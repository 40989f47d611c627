import { describe, expect, test } from 'vitest';
import type { Atlas, Point, View } from './index.ts';
import {
  atlasPositions,
  atlasSvg,
  distanceToEdge,
  distanceToPolygon,
  identityWarp,
  innerPoint,
  makeWarp,
  mirrorSite,
  mirrorWarp,
  outlineInPicture,
  polygonArea,
  siteAt,
  siteOutline,
  views,
  warpToAtlas,
  warpToPicture,
} from './index.ts';
import { readPack } from './node/index.ts';

const pack = await readPack('bone-scan');
const atlas = pack.atlas as Atlas;
const meanX = (view: View, site: string): number => {
  const points = siteOutline(atlas, view, site).flat();
  return points.reduce((sum, point) => sum + point[0], 0) / points.length;
};
const topOf = (view: View, site: string): number =>
  Math.min(...siteOutline(atlas, view, site).flatMap((polygon) => polygon.map((point) => point[1])));

/** Bends, turns and stretches the plane as strongly as a patient lying crooked does. */
const bent = makeWarp(33, 17, ([u, v]): Point => {
  const angle = 0.05;
  const x = 128 + (u - 128) * (1.08 + 0.05 * Math.sin(v / 90)) + 6 * Math.sin(v / 130);
  const y = 12 + v * 0.94 + 5 * Math.sin(u / 50);
  return [x * Math.cos(angle) - y * Math.sin(angle) + 20, x * Math.sin(angle) + y * Math.cos(angle)];
});

describe('the drawing of the bone-scan pack', () => {
  test.each(views)('%s: every site has an outline of some size inside the plane, and nothing else is drawn', (view) => {
    const drawn = atlas.views[view].outlines.map((outline) => outline.site);
    expect([...drawn].sort()).toEqual(pack.sites.map((site) => site.id).sort());
    for (const { site, polygons } of atlas.views[view].outlines)
      for (const polygon of polygons) {
        expect(polygonArea(polygon), site).toBeGreaterThan(30);
        for (const [x, y] of polygon) {
          expect(x > 4 && x < 252, `${site} x ${x}`).toBe(true);
          expect(y > 20 && y < 770, `${site} y ${y}`).toBe(true);
        }
      }
  });
  test.each(views)('%s: the left lies at the right in the anterior view only, mirrored exactly', (view) => {
    for (const { id, laterality } of pack.sites) {
      const offset = meanX(view, id) - 128;
      if (laterality === 'midline') expect(Math.abs(offset), id).toBeLessThan(0.5);
      else expect(Math.sign(offset), id).toBe((view === 'anterior') === (laterality === 'left') ? 1 : -1);
      expect(Math.abs(meanX(view, mirrorSite(id)) - 128 + offset), id).toBeLessThan(0.15);
    }
  });
  test.each(views)('%s: a point inside an outline belongs to its site, the smallest site first', (view) => {
    for (const { site, polygons } of atlas.views[view].outlines)
      for (const polygon of polygons) {
        const found = siteAt(atlas, view, innerPoint(polygon));
        expect(found).toContain(site);
        const areas = found.map((id) => siteOutline(atlas, view, id).reduce((sum, p) => sum + polygonArea(p), 0));
        expect(areas).toEqual([...areas].sort((a, b) => a - b));
      }
  });
  test('overlapping sites are all given: the first ribs lie behind the clavicle, rib 5 under the scapula', () => {
    const found = new Set<string>();
    for (let y = 150; y < 215; y++) for (const site of siteAt(atlas, 'posterior', [88, y])) found.add(site);
    expect(found.has('scapula-left')).toBe(true);
    expect([...found].filter((site) => site.startsWith('rib-')).length).toBeGreaterThan(2);
    expect(siteAt(atlas, 'anterior', [5, 900])).toEqual([]);
  });
  test.each(views)('%s: ribs and vertebrae follow one another from head to feet', (view) => {
    const order = (ids: readonly string[]): void => {
      const tops = ids.map((id) => topOf(view, id));
      expect(tops).toEqual([...tops].sort((a, b) => a - b));
    };
    order(pack.sites.map((site) => site.id).filter((id) => /^[ctl]\d+$/.test(id)));
    for (const side of ['left', 'right']) order(Array.from({ length: 10 }, (_, i) => `rib-${i + 1}-${side}`));
    order(['shoulder-left', 'humerus-left', 'elbow-left', 'forearm-left', 'wrist-left', 'hand-left']);
    order(['ilium-right', 'acetabulum-right', 'femur-right', 'knee-right', 'leg-right', 'ankle-right', 'foot-right']);
  });
  test('neighbours are mutual, mirrored, and near each other in at least one view', () => {
    for (const { id } of pack.sites) {
      const list = atlas.neighbours[id] ?? [];
      expect(list.length, id).toBeGreaterThan(0);
      for (const other of list) {
        expect(atlas.neighbours[other], `${other} and ${id}`).toContain(id);
        expect(atlas.neighbours[mirrorSite(id)]).toContain(mirrorSite(other));
        const gap = Math.min(
          ...views.flatMap((view) =>
            siteOutline(atlas, view, id).flatMap((polygon) =>
              siteOutline(atlas, view, other).flatMap((target) =>
                polygon.map((point) => distanceToPolygon(target, point)),
              ),
            ),
          ),
        );
        // Costal cartilage, which takes up no tracer and is not drawn, lies between lower ribs and sternum.
        expect(gap, `${id} and ${other}`).toBeLessThan(
          other.startsWith('sternal') || id.startsWith('sternal') ? 36 : 7,
        );
      }
    }
  });
  test('bones and organs lie inside the body', () => {
    for (const view of views) {
      const { body, outlines, organs } = atlas.views[view];
      expect(organs.map((organ) => organ.name)).toEqual(
        expect.arrayContaining(['kidney-left', 'kidney-right', 'bladder', 'thyroid']),
      );
      for (const { site, polygons } of outlines)
        for (const point of polygons.flat())
          expect(Math.min(...body.map((polygon) => distanceToPolygon(polygon, point))), site).toBeLessThan(1);
    }
  });
});

describe('warps', () => {
  test('an atlas point comes back from the picture within a hundredth of a pixel', () => {
    let worst = 0;
    for (let y = 20; y < 780; y += 7)
      for (let x = 10; x < 250; x += 5) {
        const [u, v] = warpToAtlas(bent, warpToPicture(bent, [x, y]));
        worst = Math.max(worst, Math.hypot(u - x, v - y));
      }
    expect(worst).toBeLessThan(0.01);
  });
  test('the positions of all pixels are the single inverses', () => {
    const positions = atlasPositions(bent, 1024, 256);
    for (let i = 0; i < 200; i++) {
      const [column, row] = [(i * 37) % 256, (i * 211) % 1024];
      const [u, v] = warpToAtlas(bent, [column + 0.5, row + 0.5]);
      expect(positions[(row * 256 + column) * 2]).toBeCloseTo(u, 1);
      expect(positions[(row * 256 + column) * 2 + 1]).toBeCloseTo(v, 1);
    }
  });
  test('a mirrored warp shows the mirrored body', () => {
    const mirrored = mirrorWarp(bent, 256);
    const [x, y] = warpToPicture(bent, [70, 300]);
    const [mx, my] = warpToPicture(mirrored, [186, 300]);
    expect(mx).toBeCloseTo(256 - x, 6);
    expect(my).toBeCloseTo(y, 6);
  });
  test('outlines go where the warp takes them', () => {
    expect(outlineInPicture(atlas, 'anterior', 'l4', identityWarp)).toEqual(siteOutline(atlas, 'anterior', 'l4'));
    const [polygon] = outlineInPicture(atlas, 'anterior', 'l4', bent);
    expect(polygon?.[0]).toEqual(warpToPicture(bent, siteOutline(atlas, 'anterior', 'l4')[0]![0]!));
  });
});

test('distances to an edge are Euclidean, inside and outside', () => {
  const square: Point[] = [
    [0, 0],
    [10, 0],
    [10, 10],
    [0, 10],
  ];
  expect(distanceToEdge(square, [4, 5])).toBeCloseTo(4);
  expect(distanceToPolygon(square, [4, 5])).toBe(0);
  expect(distanceToPolygon(square, [13, 14])).toBeCloseTo(5);
});

test('the drawing as SVG marks every site, escapes titles and says the sides', () => {
  const svg = atlasSvg(atlas, 'posterior', { fills: { l4: '#f00' }, titles: { l4: 'L4 <&>' } });
  expect([...svg.matchAll(/data-site="/g)]).toHaveLength(91);
  expect(svg).toContain('L4 &lt;&amp;&gt;');
  expect(svg).toMatch(/data-site="l4"[^>]*fill="#f00"/);
  expect(svg.indexOf('>L<')).toBeLessThan(svg.indexOf('>R<'));
});
