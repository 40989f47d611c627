import type { Point, View } from '@radiolect/findings';
import { distanceToPolygon, polygonArea, siteOutline, views, warpToAtlas, warpToPicture } from '@radiolect/findings';
import { readPack } from '@radiolect/findings/node';
import { describe, expect, test } from 'vitest';
import type { LesionShape, PhantomCase, PhantomLesion } from '../phantom-case.ts';
import { lesionShapes } from '../phantom-case.ts';
import { RandomStream } from '../random-stream.ts';
import { renderPhantom } from './render-phantom.ts';

const pack = await readPack('bone-scan');
const atlas = pack.atlas!;

const plain: PhantomCase = {
  body: {
    sex: 'female',
    age: 60,
    heightCm: 166,
    build: 1,
    stoutness: 1,
    lean: 0,
    headTilt: 0,
    headTurn: 0,
    scoliosis: 0,
    armSpread: { right: 0, left: 0 },
    shoulderRaise: { right: 0, left: 0 },
    legSpread: 0,
    footTurn: { right: 10, left: 10 },
    shift: { x: 0, y: 0 },
  },
  scanner: { counts: 2e6, anteriorShare: 0.5, resolutionMm: 7.5, gapMm: { anterior: 20, posterior: 5 }, tilt: 0 },
  physiology: {
    softTissue: 1,
    kidneys: { right: 1, left: 1 },
    bladder: 1,
    bladderSize: 1,
    thyroid: 1,
    joints: 1,
    boneVariation: 0.05,
  },
  lesions: [],
  distractors: [],
  superscan: false,
};
const lesion = (site: string, shape: LesionShape, more: Partial<PhantomLesion> = {}): PhantomLesion => ({
  id: `${site} ${shape}`,
  site,
  shape,
  nature: 'metastatic',
  uptake: shape === 'cold' || shape === 'prosthesis' ? 'decreased' : 'increased',
  intensity: 'moderate',
  ...more,
});
const draw = (lesions: readonly PhantomLesion[], change: Partial<PhantomCase> = {}, seed = 1) =>
  renderPhantom({ ...plain, ...change, lesions }, atlas, RandomStream.of('test', seed));
const sum = (values: ArrayLike<number>): number => Array.from(values).reduce((a, b) => a + b, 0);
const middle = (polygon: readonly Point[]): Point => [
  polygon.reduce((total, point) => total + point[0], 0) / polygon.length,
  polygon.reduce((total, point) => total + point[1], 0) / polygon.length,
];

describe('a normal picture', () => {
  const normal = draw([]);
  test('has the counts that the scanner states, and Poisson noise around what is expected', () => {
    const expected = sum(normal.expected.all.anterior) + sum(normal.expected.all.posterior);
    // The bladder comes on top of the stated counts.
    expect(expected / 2e6).toBeGreaterThan(1);
    expect(expected / 2e6).toBeLessThan(1.12);
    for (const view of views) {
      const { pixels, rows, columns } = normal.views[view];
      expect([rows, columns, pixels.length]).toEqual([1024, 256, 1024 * 256]);
      let [squares, n, difference] = [0, 0, 0];
      normal.expected.all[view].forEach((mean, at) => {
        if (mean < 3) return;
        squares += (pixels[at]! - mean) ** 2 / mean;
        difference += pixels[at]! - mean;
        n++;
      });
      expect(squares / n).toBeGreaterThan(0.97);
      expect(squares / n).toBeLessThan(1.03);
      expect(Math.abs(difference / n)).toBeLessThan(0.1);
    }
  });
  test('the spine is brighter from behind, the sternum from the front', () => {
    const at = (view: View, site: string): number => {
      const [polygon] = siteOutline(atlas, view, site);
      const [x, y] = warpToPicture(normal.warp[view], middle(polygon!));
      return normal.expected.all[view][Math.floor(y) * 256 + Math.floor(x)]!;
    };
    expect(at('posterior', 'l2') / at('anterior', 'l2')).toBeGreaterThan(1.3);
    // Behind the sternum lie vertebrae, so it is compared with a vertebra of its own view.
    const sternum = (view: View): number => at(view, 'sternal-body') / at(view, 'l2');
    expect(sternum('anterior') / sternum('posterior')).toBeGreaterThan(1.3);
    expect(at('posterior', 't8')).toBeGreaterThan(2 * normal.expected.all.posterior[230 * 256 + 88]! * 0.7);
  });
  test('gives the outlines of all sites in both views, where the warp puts them', () => {
    expect(Object.keys(normal.siteOutlines)).toHaveLength(91);
    const [x, y] = normal.siteOutlines.l4!.posterior[0]![0]!;
    const back = warpToAtlas(normal.warp.posterior, [x, y]);
    const nearest = Math.min(
      ...siteOutline(atlas, 'posterior', 'l4')
        .flat()
        .map((p) => Math.hypot(p[0] - back[0], p[1] - back[1])),
    );
    expect(nearest).toBeLessThan(0.15);
  });
});

