import type { LabelSpace } from '@radiolect/findings';
import type { ExamplesBySplit } from '../examples-by-split.ts';
import type { Lattice } from '../input/reading-grid.ts';
import { learntNatures } from '../model/geometry.ts';
import type { SiteReaderRecipe } from '../recipe.ts';
import type { Prevalence } from './targets.ts';
import type { RunOutcome } from './training-loop.ts';

/** What a manifest says of a file beside it. */
export interface FileRecord {
  readonly sha256: string;
  readonly bytes: number;
}

/** `manifest.json` of a run: what made the model, from what, and how it did in validation. */
export interface RunManifest {
  readonly kind: 'site-reader';
  readonly version: 1;
  readonly recipe: SiteReaderRecipe;
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
  readonly files: Readonly<Record<'model.onnx', FileRecord>>;
}

export async function runManifest(
  recipe: SiteReaderRecipe,
  labelSpace: LabelSpace,
  { rows, columns, left, top, cellWidth, cellHeight }: Lattice,
  examples: ExamplesBySplit,
  prevalence: Prevalence,
  outcome: RunOutcome,
  model: Uint8Array,
): Promise<RunManifest> {
  const best = outcome.history[outcome.bestEpoch - 1];
  return {
    kind: 'site-reader',
    version: 1,
    recipe,
    labelSpace,
    natures: learntNatures,
    grid: { rows, columns, left, top, cellWidth, cellHeight },
    studies: studyCounts(examples),
    prevalence: Object.fromEntries(
      labelSpace.positions.map((id, site) => [
        id,
        { present: prevalence.present[site]!, absent: prevalence.absent[site]! },
      ]),
    ),
    bestEpoch: outcome.bestEpoch,
    bestValidation: best
      ? {
          auroc: best.measures.validationAuroc ?? null,
          loss: best.measures.validationLoss ?? 0,
          sites: best.measures.sites ?? 0,
        }
      : null,
    steps: outcome.steps,
    parameters: [...outcome.best.values()].reduce((sum, { data }) => sum + data.length, 0),
    files: { 'model.onnx': await fileRecord(model) },
  };
}

export const studyCounts = ({ train, validation, test }: ExamplesBySplit): RunManifest['studies'] => ({
  train: train.length,
  validation: validation.length,
  test: test.length,
});

export async function fileRecord(bytes: Uint8Array): Promise<FileRecord> {
  const digest = await crypto.subtle.digest('SHA-256', bytes.slice());
  const sha256 = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
  return { sha256, bytes: bytes.length };
}
