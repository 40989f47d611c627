import type { BackboneSettings } from './backbone-settings.ts';
import type { ConvNextShape } from './convnext.ts';
import { convNextShape } from './convnext.ts';
import type { Correspondence, Stored } from './correspondence.ts';
import { fusedLayer, joiningKernel, laidEndToEnd, layer, matrix, normLayer, same } from './correspondence.ts';
import { latticeOf } from './own-layout.ts';
import { patchKernel } from './patch-weights.ts';
import { resamplePositions } from './resample-positions.ts';
import type { SwinShape } from './swin-shape.ts';
import { swinShape } from './swin-shape.ts';
import type { VitShape } from './vit.ts';
import { vitShape } from './vit.ts';
import type { BlockNames, WeightNames } from './weight-names.ts';
import { convNextNames, swinNames, vitNames } from './weight-names.ts';

export interface LayoutOptions {
  /** Whether the patch embedding may have another number of channels. */
  readonly adaptsChannels: boolean;
  /** Rows and columns of the patches that the checkpoint's position embeddings are for. */
  readonly positionLattice?: readonly [number, number];
}

/** Which parameters of a backbone hold the same numbers as which of another library's, without its model prefix. */
export function weightLayout(
  settings: BackboneSettings,
  names: WeightNames,
  options: LayoutOptions,
): readonly Correspondence[] {
  switch (settings.kind) {
    case 'vit':
      return vitLayout(vitShape(settings), names, options);
    case 'swin':
      return swinLayout(swinShape(settings), names, options);
    case 'convnext':
      return convNextLayout(convNextShape(settings), names, options);
  }
}

/** The prefix that Hugging Face's classifiers put before the names of their backbone. */
export const modelPrefix = { vit: 'vit.', swin: 'swin.', convnext: 'convnext.' } as const;

export const headName = (kind: BackboneSettings['kind'], names: WeightNames): string =>
  ({ vit: vitNames, swin: swinNames, convnext: convNextNames })[kind][names].head;

function blockLayout(ours: string, theirs: string, names: BlockNames, width: number, hidden: number): Correspondence[] {
  return [
    ...normLayer(`${ours}.attention.norm`, `${theirs}.${names.before}`, width),
    ...fusedLayer(
      `${ours}.attention.qkv`,
      names.qkv.map((name) => `${theirs}.${name}`),
      width,
      3 * width,
    ),
    ...layer(`${ours}.attention.out`, `${theirs}.${names.out}`, width, width),
    ...normLayer(`${ours}.feed-forward.norm`, `${theirs}.${names.after}`, width),
    ...layer(`${ours}.feed-forward.in`, `${theirs}.${names.inner}`, width, hidden),
    ...layer(`${ours}.feed-forward.out`, `${theirs}.${names.outer}`, hidden, width),
  ];
}

function vitLayout(shape: VitShape, library: WeightNames, options: LayoutOptions): Correspondence[] {
  const { width, hidden, depth } = shape;
  const names = vitNames[library];
  return [
    patchKernel('backbone.patch.weight', `${names.patch}.weight`, shape, width, options.adaptsChannels),
    same('backbone.patch.bias', `${names.patch}.bias`, [width]),
    ...(shape.pooling === 'class-token' ? [same('backbone.class.token', names.classToken, [1, 1, width])] : []),
    positions(shape, names.position, options),
    ...Array.from({ length: depth }, (_, index) =>
      blockLayout(`backbone.block-${index + 1}`, names.block(index), names.inside, width, hidden),
    ).flat(),
    ...normLayer('backbone.norm', names.norm, width),
  ];
}

/** Theirs are in one tensor, the class token's first. */
function positions({ width, pooling, lattice }: VitShape, theirs: string, options: LayoutOptions): Correspondence {
  const count = lattice[0] * lattice[1];
  const withClass = pooling === 'class-token';
  const own = { name: 'backbone.position', shape: [count, width] };
  return {
    ours: withClass ? [{ name: 'backbone.class.position', shape: [1, 1, width] }, own] : [own],
    theirs: [{ name: theirs, shape: [1, null, width] }],
    read: ([stored]) => {
      const { shape, data } = stored!;
      const patches = patchCount(shape[1]!, options.positionLattice, lattice, withClass);
      const from = latticeOf(patches, options.positionLattice, lattice, theirs);
      const first = shape[1]! - patches;
      const resampled = resamplePositions(data.subarray(first * width), width, from, lattice);
      return withClass ? [data.subarray(0, width), resampled] : [resampled];
    },
    write: (parts) => [
      {
        shape: [1, count + (withClass ? 1 : 0), width],
        data: laidEndToEnd(parts.map((data) => ({ shape: [data.length], data }))),
      },
    ],
  };
}

/** How many of the stored positions are of patches: a checkpoint may have a class token where we pool the mean. */
function patchCount(
  stored: number,
  told: readonly [number, number] | undefined,
  lattice: readonly [number, number],
  withClass: boolean,
): number {
  if (withClass) return stored - 1;
  if (told) return told[0] * told[1];
  const isPlain = stored === lattice[0] * lattice[1] || Number.isInteger(Math.sqrt(stored));
  return isPlain ? stored : stored - 1;
}

