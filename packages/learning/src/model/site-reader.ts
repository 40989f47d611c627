import type { Graph, Value } from '@radiolect/onnx';
import { floatTensor, intTensor } from '@radiolect/onnx';
import type { Normalisation } from '../input/normalisation.ts';
import { levelGain } from '../input/normalisation.ts';
import { feedForward, linear, norm, selfAttention, toHeads } from '../network/layers.ts';
import type { Parameters } from '../network/parameters.ts';
import type { Geometry } from './geometry.ts';
import { siteStatistics, statisticsPerSite } from './site-statistics.ts';

/** What a recipe may choose of the model. */
export interface SiteReaderSettings {
  /** D: width of window and site tokens. */
  readonly width: number;
  /** Feed-forward blocks over each window alone. */
  readonly windowBlocks: number;
  /** Attention blocks over the sites of a study. */
  readonly siteBlocks: number;
  readonly heads: number;
  /** Heads with which a site reads windows. */
  readonly readingHeads: number;
}

/** Everything the graph returns, by name. S sites, N natures, T windows. */
export interface SiteReaderOutputs {
  /** (B, S) */
  readonly presence: Value;
  /** (B, S, N) */
  readonly nature: Value;
  /** (B, 1) */
  readonly metastasis: Value;
  readonly taps: {
    /** (B, 2·cells): deviations from normal at each cell, softly bounded. */
    readonly deviation: Value;
    /** (B, heads, S, T): how much each site reads of each window. */
    readonly reading: Value;
  };
}

/** Deviations are squashed towards this many standard deviations: a bladder must not outshout a lesion. */
const deviationBound = 8;
/** Logit of a window that a site may not read. */
const forbidden = -1e4;

/**
 * The model: a transformer whose patches are placed on the skeleton. Each window (T of them, side² cells, of one view)
 * becomes a token; each site reads the windows on it and, with less weight, those of its neighbours; the S site tokens
 * and one study token then attend to each other, so that a site is judged beside its mirror image and the rest.
 *
 * `images` (B, 2, cells) in body units on the reading grid, anterior first; `seen` (B, 2) is 1 where a view is there.
 */
