import type { Graph, Value } from '@radiolect/onnx';
import { feedForward, linear, norm, selfAttention } from '../network/layers.ts';
import type { Parameters } from '../network/parameters.ts';
import { coarsePatches, coarseSide, finePatches, fineSide, placeFeatures, surroundings } from './place-patches.ts';

/** What a recipe may choose of the network. */
export interface LocaliserSettings {
  /** D: width of a token. */
  readonly width: number;
  readonly blocks: number;
  readonly heads: number;
}

export interface LocaliserOutputs {
  /** (N, fine patches, fine side²): logit of every cell of the place, patch by patch. */
  readonly mask: Value;
  /** (N, fine patches): logit that a lesion in the patch is malignant. */
  readonly malignant: Value;
}

/**
 * A transformer over one place of a body, coarse to fine: 64 tokens of 4 × 4 cells at full resolution, and 16 tokens
 * each of what lies around it at half and at a quarter of the resolution, of the mirror place and of the same place in
 * the other view. All attend to each other; each fine token then says for every one of its 16 cells, which it has seen
 * one by one, whether it belongs to a lesion: by a logit of its own and by a gain on what the cell shows. Nothing is pooled on the way, so a lesion of four cells is as plain as a
 * large one. `places` N is fixed by the inputs.
 */
export function localiser(g: Graph, p: Parameters, places: number, settings: LocaliserSettings): LocaliserOutputs {
  const { width } = settings;
  const embedded = (
    name: string,
    patches: number,
    side: number,
    input = patchInput(g, name, places, patches, side),
  ) => {
    const tokens = g.reshape(linear(g, p, `${name}.embed`, input, width), [places, patches, width]);
    const order = p.get({
      name: `${name}.order`,
      shape: [1, patches, width],
      start: { deviation: 0.1 },
      decays: false,
    });
    return g.add(tokens, order);
  };
  const pixels = patchInput(g, 'place', places, finePatches, fineSide);
  const where = g.input('where', 'float32', [places, placeFeatures]);
  const placed = g.reshape(linear(g, p, 'where.embed', where, width), [places, 1, width]);
  const all = g.concat(
    [
      embedded('place', finePatches, fineSide, pixels),
      ...surroundings.map((name) => embedded(name, coarsePatches, coarseSide)),
    ],
    1,
  );
  const count = all.shape[1]!;
  let rows = g.reshape(g.add(all, placed), [places * count, width]);
  for (let block = 0; block < settings.blocks; block++) {
    rows = selfAttention(g, p, `block-${block}.attention`, rows, places, settings.heads);
    rows = feedForward(g, p, `block-${block}.feed-forward`, rows, 2);
  }
  const fine = g.slice(g.reshape(rows, [places, count, width]), 1, 0, finePatches);
  const tokens = norm(g, p, 'norm', g.reshape(fine, [places * finePatches, width]));
  // The skip: a token also says how much its cells' own levels and deviations count.
  const gains = g.reshape(linear(g, p, 'mask.gains', tokens, 2, 0.5), [places * finePatches, 2, 1]);
  const usual = p.get({ name: 'mask.usual-gains', shape: [1, 2, 1], start: 0.3, decays: false });
  const cells = g.reshape(pixels, [places * finePatches, 2, fineSide ** 2]);
  const read = g.sum(g.mul(cells, g.add(gains, usual)), [1]);
  const mask = g.add(read, linear(g, p, 'mask', tokens, fineSide ** 2, 0.5));
  // Few cells are a lesion's: the network begins by saying so.
  const rarity = p.get({ name: 'mask.rarity', shape: [1], start: -3, decays: false });
  const malignant = linear(g, p, 'malignant', tokens, 1, 0.5);
  return {
    mask: g.reshape(g.add(mask, rarity), [places, finePatches, fineSide ** 2]),
    malignant: g.reshape(malignant, [places, finePatches]),
  };
}

function patchInput(g: Graph, name: string, places: number, patches: number, side: number): Value {
  return g.input(name, 'float32', [places * patches, 2 * side ** 2]);
}
