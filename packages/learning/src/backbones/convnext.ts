import type { Graph, Value } from '@radiolect/onnx';
import { InvalidBackboneError } from '../errors.ts';
import { atDepth } from '../network/at-depth.ts';
import { linear, norm } from '../network/layers.ts';
import type { Parameters } from '../network/parameters.ts';
import type { Backbone } from './backbone.ts';
import type { ConvNextSettings } from './backbone-settings.ts';
import { checkPictures, patchRows } from './patches.ts';
import { addBranch, branchFactors, firstWeights } from './transformer-block.ts';

// Rows are (B · rows · columns, D), channels last: every linear layer and every downsampling is one Gemm.

/** Settings with nothing left out. */
export interface ConvNextShape extends Required<Omit<ConvNextSettings, 'kind' | 'size'>> {
  /** Rows and columns of each stage. */
  readonly lattices: readonly (readonly [number, number])[];
}

/** Fills in what settings leave out. Throws {@link InvalidBackboneError} where they do not fit together. */
export function convNextShape(settings: ConvNextSettings): ConvNextShape {
  const { picture, channels, patch = 4, layerScale = 1e-6, epsilon = 1e-6, headEpsilon = epsilon } = settings;
  const { widths = [96, 192, 384, 768], depths = [3, 3, 9, 3] } = settings;
  const [rows, columns] = picture;
  if (rows % patch !== 0 || columns % patch !== 0)
    throw new InvalidBackboneError(
      'convnext',
      `a picture of ${rows} × ${columns} is no whole number of patches of ${patch}`,
      'choose another patch or resample the pictures',
    );
  if (widths.length !== depths.length || depths.length === 0)
    throw new InvalidBackboneError(
      'convnext',
      `it has ${depths.length} depths and ${widths.length} widths`,
      'give `depths` and `widths` one number for each stage',
    );
  const lattices = widths.map((_, stage): readonly [number, number] => {
    // Downsampling leaves out the last row or column of an odd side.
    const side = (pixels: number): number => Math.floor(pixels / patch / 2 ** stage);
    return [side(rows), side(columns)];
  });
  if (lattices.some((sides) => sides.includes(0)))
    throw new InvalidBackboneError(
      'convnext',
      `nothing is left of a picture of ${rows} × ${columns} in stage ${lattices.findIndex((s) => s.includes(0)) + 1}`,
      'choose a smaller patch, fewer stages or larger pictures',
    );
  return { picture, channels, patch, widths, depths, layerScale, epsilon, headEpsilon, lattices };
}

/**
 * ConvNeXt: depthwise 7 × 7 convolutions and feed-forward branches, two by two positions joined between stages (Liu et
 * al. 2022). Pictures of any size that the patch divides. `pooled` is the norm of the mean; `tokens` go through the same
 * norm one by one. Taps "stage-1" to "stage-S", before any norm.
 */
export function convNext(settings: ConvNextSettings): Backbone {
  const shape = convNextShape(settings);
  const { widths, depths, lattices, epsilon, headEpsilon, channels, picture, patch } = shape;
  const width = widths.at(-1)!;
  const lattice = lattices.at(-1)!;
  return {
    width,
    blocks: depths.reduce((sum, blocks) => sum + blocks, 0),
    channels,
    picture,
    build(g, p, pictures, { dropPath } = {}) {
      checkPictures('convnext', shape, pictures);
      const batch = pictures.shape[0]!;
      const taps: Record<string, Value> = {};
      const embedding = atDepth(p, 0);
      const embedded = linear(g, embedding, 'backbone.patch', patchRows(g, pictures, patch), widths[0]!, firstWeights);
      let rows = norm(g, embedding, 'backbone.patch.norm', embedded, epsilon);
      let depth = 0;
      depths.forEach((blocks, stage) => {
        const name = `backbone.stage-${stage + 1}`;
        // Downsampling is as deep as the first block after it.
        if (stage > 0) rows = downsample(g, atDepth(p, depth + 1), `${name}.downsample`, rows, batch, shape, stage);
        for (let block = 1; block <= blocks; block++) {
          depth += 1;
          const factors = dropPath && branchFactors(g, dropPath, depth);
          rows = convNextBlock(
            g,
            atDepth(p, depth),
            `${name}.block-${block}`,
            rows,
            [batch, ...lattices[stage]!],
            shape,
            factors,
          );
        }
        taps[`stage-${stage + 1}`] = g.reshape(rows, [batch, ...lattices[stage]!, widths[stage]!]);
      });
      const head = atDepth(p, depth);
      const places = g.reshape(rows, [batch, lattice[0] * lattice[1], width]);
      const tokens = g.reshape(norm(g, head, 'backbone.norm', rows, headEpsilon), places.shape);
      const pooled = norm(g, head, 'backbone.norm', g.mean(places, [1]), headEpsilon);
      return { tokens, lattice, pooled, taps };
    },
  };
}

/** x + γ · W₂ gelu(W₁ norm(depthwise(x))) over rows; `place` is batch, rows, columns. */
function convNextBlock(
  g: Graph,
  p: Parameters,
  name: string,
  rows: Value,
  place: readonly [number, number, number],
  { epsilon, layerScale }: ConvNextShape,
  factors?: Value,
): Value {
  const width = rows.shape[1]!;
  const kernel = p.get({
    name: `${name}.depthwise.weight`,
    shape: [width, 1, 7, 7],
    start: firstWeights,
    decays: true,
  });
  const bias = p.get({ name: `${name}.depthwise.bias`, shape: [width], start: 0, decays: false });
  const picture = g.transpose(g.reshape(rows, [...place, width]), [0, 3, 1, 2]);
  const mixed = g.transpose(g.conv(picture, kernel, bias, { pads: 3, groups: width }), [0, 2, 3, 1]);
  const normed = norm(g, p, `${name}.norm`, g.reshape(mixed, rows.shape), epsilon);
  const hidden = g.op('Gelu', linear(g, p, `${name}.in`, normed, 4 * width, firstWeights));
  const branch = linear(g, p, `${name}.out`, hidden, width, firstWeights);
  const scale = p.get({ name: `${name}.scale`, shape: [width], start: layerScale, decays: false });
  return addBranch(g, rows, g.mul(branch, scale), factors);
}

/** A norm, then two by two positions become one by a convolution of stride 2, as a Gemm. */
function downsample(
  g: Graph,
  p: Parameters,
  name: string,
  rows: Value,
  batch: number,
  { lattices, widths, epsilon }: ConvNextShape,
  stage: number,
): Value {
  const [before, [down, across], width] = [lattices[stage - 1]!, lattices[stage]!, widths[stage - 1]!];
  const whole = g.reshape(norm(g, p, `${name}.norm`, rows, epsilon), [batch, ...before, width]);
  const top = before[0] === 2 * down ? whole : g.slice(whole, 1, 0, 2 * down);
  const even = before[1] === 2 * across ? top : g.slice(top, 2, 0, 2 * across);
  const cut = g.transpose(g.reshape(even, [batch, down, 2, across, 2, width]), [0, 1, 3, 2, 4, 5]);
  // Within a joined position: top row first, each from left to right.
  return linear(g, p, name, g.reshape(cut, [batch * down * across, 4 * width]), widths[stage]!, firstWeights);
}