export function siteReader(
  g: Graph,
  p: Parameters,
  images: Value,
  seen: Value,
  geometry: Geometry,
  normalisation: Normalisation,
  settings: SiteReaderSettings,
): SiteReaderOutputs {
  const { width, heads, readingHeads } = settings;
  const [batch, , cells] = images.shape as [number, number, number];
  const sites = geometry.sites;
  const natures = geometry.natures;
  const windows = geometry.windows.windows.length;
  const pixels = geometry.windows.side ** 2;

  // Deviation from normal, (B, 2·cells).
  const levels = g.op('Log', g.add(g.scale(images, levelGain), g.scalar(1)));
  const mean = g.constant(floatTensor([2, cells], normalisation.mean), 'normalisation.mean');
  const inverse = g.constant(
    floatTensor([2, cells], normalisation.inverseDeviation),
    'normalisation.inverse-deviation',
  );
  const raw = g.mul(g.mul(g.sub(levels, mean), inverse), g.reshape(seen, [batch, 2, 1]));
  const bounded = g.scale(g.op('Tanh', g.scale(raw, 1 / deviationBound)), deviationBound);
  const deviation = g.reshape(bounded, [batch, 2 * cells]);

  // Windows: what is seen, and what of it belongs to the window's own site. (B·T, D)
  const corners = g.constant(intTensor([windows, 1], geometry.windows.corners), 'windows.corners');
  const steps = g.constant(intTensor([1, pixels], geometry.windows.steps), 'windows.steps');
  const cellIndices = g.add(corners, steps);
  const seenPixels = g.gather(deviation, cellIndices, 1);
  const ownMask = g.constant(floatTensor([windows, pixels], geometry.windows.own), 'windows.own');
  const ownPixels = g.mul(seenPixels, ownMask);
  const patches = g.reshape(g.concat([seenPixels, ownPixels], 2), [batch * windows, 2 * pixels]);
  const place = p.get({ name: 'windows.place', shape: [windows, width], start: { deviation: 0.1 }, decays: false });
  const embedded = g.reshape(linear(g, p, 'windows.embed', patches, width), [batch, windows, width]);
  let tokens = g.reshape(g.add(embedded, place), [batch * windows, width]);
  for (let block = 0; block < settings.windowBlocks; block++)
    tokens = feedForward(g, p, `windows.block-${block}`, tokens, 2);
  tokens = norm(g, p, 'windows.norm', tokens);

  // Reading: S queries over T windows, bounded by the atlas. (B, heads, S, T)
  const common = p.get({
    name: 'reading.query',
    shape: [1, readingHeads, 1, width / readingHeads],
    start: { deviation: 1 },
    decays: false,
  });
  const own = p.get({
    name: 'reading.site-query',
    shape: [1, readingHeads, sites, width / readingHeads],
    start: 0,
    decays: false,
  });
  const keys = toHeads(g, linear(g, p, 'reading.key', tokens, width), batch, readingHeads);
  const values = toHeads(g, linear(g, p, 'reading.value', tokens, width), batch, readingHeads);
  const content = g.matmul(g.add(common, own), keys, { transB: true, alpha: 1 / Math.sqrt(width / readingHeads) });
  const prior = g.constant(floatTensor([1, 1, sites, windows], geometry.readingPrior), 'reading.prior');
  const windowSeen = g.gather(seen, g.constant(intTensor([windows], geometry.viewOfWindow), 'windows.view'), 1);
  const missing = g.scale(g.sub(g.scalar(1), windowSeen), forbidden);
  const bias = g.add(prior, g.reshape(missing, [batch, 1, 1, windows]));
  const reading = g.op('Softmax', g.add(content, bias));
  const read = g.transpose(g.matmul(reading, values), [0, 2, 1, 3]);
  const readRows = linear(g, p, 'reading.out', g.reshape(read, [batch * sites, width]), width);

  // Site tokens: what was read, plain statistics, and which site it is. (B, S + 1, D)
  const statistics = siteStatistics(g, seenPixels, ownPixels, geometry);
  const statisticRows = linear(
    g,
    p,
    'sites.statistics',
    g.reshape(statistics, [batch * sites, statisticsPerSite]),
    width,
  );
  const siteKind = p.get({ name: 'sites.kind', shape: [sites, width], start: { deviation: 0.1 }, decays: false });
  const siteTokens = g.add(g.reshape(g.add(readRows, statisticRows), [batch, sites, width]), siteKind);
  const study = p.get({ name: 'study.token', shape: [1, 1, width], start: { deviation: 0.1 }, decays: false });
  const all = g.concat([siteTokens, g.expand(study, [batch, 1, width])], 1);
  let rows = g.reshape(all, [batch * (sites + 1), width]);
  for (let block = 0; block < settings.siteBlocks; block++) {
    rows = selfAttention(g, p, `sites.block-${block}.attention`, rows, batch, heads);
    rows = feedForward(g, p, `sites.block-${block}.feed-forward`, rows, 2);
  }
  const final = g.reshape(norm(g, p, 'sites.norm', rows), [batch, sites + 1, width]);
  const [finalSites, finalStudy] = g.split(final, 1, [sites, 1]) as [Value, Value];

  // Heads: one direction of abnormality for all sites, and a correction per site. (B, S)
  const shared = p.get({ name: 'presence.weight', shape: [1, width], start: { deviation: 0.05 }, decays: true });
  const perSite = p.get({ name: 'presence.site-weight', shape: [sites, width], start: 0, decays: true });
  const offset = p.get({ name: 'presence.offset', shape: [sites], start: -2, decays: false });
  const presence = g.add(g.sum(g.mul(finalSites, g.add(shared, perSite)), [2]), offset);
  const causes = linear(g, p, 'nature', g.reshape(finalSites, [batch * sites, width]), natures, 0.5);
  const causeOfSite = p.get({ name: 'nature.site-offset', shape: [sites, natures], start: 0, decays: false });
  const nature = g.add(g.reshape(causes, [batch, sites, natures]), causeOfSite);
  const metastasis = linear(g, p, 'metastasis', g.reshape(finalStudy, [batch, width]), 1, 0.5);
  return { presence, nature, metastasis, taps: { deviation, reading } };
}
