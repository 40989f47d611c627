import type { FloatTensor, NamedTensors, Tensor } from '@radiolect/onnx';
import { float32Of, floatTensor } from '@radiolect/onnx';
import { UnfitWeightsError } from '../errors.ts';
import type { BackboneSettings } from './backbone-settings.ts';
import type { Correspondence, Slot, Stored } from './correspondence.ts';
import { layer, transposed } from './correspondence.ts';
import { createBackbone } from './create-backbone.ts';
import { ownHead, ownLayout } from './own-layout.ts';
import type { LayoutOptions } from './weight-layouts.ts';
import { headName, modelPrefix, weightLayout } from './weight-layouts.ts';
import type { WeightNames } from './weight-names.ts';

export interface LoadOptions {
  /** A checkpoint for another number of channels is adapted: summed for one channel. Off where left out. */
  readonly adaptsChannels?: boolean;
  /** Whether the classifier's head is loaded too, as "head.weight" and "head.bias". Off where left out. */
  readonly head?: boolean;
  /**
   * Rows and columns of the patches that a ViT's position embeddings are for. Left out, those of the settings where the
   * count fits, else a square.
   */
  readonly positionLattice?: readonly [number, number];
}

/** Values that a checkpoint may hold beside the weights: made from the settings, or of no use for the logits. */
const needless = /(^|\.)(relative_position_index|attn_mask|mask_token)$|^pooler\./;

/**
 * The weights of a checkpoint under our names: of Hugging Face `transformers` (ViT, Swin, ConvNeXt; with and without the
 * model's prefix), of timm (its names since 0.9), or our own. float16 becomes float32. Position embeddings made for
 * another lattice are resampled (see {@link resamplePositions}); a class token is left out where the settings pool the
 * mean.
 *
 * Throws {@link UnfitWeightsError}, which names every tensor that is missing, left over or of another shape.
 */
export function backboneWeights(
  settings: BackboneSettings,
  tensors: ReadonlyMap<string, Tensor>,
  options: LoadOptions = {},
): NamedTensors {
  const { layout, named, passedOver } = planOf(settings, tensors, options);
  const missing: string[] = [];
  const misshapen: string[] = [];
  const loaded = new Map<string, FloatTensor>();
  const used = new Set<string>();
  for (const correspondence of layout) {
    const stored = correspondence.theirs.map((slot) => {
      used.add(slot.name);
      return storedFor(slot, named.get(slot.name), missing, misshapen);
    });
    if (stored.some((one) => one === undefined)) continue;
    try {
      const made = correspondence.read(stored as Stored[]);
      correspondence.ours.forEach(({ name, shape }, index) => {
        loaded.set(name, floatTensor(shape as number[], made[index]!));
      });
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      misshapen.push(error.message);
    }
  }
  const extra = [...named.keys()].filter((name) => !used.has(name) && !passedOver(name));
  if (missing.length + misshapen.length + extra.length > 0)
    throw new UnfitWeightsError(settings.kind, { missing, extra, misshapen });
  return loaded;
}

interface Plan {
  readonly layout: readonly Correspondence[];
  /** The checkpoint without the model's prefix. */
  readonly named: ReadonlyMap<string, Tensor>;
  /** Whether a tensor that the layout does not ask for may be left lying. */
  readonly passedOver: (name: string) => boolean;
}