describe('the same case and stream', () => {
  const lesions = [
    lesion('l3', 'focus'),
    lesion('knee-left', 'joint'),
    lesion('rib-6-right', 'segment', { along: 0.8 }),
  ];
  const drawn = draw(lesions);
  test('give the same picture; another stream gives another', () => {
    expect(draw(lesions).views.anterior.pixels).toEqual(drawn.views.anterior.pixels);
    expect(draw(lesions, {}, 2).views.anterior.pixels).not.toEqual(drawn.views.anterior.pixels);
  });
  test('drawn again without one lesion, only that lesion changes', () => {
    const again = draw(lesions.slice(1));
    const redrawn = drawn.redrawWithout([lesions[0]!.id]);
    for (const view of views) {
      expect(redrawn[view].pixels).toEqual(again.views[view].pixels);
      const { left, top, columns, rows } = drawn.expected.changes[lesions[0]!.id]![view]!;
      let [outside, inside] = [0, 0];
      drawn.views[view].pixels.forEach((value, at) => {
        const [column, row] = [at % 256, Math.floor(at / 256)];
        const within = column >= left && column < left + columns && row >= top && row < top + rows;
        if (value !== redrawn[view].pixels[at]) {
          if (within) inside++;
          else outside++;
        }
      });
      expect(outside).toBe(0);
      expect(inside).toBeGreaterThan(20);
    }
    expect(again.lesionOutlines[lesions[1]!.id]).toEqual(drawn.lesionOutlines[lesions[1]!.id]);
  });
  test('expected counts with and without a lesion differ by its change', () => {
    const id = lesions[0]!.id;
    const without = drawn.expected.without([id]);
    const change = drawn.expected.changes[id]!.posterior!;
    expect(sum(drawn.expected.all.posterior) - sum(without.posterior)).toBeCloseTo(sum(change.values), 0);
    expect(sum(change.values)).toBeGreaterThan(100);
  });
});

