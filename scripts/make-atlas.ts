// Writes packs/bone-scan/atlas.json: the outlines of all sites of a standing body in both views, from the parametric
// curves in scripts/atlas. Overwrites that file. Run with `npx tsx scripts/make-atlas.ts`.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Atlas, AtlasOutline, AtlasView, Point, View } from '@radiolect/findings';
import { readPack } from '@radiolect/findings/node';
import { arm, hipBone, leg, sacrum, silhouette } from './atlas/limbs.ts';
import { neighboursOf } from './atlas/neighbours.ts';
import { organs, ribs, shoulderGirdle, skull, sternum, vertebrae } from './atlas/thorax.ts';

type Shapes = ReadonlyMap<string, Point[][]>;

const width = 256;
const height = 1024;
const midline = width / 2;

/** The picture's x for a distance from the midline towards a side: the left is at the right in the anterior view. */
const place =
  (view: View, side: 'right' | 'left') =>
  (polygon: readonly Point[]): Point[] => {
    const sign = (view === 'anterior') === (side === 'left') ? 1 : -1;
    return polygon.map(([u, y]) => [Math.round((midline + sign * u) * 10) / 10, y]);
  };

const sides = ['right', 'left'] as const;
const paired = (view: View, shapes: Shapes): AtlasOutline[] =>
  [...shapes].flatMap(([name, polygons]) =>
    sides.map((side) => ({ site: `${name}-${side}`, polygons: polygons.map(place(view, side)) })),
  );
/** Midline shapes are drawn with the patient's left at positive u. */
const single = (view: View, shapes: Shapes): AtlasOutline[] =>
  [...shapes].map(([site, polygons]) => ({ site, polygons: polygons.map(place(view, 'left')) }));

function viewOf(view: View): AtlasView {
  const spine = single(view, vertebrae());
  const allRibs = paired(view, ribs(view));
  // The floating ribs have no part in front: in the anterior view they are drawn behind everything.
  const floating = allRibs.filter(({ site }) => /^rib-1[12]-/.test(site));
  const chest = allRibs.filter((rib) => !floating.includes(rib));
  const front = single(view, sternum());
  const girdle = paired(view, shoulderGirdle());
  const ofGirdle = (name: string): AtlasOutline[] => girdle.filter(({ site }) => site.startsWith(name));
  const pelvis = paired(view, hipBone());
  const sacral: AtlasOutline[] = single(view, new Map([['sacrum', sacrum()]]));
  const si = pelvis.filter(({ site }) => site.startsWith('sacroiliac'));
  const otherPelvis = pelvis.filter(({ site }) => !site.startsWith('sacroiliac'));
  const limbs = [...paired(view, arm()), ...paired(view, leg(view))];
  const legs = limbs.filter(({ site }) => /^femur/.test(site));
  const others = limbs.filter(({ site }) => !/^femur/.test(site));
  const head = single(view, skull(view));
  const outlines =
    view === 'anterior'
      ? [
          ...floating,
          ...spine,
          ...ofGirdle('scapula'),
          ...sacral,
          ...si,
          ...otherPelvis.filter(({ site }) => site.startsWith('ilium')),
          ...legs,
          ...otherPelvis.filter(({ site }) => !site.startsWith('ilium')),
          ...chest,
          ...front,
          ...ofGirdle('shoulder'),
          ...ofGirdle('clavicle'),
          ...others,
          ...head,
        ]
      : [
          ...front,
          ...head,
          ...ofGirdle('clavicle'),
          ...chest,
          ...floating,
          ...ofGirdle('shoulder'),
          ...ofGirdle('scapula'),
          ...spine,
          ...legs,
          ...otherPelvis.filter(({ site }) => !site.startsWith('ilium')),
          ...otherPelvis.filter(({ site }) => site.startsWith('ilium')),
          ...sacral,
          ...si,
          ...others,
        ];
  const organ = organs();
  const body = silhouette();
  return {
    outlines,
    body: [place(view, 'left')(body.trunk), ...sides.map((side) => place(view, side)(body.arm))],
    organs: [...single(view, organ.single), ...paired(view, organ.paired)].map(({ site, polygons }) => ({
      name: site,
      polygons,
    })),
  };
}

const pack = await readPack('bone-scan');
const ids = pack.sites.map((site) => site.id);
const atlas: Atlas = {
  width,
  height,
  pixelSizeMm: 2.26,
  views: { anterior: viewOf('anterior'), posterior: viewOf('posterior') },
  neighbours: neighboursOf(ids),
};
for (const view of ['anterior', 'posterior'] as const) {
  const drawn = new Set(atlas.views[view].outlines.map((outline) => outline.site));
  const missing = ids.filter((id) => !drawn.has(id));
  const strange = [...drawn].filter((id) => !ids.includes(id));
  if (missing.length + strange.length > 0)
    throw new Error(`${view}: no outline for ${missing.join(', ')}; unknown ${strange.join(', ')}`);
}
// One outline a line, so that a change of one bone is a change of one line.
const lines = (list: readonly unknown[]): string => `[\n${list.map((item) => JSON.stringify(item)).join(',\n')}\n]`;
const viewText = (view: View): string => {
  const { outlines, body, organs: drawn } = atlas.views[view];
  return `"${view}": {"outlines": ${lines(outlines)}, "body": ${lines(body)}, "organs": ${lines(drawn)}}`;
};
const target = fileURLToPath(new URL('../packs/bone-scan/atlas.json', import.meta.url));
writeFileSync(
  target,
  `{"width": ${width}, "height": ${height}, "pixelSizeMm": ${atlas.pixelSizeMm},\n"views": {${viewText('anterior')},\n${viewText('posterior')}},\n"neighbours": {\n${Object.entries(
    atlas.neighbours,
  )
    .map(([site, list]) => `${JSON.stringify(site)}: ${JSON.stringify(list)}`)
    .join(',\n')}\n}}\n`,
);
