import { views } from '@radiolect/findings';
import type { PhantomStudy } from '@radiolect/phantom';
import { outlinePixels } from './outline-pixels.ts';

/** Widths of the filters in pixels (standard deviation): a small focus and a joint, as blurred by the camera. */
const filterWidths = [2, 4];
const pictureRows = 1024;
const pictureColumns = 256;

/** A rectangle of values at a place of the picture. */
interface Patch {
  readonly left: number;
  readonly top: number;
  readonly rows: number;
  readonly columns: number;
  readonly values: Float32Array;
}

/**
 * The ceiling: a matched filter that knows the true warp and the true background (the expected counts of everything but
 * the site's own lesions). Its score of a site is the largest deviation inside the site's true outline, in standard
 * deviations of the counting noise, over both views and two filter widths (North 1943; Green & Swets 1966). It is no
 * bound for lesions that are wider than the filters, and knows nothing of what is normal for a site to vary.
 */
export function matchedFilterScores({
  rendered,
  phantomCase,
  truth,
  views: counts,
}: PhantomStudy): Record<string, number> {
  const scores: Record<string, number> = {};
  for (const view of views) {
    const background = whole(rendered.expected.all[view]);
    const residual = whole(Float32Array.from(counts[view].pixels, (count, at) => count - background.values[at]!));
    const sites = Object.entries(truth.image.sites).map(([site, outlines]) => ({
      site,
      pixels: outlinePixels(outlines[view] ?? [], pictureRows, pictureColumns),
      changes: phantomCase.lesions
        .filter((lesion) => lesion.site === site)
        .flatMap(({ id }) => rendered.expected.changes[id]?.[view] ?? []),
    }));
    for (const width of filterWidths) {
      const signal = filtered(residual, width, false).values;
      const noise = filtered(background, width, true).values;
      for (const { site, pixels, changes } of sites) {
        const own = together(changes, 3 * width);
        const added = own && filtered(own, width, false);
        const ownNoise = own && filtered(own, width, true);
        let best = scores[site] ?? 0;
        for (const at of pixels) {
          const variance = noise[at]! - valueAt(ownNoise, at);
          best = Math.max(best, Math.abs(signal[at]! + valueAt(added, at)) / Math.sqrt(Math.max(variance, 1e-6)));
        }
        scores[site] = best;
      }
    }
  }
  return scores;
}

const whole = (values: Float32Array): Patch => ({
  left: 0,
  top: 0,
  rows: pictureRows,
  columns: pictureColumns,
  values,
});

/** The sum of patches on one that holds them all with a margin, or undefined where there are none. */
function together(patches: readonly Patch[], margin: number): Patch | undefined {
  if (patches.length === 0) return undefined;
  const left = Math.min(...patches.map((patch) => patch.left)) - margin;
  const top = Math.min(...patches.map((patch) => patch.top)) - margin;
  const columns = Math.max(...patches.map((patch) => patch.left + patch.columns)) + margin - left;
  const rows = Math.max(...patches.map((patch) => patch.top + patch.rows)) + margin - top;
  const values = new Float32Array(rows * columns);
  for (const patch of patches)
    for (let row = 0; row < patch.rows; row++)
      for (let column = 0; column < patch.columns; column++)
        values[(patch.top + row - top) * columns + patch.left + column - left]! +=
          patch.values[row * patch.columns + column]!;
  return { left, top, rows, columns, values };
}

/** The value of a patch at a pixel of the picture; 0 outside. */
function valueAt(patch: Patch | undefined, at: number): number {
  if (!patch) return 0;
  const row = Math.floor(at / pictureColumns) - patch.top;
  const column = (at % pictureColumns) - patch.left;
  if (row < 0 || column < 0 || row >= patch.rows || column >= patch.columns) return 0;
  return patch.values[row * patch.columns + column]!;
}

/** Correlation with a Gaussian of unit sum, or with its square, along both axes. */
function filtered(patch: Patch, width: number, squared: boolean): Patch {
  const { rows, columns, values } = patch;
  const reach = 3 * width;
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
  return { ...patch, values: down };
}