describe('lesions', () => {
  const anywhere = [
    'l3',
    't8',
    'rib-5-left',
    'femur-right',
    'ilium-left',
    'knee-right',
    'calvarium',
    'sacrum',
    'shoulder-left',
  ];
  /** Shapes that only some bones can have. */
  const fitting: Partial<Record<LesionShape, readonly string[]>> = {
    'end-plate': ['c5', 't8', 'l3'],
    'rib-row': ['rib-2-right', 'rib-5-left', 'rib-11-left'],
    prosthesis: ['acetabulum-left', 'femur-right', 'knee-right', 'shoulder-left'],
  };
  test.each(lesionShapes)('%s: shows in a view near its site and on its side, wherever it is', (shape) => {
    const sites = fitting[shape] ?? anywhere;
    const drawn = draw(sites.map((site) => lesion(site, shape)));
    for (const site of sites) {
      const outlines = drawn.lesionOutlines[`${site} ${shape}`]!;
      expect(Object.keys(outlines).length, site).toBeGreaterThan(0);
      for (const view of views) {
        const polygon = outlines[view];
        if (!polygon) continue;
        expect(polygonArea(polygon), site).toBeGreaterThan(5);
        expect(polygonArea(polygon), site).toBeLessThan(4000);
        // A rib may show through from its other side, so both projections count.
        const both = [
          ...drawn.siteOutlines[site]![view],
          ...drawn.siteOutlines[site]![view === 'anterior' ? 'posterior' : 'anterior'].map((other) =>
            other.map(([x, y]): Point => [256 - x, y]),
          ),
        ];
        const gap = Math.min(...both.map((outline) => distanceToPolygon(outline, middle(polygon))));
        expect(gap, `${site} ${view}`).toBeLessThan(6);
        const side = site.endsWith('-left') ? 1 : site.endsWith('-right') ? -1 : 0;
        if (side !== 0) expect(Math.sign(middle(polygon)[0] - 128), site).toBe(view === 'anterior' ? side : -side);
      }
    }
  });
  test('a hotter word makes a hotter lesion', () => {
    const excess = (['faint', 'mild', 'moderate', 'intense'] as const).map((intensity) => {
      const drawn = draw([lesion('t10', 'focus', { intensity, id: 'same', extent: 1 })]);
      return Math.max(...drawn.expected.changes.same!.posterior!.values);
    });
    expect(excess).toEqual([...excess].sort((a, b) => a - b));
    expect(excess[3]! / excess[0]!).toBeGreaterThan(4);
  });
  test('a cold lesion takes counts away and never below nothing', () => {
    const drawn = draw([lesion('l2', 'cold', { intensity: 'intense' }), lesion('femur-left', 'prosthesis')]);
    expect(sum(drawn.expected.changes['l2 cold']!.posterior!.values)).toBeLessThan(0);
    expect(drawn.expected.all.posterior.every((value) => value >= 0)).toBe(true);
  });
  test('a row of rib fractures lines up', () => {
    const row = [5, 6, 7, 8].map((n) => lesion(`rib-${n}-left`, 'rib-row', { along: 0.5, group: 'row' }));
    const xs = row.map(({ id }, _, all) => middle(draw(all).lesionOutlines[id]!.posterior!)[0]);
    expect(Math.max(...xs) - Math.min(...xs)).toBeLessThan(14);
  });
  test('a site that the atlas does not draw is refused by name', () => {
    expect(() => draw([lesion('patella-left', 'focus')])).toThrow(/patella-left/);
  });
});

describe('what is no bone finding', () => {
  const brightest = (picture: Float32Array, from: number, to: number): number =>
    Math.max(...picture.subarray(from * 256, to * 256));
  test('a superscan fades kidneys and soft tissue', () => {
    const normal = draw([]).expected.all.posterior;
    const superscan = draw([], { superscan: true }).expected.all.posterior;
    const kidney = 270 * 256 + 100;
    expect(superscan[kidney]! / sum(superscan)).toBeLessThan((0.75 * normal[kidney]!) / sum(normal));
  });
  test('injection leakage is the brightest place of its arm and no lesion', () => {
    const drawn = draw([], { distractors: [{ kind: 'injection-leakage', where: 'hand', side: 'left' }] });
    const normal = draw([]);
    expect(brightest(drawn.expected.all.anterior, 390, 450)).toBeGreaterThan(
      3 * brightest(normal.expected.all.anterior, 420, 450),
    );
    expect(drawn.lesionOutlines).toEqual({});
  });
  test('crooked positioning changes the warp, and everything follows it', () => {
    const drawn = draw([lesion('l3', 'focus')], { distractors: [{ kind: 'crooked-positioning' }] });
    const straight = draw([lesion('l3', 'focus')]);
    const head = (warp: typeof drawn.warp): number => warpToPicture(warp.anterior, [128, 40])[0];
    expect(Math.abs(head(drawn.warp) - head(straight.warp))).toBeGreaterThan(6);
    const polygon = drawn.lesionOutlines['l3 focus']!.posterior!;
    const gap = Math.min(
      ...drawn.siteOutlines.l3!.posterior.map((outline) => distanceToPolygon(outline, middle(polygon))),
    );
    expect(gap).toBeLessThan(4);
  });
});