function swinLayout(shape: SwinShape, library: WeightNames, { adaptsChannels }: LayoutOptions): Correspondence[] {
  const names = swinNames[library];
  const first = shape.stages[0]!.width;
  return [
    patchKernel('backbone.patch.weight', `${names.patch}.weight`, shape, first, adaptsChannels),
    same('backbone.patch.bias', `${names.patch}.bias`, [first]),
    ...normLayer('backbone.patch.norm', names.patchNorm, first),
    ...shape.stages.flatMap(({ width, heads, blocks, window }, stage) => {
      const ours = `backbone.stage-${stage + 1}`;
      const merging =
        stage === 0
          ? []
          : [
              ...normLayer(`${ours}.merge.norm`, `${names.merge(stage)}.norm`, 2 * width),
              matrix(`${ours}.merge.weight`, `${names.merge(stage)}.reduction.weight`, 2 * width, width),
            ];
      const hidden = Math.floor(width * shape.expansion);
      const inside = Array.from({ length: blocks }, (_, index) => {
        const [name, theirs] = [`${ours}.block-${index + 1}`, names.block(stage, index)];
        const table = offsetTable(
          `${name}.attention.offsets`,
          `${theirs}.${names.inside.table}`,
          shape.window,
          window,
          heads,
        );
        return [...blockLayout(name, theirs, names.inside, width, hidden), table];
      });
      return [...merging, ...inside.flat()];
    }),
    ...normLayer('backbone.norm', names.norm, shape.stages.at(-1)!.width),
  ];
}

/**
 * The table of relative positions. Ours is for the settings' window whatever the lattice; timm's is for the window that
 * is left of it on a small lattice, which is the middle of ours: the rest is never read and begins at 0.
 */
function offsetTable(
  ours: string,
  theirs: string,
  side: number,
  window: readonly [number, number],
  heads: number,
): Correspondence {
  const span = 2 * side - 1;
  const [rows, columns] = [2 * window[0] - 1, 2 * window[1] - 1];
  return {
    ours: [{ name: ours, shape: [span * span, heads] }],
    theirs: [{ name: theirs, shape: [null, heads] }],
    read: ([stored]) => {
      const { shape, data } = stored!;
      if (shape[0] === span * span) return [data];
      if (shape[0] !== rows * columns)
        throw new RangeError(`"${theirs}" holds ${shape[0]} offsets where a window of ${side} has ${span * span}`);
      const whole = new Float32Array(span * span * heads);
      for (let row = 0; row < rows; row++) {
        const target = ((row + side - window[0]) * span + side - window[1]) * heads;
        whole.set(data.subarray(row * columns * heads, (row + 1) * columns * heads), target);
      }
      return [whole];
    },
    write: ([data]): Stored[] => [{ shape: [span * span, heads], data: data! }],
  };
}

function convNextLayout(
  shape: ConvNextShape,
  library: WeightNames,
  { adaptsChannels }: LayoutOptions,
): Correspondence[] {
  const names = convNextNames[library];
  const { widths, depths } = shape;
  const first = widths[0]!;
  return [
    patchKernel('backbone.patch.weight', `${names.patch}.weight`, shape, first, adaptsChannels),
    same('backbone.patch.bias', `${names.patch}.bias`, [first]),
    ...normLayer('backbone.patch.norm', names.patchNorm, first),
    ...depths.flatMap((blocks, stage) => {
      const ours = `backbone.stage-${stage + 1}`;
      const width = widths[stage]!;
      const before = widths[stage - 1];
      const down = names.downsample(stage);
      const joining =
        before === undefined
          ? []
          : [
              ...normLayer(`${ours}.downsample.norm`, `${down}.0`, before),
              joiningKernel(`${ours}.downsample.weight`, `${down}.1.weight`, before, width),
              same(`${ours}.downsample.bias`, `${down}.1.bias`, [width]),
            ];
      const inside = Array.from({ length: blocks }, (_, index) => {
        const [name, theirs] = [`${ours}.block-${index + 1}`, names.block(stage, index)];
        return [
          same(`${name}.depthwise.weight`, `${theirs}.${names.inside.depthwise}.weight`, [width, 1, 7, 7]),
          same(`${name}.depthwise.bias`, `${theirs}.${names.inside.depthwise}.bias`, [width]),
          ...normLayer(`${name}.norm`, `${theirs}.${names.inside.norm}`, width),
          ...layer(`${name}.in`, `${theirs}.${names.inside.inner}`, width, 4 * width),
          ...layer(`${name}.out`, `${theirs}.${names.inside.outer}`, 4 * width, width),
          same(`${name}.scale`, `${theirs}.${names.inside.scale}`, [width]),
        ];
      });
      return [...joining, ...inside.flat()];
    }),
    ...normLayer('backbone.norm', names.norm, widths.at(-1)!),
  ];
}
