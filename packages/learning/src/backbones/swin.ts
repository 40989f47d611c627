import type { Graph, Value } from '@radiolect/onnx';
import { atDepth } from '../network/at-depth.ts';
import { linear, norm } from '../network/layers.ts';
import type { Parameters } from '../network/parameters.ts';
import type { Backbone } from './backbone.ts';
import type { SwinSettings } from './backbone-settings.ts';
import { checkPictures, patchRows } from './patches.ts';
import type { SwinShape, SwinStage } from './swin-shape.ts';
import { swinShape } from './swin-shape.ts';
import { addBranch, branchFactors, feedForwardBranch, firstWeights, fusedAttention } from './transformer-block.ts';
import type { Windows } from './windows.ts';
import { cutWindows, joinWindows, offsetIndices, shiftMask } from './windows.ts';

/** Of the norms of embedding and merging, whatever the blocks have: so in both libraries whose weights we load. */
const edgeEpsilon = 1e-5;

/**
 * Swin: attention within windows of each stage's lattice, every second block with its windows shifted by half, two by
 * two tokens merged between stages (Liu et al. 2021). Pictures of any size that the patch divides; where a lattice is
 * no whole number of windows or merging meets an odd side, zeros are added at the bottom and on the right, as in Hugging
 * Face. Taps "stage-1" to "stage-S", before merging.
 */
export function swin(settings: SwinSettings): Backbone {
  const shape = swinShape(settings);
  const last = shape.stages.at(-1)!;
  const { lattice, width } = last;
  const blocks = shape.stages.reduce((sum, stage) => sum + stage.blocks, 0);
  return {
    width,
    blocks,
    channels: shape.channels,
    picture: shape.picture,
    build(g, p, pictures, { dropPath } = {}) {
      checkPictures('swin', shape, pictures);
      const batch = pictures.shape[0]!;
      const taps: Record<string, Value> = {};
      const embedding = atDepth(p, 0);
      const embedded = linear(
        g,
        embedding,
        'backbone.patch',
        patchRows(g, pictures, shape.patch),
        shape.stages[0]!.width,
      );
      let rows = norm(g, embedding, 'backbone.patch.norm', embedded, edgeEpsilon);
      let depth = 0;
      shape.stages.forEach((stage, index) => {
        const name = `backbone.stage-${index + 1}`;
        // Merging is as deep as the first block after it.
        if (index > 0) rows = merge(g, atDepth(p, depth + 1), `${name}.merge`, rows, batch, shape.stages[index - 1]!);
        for (let block = 1; block <= stage.blocks; block++) {
          depth += 1;
          const factors = dropPath && branchFactors(g, dropPath, depth);
          const shifted = block % 2 === 0;
          rows = swinBlock(g, atDepth(p, depth), `${name}.block-${block}`, rows, batch, shape, stage, shifted, factors);
        }
        taps[`stage-${index + 1}`] = g.reshape(rows, [batch, ...stage.lattice, stage.width]);
      });
      const normed = norm(g, atDepth(p, depth), 'backbone.norm', rows, shape.epsilon);
      const tokens = g.reshape(normed, [batch, lattice[0] * lattice[1], width]);
      return { tokens, lattice, pooled: g.mean(tokens, [1]), taps };
    },
  };
}

/** One block over rows (B · tokens, D). */
function swinBlock(
  g: Graph,
  p: Parameters,
  name: string,
  rows: Value,
  batch: number,
  { window: side, expansion, epsilon }: SwinShape,
  { lattice, width, heads, window, shift }: SwinStage,
  shifted: boolean,
  factors?: Value,
): Value {
  const tokens = window[0] * window[1];
  const windows: Windows = { lattice, window, shift: shifted ? shift : [0, 0] };
  const table = p.get({
    name: `${name}.attention.offsets`,
    shape: [(2 * side - 1) ** 2, heads],
    start: firstWeights,
    decays: false,
  });
  const looked = g.gather(table, g.indices([tokens * tokens], offsetIndices(window, side)), 0);
  const offsets = g.reshape(g.transpose(looked, [1, 0]), [heads, tokens, tokens]);
  const bias = windows.shift.some((by) => by > 0) ? g.add(offsets, shiftMask(g, windows)) : offsets;

  const normed = norm(g, p, `${name}.attention.norm`, rows, epsilon);
  const cut = cutWindows(g, g.reshape(normed, [batch, ...lattice, width]), windows);
  const count = cut.shape[0]!;
  const attended = fusedAttention(
    g,
    p,
    `${name}.attention`,
    g.reshape(cut, [count * tokens, width]),
    count,
    heads,
    bias,
  );
  const joined = g.reshape(joinWindows(g, g.reshape(attended, cut.shape), windows), rows.shape);
  const between = addBranch(g, rows, joined, factors);
  const forward = feedForwardBranch(g, p, `${name}.feed-forward`, between, Math.floor(width * expansion), epsilon);
  return addBranch(g, between, forward, factors);
}

/** Two by two tokens become one of twice the width: rows (B · tokens, D) → (B · tokens / 4, 2 D). */
function merge(
  g: Graph,
  p: Parameters,
  name: string,
  rows: Value,
  batch: number,
  { lattice, width }: SwinStage,
): Value {
  const [down, across] = [Math.ceil(lattice[0] / 2), Math.ceil(lattice[1] / 2)];
  const padding = [0, 2 * down - lattice[0], 2 * across - lattice[1], 0];
  const padded = g.pad(g.reshape(rows, [batch, ...lattice, width]), [0, 0, 0, 0], padding);
  const cut = g.reshape(padded, [batch, down, 2, across, 2, width]);
  // Within a merged token: left column first, each from top to bottom.
  const four = g.reshape(g.transpose(cut, [0, 1, 3, 4, 2, 5]), [batch * down * across, 4 * width]);
  const normed = norm(g, p, `${name}.norm`, four, edgeEpsilon);
  const weight = p.get({
    name: `${name}.weight`,
    shape: [4 * width, 2 * width],
    start: firstWeights,
    decays: true,
  });
  return g.gemm(normed, weight);
}
