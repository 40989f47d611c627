import type { GreyImage } from '@radiolect/dicom';
import type { Atlas, Point, Uptake, Warp } from '@radiolect/findings';
import { insidePolygon, mirrorSite, outlineInPicture, views } from '@radiolect/findings';
import type { StudyPictures } from './models.ts';

/** Below this share of the comparable bone's counts, in every view that shows both, an abnormal site is a cold one. */
const coldShare = 0.7;
/** Points of an outline's box that are looked at along each side. */
const samplesPerSide = 24;
/** A site that fewer points fall on is hidden in that view. */
const fewestSamples = 12;

/**
 * Whether an abnormal site took up more or less than it should: its mean counts beside those of the same bone on the
 * other side, or of the neighbours of a midline bone. The model says that a site is abnormal, not which way. Only bones
 * that are `normal` serve for comparison: beside a hot lesion everything looks cold. Without one it is increased, as nearly
 * all abnormal uptake is.
 */
export function uptakeDirection(
  site: string,
  pictures: StudyPictures,
  warps: Readonly<Partial<Record<keyof StudyPictures, Warp>>>,
  atlas: Atlas,
  normal: (site: string) => boolean,
): Uptake {
  const mirrored = mirrorSite(site);
  const comparable =
    mirrored === site ? (atlas.neighbours[site] ?? []).filter((one) => mirrorSite(one) === one) : [mirrored];
  const compared = comparable.filter(normal);
  let seen = 0;
  for (const view of views) {
    const picture = pictures[view];
    const warp = warps[view];
    if (!picture || !warp) continue;
    const meanOf = (one: string): number | undefined => meanInside(picture, outlineInPicture(atlas, view, one, warp));
    const own = meanOf(site);
    const others = compared.flatMap((one) => meanOf(one) ?? []);
    if (own === undefined || others.length === 0) continue;
    const reference = others.reduce((sum, mean) => sum + mean, 0) / others.length;
    if (own >= coldShare * reference) return 'increased';
    seen++;
  }
  return seen > 0 ? 'decreased' : 'increased';
}

/** Mean of the picture inside the outlines, undefined where too little of it shows. */
function meanInside({ rows, columns, pixels }: GreyImage, outlines: readonly (readonly Point[])[]): number | undefined {
  const points = outlines.flat();
  if (points.length === 0) return undefined;
  const [left, right] = extent(points.map(([x]) => x));
  const [top, bottom] = extent(points.map(([, y]) => y));
  let sum = 0;
  let count = 0;
  for (let i = 0; i < samplesPerSide; i++)
    for (let j = 0; j < samplesPerSide; j++) {
      const x = left + ((i + 0.5) / samplesPerSide) * (right - left);
      const y = top + ((j + 0.5) / samplesPerSide) * (bottom - top);
      if (x < 0 || y < 0 || x >= columns || y >= rows) continue;
      if (!outlines.some((outline) => insidePolygon(outline, [x, y]))) continue;
      sum += pixels[Math.floor(y) * columns + Math.floor(x)]!;
      count++;
    }
  return count < fewestSamples ? undefined : sum / count;
}

const extent = (values: readonly number[]): [least: number, most: number] => [Math.min(...values), Math.max(...values)];
