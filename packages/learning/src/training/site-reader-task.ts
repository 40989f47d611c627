import type { Atlas, LabelSpace } from '@radiolect/findings';
import type { NamedTensors, Session, Tensor } from '@radiolect/onnx';
import { floatTensor } from '@radiolect/onnx';
import type { Example } from '../example.ts';
import type { ExamplesBySplit } from '../examples-by-split.ts';
import { dataKeyOf } from '../examples-by-split.ts';
import { noiseTable, show } from '../input/augmentation.ts';
import type { ModelInput } from '../input/model-input.ts';
import type { Normalisation } from '../input/normalisation.ts';
import { fitNormalisation } from '../input/normalisation.ts';
import type { Geometry } from '../model/geometry.ts';
import { makeGeometry } from '../model/geometry.ts';
import { shippedModel, siteReaderLoss, validationSession } from '../model/training-graph.ts';
import { trainEverything } from '../network/training-parameters.ts';
import type { SiteReaderRecipe } from '../recipe.ts';
import { tellEnd } from './end-of-run.ts';
import { runManifest } from './manifest.ts';
import { checkOperatingPoints, operatingPoints } from './operating-points.ts';
import type { RunFolder } from './run-folder.ts';
import { jsonBytes } from './run-folder.ts';
import { siteReaderReport } from './site-reader-report.ts';
import type { TargetRow } from './targets.ts';
import { natureWeights, positiveWeights, prevalenceOf, targetTensors } from './targets.ts';
import type { RunContext, RunOutcome } from './training-loop.ts';
import { runTraining } from './training-loop.ts';
import type { TrainingTask } from './training-task.ts';
import { scoreValidation, validate } from './validation.ts';

/** What the site reader needs of its surroundings. */
export interface SiteReaderContext extends RunContext {
  readonly atlas: Atlas;
  readonly labelSpace: LabelSpace;
  /** The prepared pictures of a study, usually from a cache. */
  readonly inputs: (example: Example) => Promise<ModelInput>;
}

/** Trains the site reader and ships it: `model.onnx`, `operating-points.json` and `manifest.json`. */
export async function trainSiteReader(
  recipe: SiteReaderRecipe,
  examples: ExamplesBySplit,
  run: RunFolder,
  context: SiteReaderContext,
): Promise<RunOutcome> {
  checkOperatingPoints(recipe.operatingPoints);
  const { atlas, labelSpace, inputs } = context;
  const geometry = makeGeometry(atlas, labelSpace.positions, recipe.windows);
  const positions = labelSpace.positions;
  const prevalence = prevalenceOf(examples.train, positions.length, recipe.labels);
  const outcome = await runTraining(
    async (kept) => {
      const normalisation = kept ? fromKept(kept) : await normalPicture(recipe, examples.train, inputs, geometry);
      return siteReaderTask(recipe, examples, normalisation, geometry, prevalence, context);
    },
    recipe,
    run,
    context,
  );
  if (!outcome.finished) return tellEnd(outcome, recipe, run, context.watcher);

  const normalisation = fromKept(outcome.kept);
  const reader = await logitsReader(recipe, geometry, normalisation, context);
  const logits = await reader.read(outcome.best, examples.validation);
  await reader.session.dispose();
  const scored = validate(examples.validation, logits, positions, recipe.labels);
  const model = shippedModel(recipe, geometry, normalisation, outcome.best, {
    recipe: recipe.name,
    labelSpace: `${labelSpace.name} ${labelSpace.version}`,
  });
  await run.write('model.onnx', model);
  await run.write(
    'operating-points.json',
    jsonBytes(operatingPoints(scored.positions, scored.metastasis, scored.natures, recipe.operatingPoints)),
  );
  const manifest = await runManifest(recipe, labelSpace, geometry.grid, examples, prevalence, outcome, model);
  await run.write('manifest.json', jsonBytes(manifest));
  return tellEnd(outcome, recipe, run, context.watcher);
}