function planOf(
  settings: BackboneSettings,
  tensors: ReadonlyMap<string, Tensor>,
  { adaptsChannels = false, head = false, positionLattice }: LoadOptions,
): Plan {
  const { width } = createBackbone(settings);
  if ([...tensors.keys()].some((name) => name.startsWith('backbone.'))) {
    const headLayout = head ? ownHead(width, tensors.get('head.weight')?.shape[1] ?? 1) : [];
    return {
      layout: [...ownLayout(settings, positionLattice), ...headLayout],
      named: tensors,
      passedOver: (name) => !name.startsWith('backbone.'),
    };
  }
  const named = withoutPrefix(tensors, modelPrefix[settings.kind]);
  const options: LayoutOptions = { adaptsChannels, ...(positionLattice ? { positionLattice } : {}) };
  const names = namesOf(settings, new Set(named.keys()), options);
  const theirHead = headName(settings.kind, names);
  const outputs = named.get(`${theirHead}.weight`)?.shape[0] ?? 1;
  const dropsClass = settings.kind === 'vit' && settings.pooling === 'mean';
  return {
    layout: [...weightLayout(settings, names, options), ...(head ? layer('head', theirHead, width, outputs) : [])],
    named,
    passedOver: (name) =>
      needless.test(name) || name.startsWith(`${theirHead}.`) || (dropsClass && /(^|\.)cls_token$/.test(name)),
  };
}

/**
 * The weights of a backbone, and of its head where there is one, under the names of Hugging Face `transformers` (as its
 * classifiers save them) or timm.
 */
export function exportedWeights(
  settings: BackboneSettings,
  weights: NamedTensors,
  names: WeightNames = 'hugging-face',
): NamedTensors {
  const exported = new Map<string, FloatTensor>();
  const prefix = names === 'timm' ? '' : modelPrefix[settings.kind];
  const layout = weightLayout(settings, names, { adaptsChannels: false });
  const missing = layout.flatMap(({ ours }) => ours.map(({ name }) => name)).filter((name) => !weights.has(name));
  if (missing.length > 0) throw new UnfitWeightsError(settings.kind, { missing, extra: [], misshapen: [] });
  for (const { ours, theirs, write } of layout)
    write(ours.map(({ name }) => weights.get(name)!.data)).forEach(({ shape, data }, index) => {
      exported.set(`${prefix}${theirs[index]!.name}`, floatTensor(shape, data));
    });
  const [weight, bias] = [weights.get('head.weight'), weights.get('head.bias')];
  if (weight && bias) {
    const [inputs, outputs] = weight.shape as [number, number];
    const head = headName(settings.kind, names);
    exported.set(`${head}.weight`, floatTensor([outputs, inputs], transposed(weight.data, inputs, outputs)));
    exported.set(`${head}.bias`, bias);
  }
  return exported;
}

/** The library whose names a checkpoint shares most of. */
function namesOf(settings: BackboneSettings, given: ReadonlySet<string>, options: LayoutOptions): WeightNames {
  const shared = (names: WeightNames): number =>
    weightLayout(settings, names, options)
      .flatMap(({ theirs }) => theirs)
      .filter(({ name }) => given.has(name)).length;
  const libraries: readonly WeightNames[] = ['hugging-face', 'hugging-face-modules', 'timm'];
  return libraries.reduce((best, one) => (shared(one) > shared(best) ? one : best));
}

function storedFor(
  { name, shape }: Slot,
  tensor: Tensor | undefined,
  missing: string[],
  misshapen: string[],
): Stored | undefined {
  if (!tensor) {
    missing.push(name);
    return undefined;
  }
  const fits =
    tensor.shape.length === shape.length && shape.every((side, axis) => side === null || side === tensor.shape[axis]);
  if (!fits) {
    const wanted = shape.map((side) => side ?? 'any').join(', ');
    misshapen.push(`"${name}" is [${tensor.shape.join(', ')}] where [${wanted}] is taken`);
    return undefined;
  }
  if (tensor.dtype === 'float32') return { shape: tensor.shape, data: tensor.data };
  if (tensor.dtype === 'float16') return { shape: tensor.shape, data: float32Of(tensor.data) };
  misshapen.push(`"${name}" holds ${tensor.dtype} where floating-point values are taken`);
  return undefined;
}

const withoutPrefix = (tensors: ReadonlyMap<string, Tensor>, prefix: string): ReadonlyMap<string, Tensor> =>
  new Map([...tensors].map(([name, tensor]) => [name.startsWith(prefix) ? name.slice(prefix.length) : name, tensor]));
