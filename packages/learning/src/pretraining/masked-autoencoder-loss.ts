import type { Graph, Tensor, Value } from '@radiolect/onnx';
import { intTensor } from '@radiolect/onnx';
import { patchRows } from '../backbones/patches.ts';
import { transformerBlock } from '../backbones/transformer-block.ts';
import type { VitShape } from '../backbones/vit.ts';
import { patchTokens, vitBlocks, withClassToken } from '../backbones/vit.ts';
import { linear, norm } from '../network/layers.ts';
import type { Parameters } from '../network/parameters.ts';
import type { Random } from '../random.ts';
import { permutation } from '../random.ts';

// B pictures, N patches, K of them visible, D width of the encoder, E of the decoder.

export interface MaskedAutoencoderSettings {
  /** Share of the patches that is hidden, between 0 and 1; 0.75 in the paper. */
  readonly maskRatio: number;
  /** Whether each patch is to be told up to its own mean and deviation. */
  readonly normalisedPatches: boolean;
  readonly decoder: { readonly width: number; readonly depth: number; readonly heads: number };
}

/** Which patches are seen, as inputs of the graph. */
export interface MaskInputs {
  /** (B·K): rows of the patches (B·N) that the encoder sees. */
  readonly visible: Value;
  /** (B·(N − K)): the other rows. */
  readonly masked: Value;
  /** (B·N): for each patch its row among the visible ones, or B·K where it is masked. */
  readonly restored: Value;
}

export const visiblePatches = (patches: number, { maskRatio }: Pick<MaskedAutoencoderSettings, 'maskRatio'>): number =>
  Math.min(Math.max(Math.round(patches * (1 - maskRatio)), 1), patches - 1);

export function maskInputs(g: Graph, batch: number, patches: number, visible: number): MaskInputs {
  return {
    visible: g.input('visible', 'int64', [batch * visible]),
    masked: g.input('masked', 'int64', [batch * (patches - visible)]),
    restored: g.input('restored', 'int64', [batch * patches]),
  };
}

/** K of N patches of each picture, drawn anew. */
export function drawMasks(
  batch: number,
  patches: number,
  visible: number,
  random: Random,
): Record<keyof MaskInputs, Tensor> {
  const seen: number[] = [];
  const masked: number[] = [];
  const restored = new Array<number>(batch * patches).fill(batch * visible);
  for (let picture = 0; picture < batch; picture++) {
    const order = permutation(patches, random).map((patch) => picture * patches + patch);
    for (const row of order.slice(0, visible)) {
      restored[row] = seen.length;
      seen.push(row);
    }
    masked.push(...order.slice(visible));
  }
  return {
    visible: intTensor([seen.length], seen),
    masked: intTensor([masked.length], masked),
    restored: intTensor([restored.length], restored),
  };
}

/**
 * Masked autoencoder (He et al. 2022): the encoder sees K of N patches, a light decoder is given what it made of them
 * and a mask token for every other, and tells the pixels of those. Mean squared error over the masked patches alone.
 */
export function maskedAutoencoderLoss(
  g: Graph,
  p: Parameters,
  shape: VitShape,
  pictures: Value,
  masks: MaskInputs,
  settings: MaskedAutoencoderSettings,
): Value {
  const batch = pictures.shape[0]!;
  const patches = shape.lattice[0] * shape.lattice[1];
  const visible = masks.visible.shape[0]! / batch;

  // The encoder's blocks see nothing of a masked patch. (B, K, D)
  const rows = g.reshape(patchTokens(g, p, shape, pictures), [batch * patches, shape.width]);
  const seen = g.reshape(g.gather(rows, masks.visible, 0), [batch, visible, shape.width]);
  const encoded = vitBlocks(g, p, shape, withClassToken(g, p, shape, seen));
  const tokens = shape.pooling === 'mean' ? encoded : g.slice(encoded, 1, 1, visible + 1);

  // The decoder. (B·N, E)
  const { width, depth, heads } = settings.decoder;
  const embedded = linear(g, p, 'decoder.in', g.reshape(tokens, [batch * visible, shape.width]), width);
  const mask = p.get({ name: 'decoder.mask', shape: [1, width], start: { deviation: 0.02 }, decays: false });
  const position = p.get({
    name: 'decoder.position',
    shape: [patches, width],
    start: { deviation: 0.02 },
    decays: false,
  });
  const placed = g.reshape(g.gather(g.concat([embedded, mask], 0), masks.restored, 0), [batch, patches, width]);
  let decoded = g.reshape(g.add(placed, position), [batch * patches, width]);
  for (let block = 1; block <= depth; block++)
    decoded = transformerBlock(g, p, `decoder.block-${block}`, decoded, batch, {
      heads,
      hidden: 4 * width,
      epsilon: shape.epsilon,
    });
  const pixels = shape.channels * shape.patch ** 2;
  const hidden = norm(g, p, 'decoder.norm', g.gather(decoded, masks.masked, 0), shape.epsilon);
  const told = linear(g, p, 'decoder.out', hidden, pixels);

  const wanted = g.gather(patchRows(g, pictures, shape.patch), masks.masked, 0);
  const difference = g.sub(told, settings.normalisedPatches ? normalisedRows(g, wanted) : wanted);
  return g.mean(g.mul(difference, difference), [0, 1]);
}

/** Rows at mean 0 and variance (÷ n − 1) 1, 1e-6 added to the variance: the authors' code. */
function normalisedRows(g: Graph, rows: Value): Value {
  const count = rows.shape[1]!;
  const centred = g.sub(rows, g.mean(rows, [1], true));
  const variance = g.scale(g.sum(g.mul(centred, centred), [1], true), 1 / (count - 1));
  return g.div(centred, g.op('Sqrt', g.add(variance, g.scalar(1e-6))));
}
