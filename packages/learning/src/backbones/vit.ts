import type { Graph, Value } from '@radiolect/onnx';
import { InvalidBackboneError } from '../errors.ts';
import { atDepth } from '../network/at-depth.ts';
import { linear, norm } from '../network/layers.ts';
import type { Parameters } from '../network/parameters.ts';
import type { Backbone } from './backbone.ts';
import type { VitSettings } from './backbone-settings.ts';
import { checkPictures, patchRows } from './patches.ts';
import { branchFactors, transformerBlock } from './transformer-block.ts';

// B pictures, N patches, T tokens (N + 1 with a class token), D width. Rows are (B·T, D): every linear layer is one Gemm.

/** Settings with nothing left out. */
export interface VitShape extends Required<Omit<VitSettings, 'kind' | 'size'>> {
  /** Rows and columns of the patches; N is their product. */
  readonly lattice: readonly [number, number];
}

const sizes = {
  tiny: { width: 192, depth: 12, heads: 3 },
  small: { width: 384, depth: 12, heads: 6 },
  base: { width: 768, depth: 12, heads: 12 },
} as const;

/** Fills in what settings leave out. Throws {@link InvalidBackboneError} where they do not fit together. */
export function vitShape(settings: VitSettings): VitShape {
  const { picture, channels, patch = 16, pooling = 'class-token', epsilon = 1e-6 } = settings;
  const size = sizes[settings.size ?? 'tiny'];
  const { width = size.width, depth = size.depth, heads = size.heads } = settings;
  const [rows, columns] = picture;
  if (rows % patch !== 0 || columns % patch !== 0)
    throw new InvalidBackboneError(
      'vit',
      `a picture of ${rows} × ${columns} is no whole number of patches of ${patch}`,
      'choose another patch or resample the pictures',
    );
  if (width % heads !== 0)
    throw new InvalidBackboneError('vit', `${heads} heads do not divide a width of ${width}`, 'choose other heads');
  const lattice = [rows / patch, columns / patch] as const;
  return {
    picture,
    channels,
    patch,
    width,
    depth,
    heads,
    hidden: settings.hidden ?? 4 * width,
    pooling,
    epsilon,
    lattice,
  };
}

/** Pictures (B, channels, rows, columns) → patches with their positions, (B, N, D). */
export function patchTokens(g: Graph, p: Parameters, shape: VitShape, pictures: Value): Value {
  checkPictures('vit', shape, pictures);
  const { patch, width, lattice } = shape;
  const [rows, columns] = lattice;
  const embedding = atDepth(p, 0);
  const embedded = linear(g, embedding, 'backbone.patch', patchRows(g, pictures, patch), width);
  const position = embedding.get({
    name: 'backbone.position',
    shape: [rows * columns, width],
    start: { deviation: 0.02 },
    decays: false,
  });
  return g.add(g.reshape(embedded, [pictures.shape[0]!, rows * columns, width]), position);
}

/** Tokens (B, n, D) → (B, n + 1, D) with the class token first; unchanged where the mean is pooled. */
export function withClassToken(g: Graph, p: Parameters, { width, pooling }: VitShape, tokens: Value): Value {
  if (pooling === 'mean') return tokens;
  const embedding = atDepth(p, 0);
  const [token, position] = ['token', 'position'].map((part) =>
    embedding.get({ name: `backbone.class.${part}`, shape: [1, 1, width], start: { deviation: 0.02 }, decays: false }),
  ) as [Value, Value];
  const first = g.expand(g.add(token, position), [tokens.shape[0]!, 1, width]);
  return g.concat([first, tokens], 1);
}

/** One block, numbered from 1, over rows (B·T, D). `dropPath` is (depth, B). */
export function vitBlock(
  g: Graph,
  p: Parameters,
  { heads, hidden, epsilon }: VitShape,
  rows: Value,
  batch: number,
  block: number,
  dropPath?: Value,
): Value {
  const factors = dropPath && branchFactors(g, dropPath, block);
  return transformerBlock(g, atDepth(p, block), `backbone.block-${block}`, rows, batch, {
    heads,
    hidden,
    epsilon,
    ...(factors ? { factors } : {}),
  });
}

/** Every block, then the last norm: tokens (B, T, D) → (B, T, D). `each` sees what every block makes, (B, T, D). */
export function vitBlocks(
  g: Graph,
  p: Parameters,
  shape: VitShape,
  tokens: Value,
  dropPath?: Value,
  each: (block: number, tokens: Value) => void = () => {},
): Value {
  const [batch, count, width] = tokens.shape as [number, number, number];
  let rows = g.reshape(tokens, [batch * count, width]);
  for (let block = 1; block <= shape.depth; block++) {
    rows = vitBlock(g, p, shape, rows, batch, block, dropPath);
    each(block, g.reshape(rows, tokens.shape));
  }
  return g.reshape(norm(g, atDepth(p, shape.depth), 'backbone.norm', rows, shape.epsilon), tokens.shape);
}

/** A vision transformer with pre-norm blocks and exact GELU. Taps "block-1" to "block-L", as the blocks leave them. */
export function vit(settings: VitSettings): Backbone {
  const shape = vitShape(settings);
  const { width, depth, channels, picture, lattice, pooling } = shape;
  const [rows, columns] = lattice;
  const patches = rows * columns;
  return {
    width,
    blocks: depth,
    channels,
    picture,
    build(g, p, pictures, { dropPath } = {}) {
      const batch = pictures.shape[0]!;
      const withoutClass = (tokens: Value): Value => (pooling === 'mean' ? tokens : g.slice(tokens, 1, 1, patches + 1));
      const taps: Record<string, Value> = {};
      const embedded = withClassToken(g, p, shape, patchTokens(g, p, shape, pictures));
      const all = vitBlocks(g, p, shape, embedded, dropPath, (block, tokens) => {
        taps[`block-${block}`] = g.reshape(withoutClass(tokens), [batch, rows, columns, width]);
      });
      const tokens = withoutClass(all);
      const pooled = pooling === 'mean' ? g.mean(all, [1]) : g.reshape(g.slice(all, 1, 0, 1), [batch, width]);
      return { tokens, lattice, pooled, taps };
    },
  };
}