async function siteReaderTask(
  recipe: SiteReaderRecipe,
  examples: ExamplesBySplit,
  normalisation: Normalisation,
  geometry: Geometry,
  prevalence: ReturnType<typeof prevalenceOf>,
  context: SiteReaderContext,
): Promise<TrainingTask> {
  const { positions } = context.labelSpace;
  const weights = { positive: positiveWeights(prevalence, recipe), nature: natureWeights(examples.train, recipe) };
  const noise = noiseTable();
  const reader = await logitsReader(recipe, geometry, normalisation, context);
  return {
    dataKey: `${JSON.stringify(context.labelSpace)}\n${dataKeyOf(examples)}`,
    policy: trainEverything,
    start: new Map(),
    trainingExamples: examples.train.length,
    validationExamples: examples.validation.length,
    kept: toKept(normalisation),
    build: (g, p, batchSize) => siteReaderLoss(g, p, batchSize, recipe, geometry, normalisation),
    async batch({ indices, random }) {
      const chosen = indices.map((index) => examples.train[index]!);
      const change = { settings: recipe.augmentation, noise, random };
      const { tensors, rows } = await batchOf(chosen, context.inputs, geometry, change);
      return { ...tensors, ...targetTensors(rows, positions, weights, recipe) };
    },
    async validate(state) {
      const logits = await reader.read(state, examples.validation);
      return scoreValidation(examples.validation, logits, positions, weights.positive, recipe);
    },
    async report(state) {
      const logits = await reader.read(state, examples.validation);
      const model = shippedModel(recipe, geometry, normalisation, state, {});
      return siteReaderReport(recipe.labels, examples, logits, model, geometry, context);
    },
    dispose: () => reader.session.dispose(),
  };
}

/** The normal picture is an estimate of the run's own: a resumed run keeps it. */
const toKept = ({ mean, inverseDeviation }: Normalisation): NamedTensors =>
  new Map([
    ['mean', floatTensor([mean.length], mean)],
    ['inverse-deviation', floatTensor([inverseDeviation.length], inverseDeviation)],
  ]);

const fromKept = (kept: NamedTensors): Normalisation => ({
  mean: kept.get('mean')!.data,
  inverseDeviation: kept.get('inverse-deviation')!.data,
});

function normalPicture(
  recipe: SiteReaderRecipe,
  training: readonly Example[],
  inputs: SiteReaderContext['inputs'],
  { grid }: Geometry,
): Promise<Normalisation> {
  const chosen = training.slice(0, recipe.normalisationStudies);
  const read = async function* (): AsyncIterable<ModelInput> {
    for (const example of chosen) yield await inputs(example);
  };
  return fitNormalisation(read(), grid);
}

async function batchOf(
  examples: readonly Example[],
  inputs: SiteReaderContext['inputs'],
  { grid, mirror }: Geometry,
  change?: Parameters<typeof show>[4],
): Promise<{ readonly tensors: Record<'images' | 'seen', Tensor>; readonly rows: readonly TargetRow[] }> {
  const cells = grid.rows * grid.columns;
  const images = new Float32Array(examples.length * 2 * cells);
  const seen = new Float32Array(examples.length * 2);
  const asIs = mirror.map((_, site) => site);
  const rows: TargetRow[] = [];
  for (const [row, example] of examples.entries()) {
    const place = images.subarray(row * 2 * cells, (row + 1) * 2 * cells);
    const { mirrored } = show(await inputs(example), grid, place, seen.subarray(row * 2, row * 2 + 2), change);
    rows.push({ example, order: mirrored ? mirror : asIs });
  }
  const tensors: Record<'images' | 'seen', Tensor> = {
    images: { dtype: 'float32', shape: [examples.length, 2, cells], data: images },
    seen: { dtype: 'float32', shape: [examples.length, 2], data: seen },
  };
  return { tensors, rows };
}

/** Logits of one study, in the order of the label space. */
interface StudyLogits {
  readonly presence: Float32Array;
  /** (S, N) */
  readonly nature: Float32Array;
  readonly metastasis: number;
}

/** Reads studies as they are with any weights. */
async function logitsReader(
  recipe: SiteReaderRecipe,
  geometry: Geometry,
  normalisation: Normalisation,
  { inputs, threads = 2 }: SiteReaderContext,
): Promise<{
  readonly session: Session;
  readonly read: (weights: NamedTensors, examples: readonly Example[]) => Promise<StudyLogits[]>;
}> {
  const session = await validationSession(recipe, geometry, normalisation, { threads });
  const { sites, natures } = geometry;
  const read = async (weights: NamedTensors, examples: readonly Example[]): Promise<StudyLogits[]> => {
    const logits: StudyLogits[] = [];
    for (let from = 0; from < examples.length; from += recipe.batchSize) {
      // The graph takes whole batches: the last one repeats its first study, and the repeats are dropped.
      const real = examples.slice(from, from + recipe.batchSize);
      const filled = [...real, ...new Array<Example>(recipe.batchSize - real.length).fill(real[0]!)];
      const { tensors } = await batchOf(filled, inputs, geometry);
      const results = await session.run({ ...Object.fromEntries(weights), ...tensors });
      const presence = results.presenceLogits!.data as Float32Array;
      const nature = results.natureLogits!.data as Float32Array;
      real.forEach((_, row) => {
        logits.push({
          presence: presence.slice(row * sites, (row + 1) * sites),
          nature: nature.slice(row * sites * natures, (row + 1) * sites * natures),
          metastasis: Number(results.metastasisLogits!.data[row]),
        });
      });
    }
    return logits;
  };
  return { session, read };
}
