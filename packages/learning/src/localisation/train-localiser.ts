import type { LabelSpace } from '@radiolect/findings';
import { views } from '@radiolect/findings';
import type { NamedTensors } from '@radiolect/onnx';
import { calibrated } from '../calibration/calibration.ts';
import { plattScaling } from '../calibration/platt-scaling.ts';
import type { Example } from '../example.ts';
import type { ExamplesBySplit } from '../examples-by-split.ts';
import type { Normalisation } from '../input/normalisation.ts';
import type { ReadingGrid } from '../input/reading-grid.ts';
import { readingGrid } from '../input/reading-grid.ts';
import { tellEnd } from '../training/end-of-run.ts';
import { fileRecord, studyCounts } from '../training/manifest.ts';
import type { RunFolder } from '../training/run-folder.ts';
import { jsonBytes } from '../training/run-folder.ts';
import type { RunOutcome } from '../training/training-loop.ts';
import { runTraining } from '../training/training-loop.ts';
import { anatomyOf } from './anatomy.ts';
import { candidatesOf, evidenceOf } from './candidates.ts';
import { lesionCells } from './lesion-cells.ts';
import { peakFloor } from './load-localiser.ts';
import type { LocaliserManifest } from './localiser-files.ts';
import { encodeNormal, shippedLocaliser } from './localiser-files.ts';
import type { LocaliserRecipe } from './localiser-recipe.ts';
import type { LocaliserContext } from './localiser-task.ts';
import { localiserTask, normalOf, normalOfKept, validationSession, withOutlines } from './localiser-task.ts';
import { boneCells } from './places.ts';
import { placesPerRun, readPlanes } from './read-planes.ts';
import { shownStudy } from './shown-study.ts';

/**
 * Trains a localiser and ships it: `model.onnx`, `normal.safetensors` and `manifest.json`. Throws
 * UnusableDatasetError, ResumeMismatchError.
 */
export async function trainLocaliser(
  recipe: LocaliserRecipe,
  examples: ExamplesBySplit,
  run: RunFolder,
  context: LocaliserContext & { readonly labelSpace: LabelSpace },
): Promise<RunOutcome> {
  const grid = readingGrid(context.atlas, recipe.grid.rows, recipe.grid.columns);
  const outlined = withOutlines(examples);
  const outcome = await runTraining(
    async (kept) => {
      const normal = kept ? normalOfKept(kept) : await normalOf(recipe, outlined.train, context.inputs, grid);
      return localiserTask(recipe, examples, grid, normal, context);
    },
    recipe,
    run,
    context,
  );
  if (!outcome.finished) return tellEnd(outcome, recipe, run, context.watcher);

  const normal = normalOfKept(outcome.kept);
  const validation = outlined.validation.slice(0, recipe.validationStudies);
  const { calibration, thresholds } = await scoresOf(recipe, outcome.best, validation, grid, normal, context);
  const model = shippedLocaliser(recipe, outcome.best);
  const picture = encodeNormal(normal);
  await run.write('model.onnx', model);
  await run.write('normal.safetensors', picture);
  const { rows, columns, left, top, cellWidth, cellHeight } = grid;
  const manifest: LocaliserManifest = {
    kind: 'localiser',
    version: 1,
    recipe,
    labelSpace: context.labelSpace,
    grid: { rows, columns, left, top, cellWidth, cellHeight },
    studies: studyCounts({ ...examples, ...outlined }),
    calibration,
    thresholds,
    bestEpoch: outcome.bestEpoch,
    bestValidation: outcome.history[outcome.bestEpoch - 1]?.measures ?? null,
    steps: outcome.steps,
    parameters: [...outcome.best.values()].reduce((sum, { data }) => sum + data.length, 0),
    files: {
      'model.onnx': await fileRecord(model),
      'normal.safetensors': await fileRecord(picture),
    },
  };
  await run.write('manifest.json', jsonBytes(manifest));
  return tellEnd(outcome, recipe, run, context.watcher);
}

/** False positives per study for which a threshold is kept. */
const budgets = [0.3, 0.5, 1, 2] as const;

/**
 * What the evidence of a spot is worth, and for each budget the lowest score that keeps it, on the validation studies.
 * A spot is right where it touches a lesion.
 */
async function scoresOf(
  recipe: LocaliserRecipe,
  weights: NamedTensors,
  validation: readonly Example[],
  grid: ReadingGrid,
  normal: Normalisation,
  { atlas, inputs, threads = 2 }: LocaliserContext,
): Promise<Pick<LocaliserManifest, 'calibration' | 'thresholds'>> {
  const bone = boneCells(atlas, grid);
  const anatomy = anatomyOf(atlas, grid);
  const session = await validationSession(recipe, { threads }, placesPerRun);
  const evidence: number[] = [];
  const right: boolean[] = [];
  for (const example of validation) {
    const input = await inputs(example);
    const planes = await readPlanes(session, shownStudy(input, grid, normal), grid, bone, weights);
    for (const [v, view] of views.entries()) {
      const plane = planes[view]?.lesion;
      if (!plane) continue;
      const { owner } = lesionCells(input[view]?.regions ?? [], grid, false);
      for (const { cells } of candidatesOf(plane, grid, peakFloor, anatomy[v]!)) {
        evidence.push(evidenceOf(cells, plane));
        right.push(cells.some((cell) => owner[cell] !== 0));
      }
    }
  }
  await session.dispose();
  const calibration = plattScaling({ logits: evidence, positive: right }, { slope: 1, offset: 0 }, 1);
  const wrong = evidence.filter((_, index) => !right[index]).map((one) => calibrated(calibration, one));
  wrong.sort((a, b) => b - a);
  const thresholds = Object.fromEntries(
    budgets.map((budget) => {
      // The first score that would be one too many must stay hidden.
      const first = wrong[Math.floor(budget * validation.length + 1e-9)];
      return [String(budget), first === undefined ? 0 : Math.min(first * 1.0001, 1)];
    }),
  );
  return { calibration, thresholds };
}
