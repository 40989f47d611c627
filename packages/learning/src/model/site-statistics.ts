import type { Graph, Value } from '@radiolect/onnx';
import { floatTensor, intTensor } from '@radiolect/onnx';
import type { Geometry } from './geometry.ts';

/** Mean and maximum in each of two views; plain, against the mirror site, and against the neighbours. */
export const statisticsPerSite = 12;

/**
 * Plain numbers of every site, (B, S, 12), from the windows' pixels (B, T, P). They depend on the picture alone, so no
 * gradient passes; they give the model at its first step what a threshold on mean counts would know.
 */
export function siteStatistics(g: Graph, seenPixels: Value, ownPixels: Value, geometry: Geometry): Value {
  const [batch, windows, pixels] = seenPixels.shape as [number, number, number];
  const { sites, windows: layout, viewOfWindow } = geometry;

  // Own-site mean of a window is Σ own·value / Σ own; a site's mean weighs its windows by their own cells.
  const cellsOwned = layout.windows.map((_, window) => {
    let sum = 0;
    for (let pixel = 0; pixel < pixels; pixel++) sum += layout.own[window * pixels + pixel]!;
    return sum;
  });
  const ofSite = layout.windows.map(({ site }, window) => 2 * site + viewOfWindow[window]!);
  const owned = new Float64Array(2 * sites);
  ofSite.forEach((slot, window) => {
    owned[slot]! += cellsOwned[window]!;
  });
  const pooling = new Float32Array(windows * 2 * sites);
  ofSite.forEach((slot, window) => {
    pooling[window * 2 * sites + slot] = 1 / Math.max(owned[slot]!, 1);
  });
  const sums = g.sum(ownPixels, [2]);
  const means = g.gemm(sums, g.constant(floatTensor([windows, 2 * sites], pooling), 'statistics.pooling'));

  // Maximum over each site's windows; a slot without windows repeats window 0 and is masked out.
  const members = Array.from({ length: 2 * sites }, (_, slot) =>
    ofSite.flatMap((of, window) => (of === slot ? [window] : [])),
  );
  const most = Math.max(...members.map((list) => list.length), 1);
  const padded = members.flatMap((list) =>
    Array.from({ length: most }, (_, index) => list[Math.min(index, list.length - 1)] ?? 0),
  );
  const peaks = g.max(ownPixels, [2]);
  const gathered = g.gather(peaks, g.constant(intTensor([2 * sites, most], padded), 'statistics.members'), 1);
  const filled = g.constant(
    floatTensor(
      [2 * sites],
      members.map((list) => (list.length > 0 ? 1 : 0)),
    ),
    'statistics.filled',
  );
  const maxima = g.mul(g.max(gathered, [2]), filled);

  // (B, S, 4): anterior mean, posterior mean, anterior maximum, posterior maximum.
  const plain = g.concat([g.reshape(means, [batch, sites, 2]), g.reshape(maxima, [batch, sites, 2])], 2);
  const mirrored = g.gather(plain, g.constant(intTensor([sites], geometry.mirror), 'statistics.mirror'), 1);
  const spread = new Float32Array(sites * sites);
  geometry.neighbours.forEach((list, site) => {
    for (const neighbour of list) spread[site * sites + neighbour] = 1 / list.length;
  });
  const around = g.matmul(g.constant(floatTensor([sites, sites], spread), 'statistics.neighbours'), plain);
  return g.concat([plain, g.sub(plain, mirrored), g.sub(plain, around)], 2);
}
