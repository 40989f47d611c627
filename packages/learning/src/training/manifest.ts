import type { LabelSpace } from '@radiolect/findings';
import type { Example } from '../example.ts';
import type { Lattice } from '../input/reading-grid.ts';
import { learntNatures } from '../model/geometry.ts';
import type { Recipe } from '../recipe.ts';
import type { TrainingState } from './checkpoint.ts';
import type { Prevalence } from './targets.ts';

/** `manifest.json` of a run: what made the model, from what, and how it did in validation. */
export interface RunManifest {
  readonly kind: 'site-reader';
  readonly version: 1;
  readonly recipe: Recipe;
  readonly labelSpace: LabelSpace;
  /** In the order of the model's output. */
  readonly natures: readonly string[];
  /** The cells that the model reads, in atlas coordinates. */
  readonly grid: Lattice;
  readonly studies: Readonly<Record<'train' | 'validation' | 'test', number>>;
  /** By position: how many training studies state it present and absent under the recipe's label policy. */
  readonly prevalence: Readonly<Record<string, { readonly present: number; readonly absent: number }>>;
  readonly bestEpoch: number;
  readonly bestValidation: { readonly auroc: number | null; readonly loss: number; readonly sites: number } | null;
  readonly steps: number;
  readonly parameters: number;
  readonly files: Readonly<Record<'model.onnx', { readonly sha256: string; readonly bytes: number }>>;
}

export async function runManifest(
  recipe: Recipe,
  labelSpace: LabelSpace,
  { rows, columns, left, top, cellWidth, cellHeight }: Lattice,
  examples: readonly Example[],
  prevalence: Prevalence,
  state: TrainingState,
  model: Uint8Array,
): Promise<RunManifest> {
  const best = state.history[state.bestEpoch - 1];
  const count = (split: Example['split']): number => examples.filter((example) => example.split === split).length;
  return {
    kind: 'site-reader',
    version: 1,
    recipe,
    labelSpace,
    natures: learntNatures,
    grid: { rows, columns, left, top, cellWidth, cellHeight },
    studies: { train: count('train'), validation: count('validation'), test: count('test') },
    prevalence: Object.fromEntries(
      labelSpace.positions.map((id, site) => [
        id,
        { present: prevalence.present[site]!, absent: prevalence.absent[site]! },
      ]),
    ),
    bestEpoch: state.bestEpoch,
    bestValidation: best ? { auroc: best.validationAuroc, loss: best.validationLoss, sites: best.sites } : null,
    steps: state.step,
    parameters: state.parameters.length,
    files: { 'model.onnx': { sha256: await sha256(model), bytes: model.length } },
  };
}

async function sha256(bytes: Uint8Array): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', bytes.slice());
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
