import type { View } from '@radiolect/findings';
import { views } from '@radiolect/findings';
import type { PhantomStudy } from '@radiolect/phantom';
import { outlinePixels } from './outline-pixels.ts';

/** Widths of the filters in pixels (standard deviation): a small focus and a joint, as blurred by the camera. */
const filterWidths = [2, 4];
const columns = 256;
const rows = 1024;

/**
 * The ceiling: a matched filter that knows the true warp and the true background (the expected counts of everything but
 * the site's own lesions). Its score of a site is the largest deviation inside the site's true outline, in standard
 * deviations of the counting noise, over both views and two filter widths (Green & Swets 1966; North 1943). It is no
 * bound for lesions that are wider than the filters, and knows nothing of what is normal for a site to vary.
 */
export function matchedFilterScores(study: PhantomStudy): Record<string, number> {
  const { rendered, phantomCase, truth } = study;
  const lesionsAt = new Map<string, string[]>();
  for (const { id, site } of phantomCase.lesions) lesionsAt.set(site, [...(lesionsAt.get(site) ?? []), id]);
  const scores: Record<string, number> = {};
  for (const view of views) {
    const background = rendered.expected.all[view];
    const counts = study.views[view].pixels;
    const residual = Float32Array.from(counts, (count, at) => count - background[at]!);
    for (const width of filterWidths) {
      const signal = filtered(residual, width, false);
      const noise = filtered(background, width, true);
      for (const [site, outlines] of Object.entries(truth.image.sites)) {
        const pixels = outlinePixels(outlines[view] ?? [], rows, columns);
        const own = ownChange(rendered.expected.changes, lesionsAt.get(site), view);
        const added = own && filtered(own, width, false);
        const ownNoise = own && filtered(own, width, true);
        for (const at of pixels) {
          const variance = noise[at]! - (ownNoise?.[at] ?? 0);
          const z = Math.abs(signal[at]! + (added?.[at] ?? 0)) / Math.sqrt(Math.max(variance, 1e-6));
          if (z > (scores[site] ?? 0)) scores[site] = z;
        }
        scores[site] ??= 0;
      }
    }
  }
  return scores;
}

/** What the site's own lesions add to the expected picture, or undefined where it has none. */
function ownChange(
  changes: PhantomStudy['rendered']['expected']['changes'],
  ids: readonly string[] | undefined,
  view: View,
): Float32Array | undefined {
  const patches = (ids ?? []).flatMap((id) => changes[id]?.[view] ?? []);
  if (patches.length === 0) return undefined;
  const sum = new Float32Array(rows * columns);
  for (const patch of patches)
    for (let row = 0; row < patch.rows; row++)
      for (let column = 0; column < patch.columns; column++) {
        const [y, x] = [patch.top + row, patch.left + column];
        if (y >= 0 && y < rows && x >= 0 && x < columns)
          sum[y * columns + x]! += patch.values[row * patch.columns + column]!;
      }
  return sum;
}

/** Correlation with a Gaussian of unit sum, or with its square, along both axes. */
function filtered(values: Float32Array, width: number, squared: boolean): Float32Array {
  const reach = Math.ceil(3 * width);
  const bell = Array.from({ length: 2 * reach + 1 }, (_, i) => Math.exp(-((i - reach) ** 2) / (2 * width * width)));
  const total = bell.reduce((sum, value) => sum + value, 0);
  const kernel = Float32Array.from(bell, (value) => (squared ? (value / total) ** 2 : value / total));
  const across = new Float32Array(values.length);
  const down = new Float32Array(values.length);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      let sum = 0;
      for (let k = Math.max(-reach, -column); k <= Math.min(reach, columns - 1 - column); k++)
        sum += kernel[k + reach]! * values[row * columns + column + k]!;
      across[row * columns + column] = sum;
    }
  for (let row = 0; row < rows; row++)
    for (let k = Math.max(-reach, -row); k <= Math.min(reach, rows - 1 - row); k++) {
      const weight = kernel[k + reach]!;
      const [to, from] = [row * columns, (row + k) * columns];
      for (let column = 0; column < columns; column++) down[to + column]! += weight * across[from + column]!;
    }
  return down;
}
