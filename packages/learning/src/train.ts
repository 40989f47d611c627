import type { Atlas, LabelSpace } from '@radiolect/findings';
import type { Session, Tensor } from '@radiolect/onnx';
import { floatTensor } from '@radiolect/onnx';
import { UnusableDatasetError } from './errors.ts';
import type { Example } from './example.ts';
import { hashFraction } from './example.ts';
import type { ModelInput } from './input/model-input.ts';
import { fitNormalisation } from './input/normalisation.ts';
import type { Geometry } from './model/geometry.ts';
import { makeGeometry } from './model/geometry.ts';
import { parameterSpecs, shippedModel, trainingSession, validationSession } from './model/training-graph.ts';
import { namedParameters, startingParameters } from './network/parameters.ts';
import { permutation, randomStream } from './random.ts';
import type { Recipe } from './recipe.ts';
import { noiseTable, show } from './training/augmentation.ts';
import type { EpochMetrics, TrainingState } from './training/checkpoint.ts';
import { decodeState, encodeState } from './training/checkpoint.ts';
import { curvesSvg } from './training/curves.ts';
import { runManifest } from './training/manifest.ts';
import { operatingPoints } from './training/operating-points.ts';
import type { RunFolder } from './training/run-folder.ts';
import { jsonBytes, textBytes } from './training/run-folder.ts';
import type { TargetRow } from './training/targets.ts';
import { natureWeights, positiveWeights, prevalenceOf, targetTensors } from './training/targets.ts';
import { scoreValidation, validate } from './training/validation.ts';

/** What a run may use of its surroundings. */
export interface TrainingContext {
  readonly atlas: Atlas;
  readonly labelSpace: LabelSpace;
  /** The prepared pictures of a study, usually from a cache. */
  readonly inputs: (example: Example) => Promise<ModelInput>;
  /** Milliseconds of any clock; for the speed that is reported, never for the result. */
  readonly now: () => number;
  readonly threads?: number;
  readonly provider?: 'cpu' | 'webgpu' | 'cuda';
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: TrainingProgress) => void;
}

export interface TrainingProgress {
  readonly step: number;
  readonly steps: number;
  readonly epoch: number;
  readonly loss: number;
  readonly imagesPerSecond: number;
  readonly secondsLeft: number;
  /** Of the latest finished epoch. */
  readonly latest: EpochMetrics | undefined;
}

export interface TrainingResult {
  readonly bestEpoch: number;
  readonly history: readonly EpochMetrics[];
  /** False when the signal stopped the run; it can be resumed. */
  readonly finished: boolean;
}

/**
 * Trains a model and leaves in the run folder `checkpoint.safetensors`, `metrics.jsonl`, `curves.svg` and, when it
 * ends, `model.onnx`, `operating-points.json` and `manifest.json`. A folder that holds a checkpoint of the same recipe
 * and data is gone on with, to the same result as an unbroken run. Throws UnusableDatasetError, ResumeMismatchError.
 */
export async function trainModel(
  recipe: Recipe,
  examples: AsyncIterable<Example>,
  run: RunFolder,
  context: TrainingContext,
): Promise<TrainingResult> {
  // ---- Data: by split, in a fixed order -----------------------------------------------------------------------------
  const { atlas, labelSpace, now, signal } = context;
  const all: Example[] = [];
  for await (const example of examples) all.push(checked(example, labelSpace));
  all.sort((a, b) => (a.studyKey < b.studyKey ? -1 : 1));
  const training = all.filter((example) => example.split === 'train');
  const validation = all.filter((example) => example.split === 'validation');
  if (training.length < recipe.batchSize || validation.length === 0)
    throw new UnusableDatasetError(
      `${training.length} training and ${validation.length} validation studies`,
      `Add studies: one batch takes ${recipe.batchSize}, and validation at least one.`,
    );
  const prevalence = prevalenceOf(training, labelSpace.positions.length, recipe.labels);
  const weights = { positive: positiveWeights(prevalence, recipe), nature: natureWeights(training, recipe) };

  // ---- Model and state: new, or as the checkpoint left it ------------------------------------------------------------
  const geometry = makeGeometry(atlas, labelSpace.positions, recipe.windows);
  const specs = parameterSpecs(recipe, geometry);
  const key = keyOf(recipe, labelSpace, all);
  const saved = await run.read('checkpoint.safetensors');
  let state: TrainingState;
  if (saved) state = decodeState(saved, specs, key);
  else {
    const parameters = startingParameters(specs, randomStream(recipe.seed, 1));
    const normalisation = await fitNormalisation(
      inputsOf(training.slice(0, recipe.normalisationStudies), context),
      geometry.grid,
    );
    state = {
      normalisation,
      parameters,
      first: new Float32Array(parameters.length),
      second: new Float32Array(parameters.length),
      average: parameters.slice(),
      best: parameters.slice(),
      step: 0,
      bestScore: Number.NEGATIVE_INFINITY,
      bestEpoch: 0,
      lossSum: 0,
      history: [],
    };
  }
  const threads = context.threads ?? 2;
  const provider = context.provider ?? 'cpu';
  const trainer = await trainingSession(recipe, geometry, state.normalisation, specs, { threads, provider });
  const validator = await validationSession(recipe, geometry, state.normalisation, specs, { threads });
  const noise = noiseTable();

  // ---- The loop: every random choice is made anew from (seed, epoch, step), so a resumed run repeats it ---------------
  const stepsPerEpoch = Math.floor(training.length / recipe.batchSize);
  const steps = stepsPerEpoch * recipe.epochs;
  const save = (): Promise<void> => run.write('checkpoint.safetensors', encodeState(state, specs, key));
  const started = { at: now(), step: state.step };
  let order: readonly number[] = [];
  while (state.step < steps && state.history.length - state.bestEpoch < recipe.patience) {
    if (signal?.aborted) {
      await save();
      await Promise.all([trainer.dispose(), validator.dispose()]);
      return { bestEpoch: state.bestEpoch, history: state.history, finished: false };
    }
    const epoch = Math.floor(state.step / stepsPerEpoch);
    const within = state.step % stepsPerEpoch;
    if (within === 0 || order.length === 0) order = permutation(training.length, randomStream(recipe.seed, 2, epoch));
    const chosen = order.slice(within * recipe.batchSize, (within + 1) * recipe.batchSize).map((i) => training[i]!);
    const random = randomStream(recipe.seed, 3, state.step);
    const batch = await batchOf(chosen, context, geometry, { settings: recipe.augmentation, noise, random });
    const learningRate = learningRateAt(state.step, steps, recipe);
    const results = await trainer.run({
      ...batch.tensors,
      ...targetTensors(batch.rows, labelSpace.positions, weights, recipe),
      parameters: vector(state.parameters),
      first: vector(state.first),
      second: vector(state.second),
      learningRate: floatTensor([], [learningRate]),
      step: floatTensor([], [state.step + 1]),
    });
    const parameters = results.nextParameters!.data as Float32Array;
    moveTowards(state.average, parameters, Math.max(1 - recipe.optimizer.averaging, 1 / (state.step + 1)));
    state = {
      ...state,
      parameters,
      first: results.nextFirst!.data as Float32Array,
      second: results.nextSecond!.data as Float32Array,
      step: state.step + 1,
      lossSum: state.lossSum + Number(results.loss!.data[0]),
    };

    // ---- End of an epoch: validate with the averaged weights, keep the best ------------------------------------------
    if (state.step % stepsPerEpoch === 0) {
      const logits = await readAll(validator, state.average, validation, context, geometry, recipe.batchSize);
      const score = scoreValidation(validation, logits, labelSpace.positions, weights.positive, recipe);
      const metrics: EpochMetrics = {
        epoch: epoch + 1,
        step: state.step,
        trainingLoss: state.lossSum / stepsPerEpoch,
        ...score,
        learningRate,
      };
      const better = (score.validationAuroc ?? -score.validationLoss) > state.bestScore;
      state = {
        ...state,
        history: [...state.history, metrics],
        lossSum: 0,
        ...(better
          ? {
              best: state.average.slice(),
              bestScore: score.validationAuroc ?? -score.validationLoss,
              bestEpoch: epoch + 1,
            }
          : {}),
      };
      await run.write('metrics.jsonl', textBytes(state.history.map((one) => `${JSON.stringify(one)}\n`).join('')));
      await run.write('curves.svg', textBytes(curvesSvg(recipe.name, state.history)));
    }
    if (state.step % recipe.checkpointEverySteps === 0 || state.step % stepsPerEpoch === 0) await save();
    const seconds = Math.max(now() - started.at, 1) / 1000;
    const rate = (state.step - started.step) / seconds;
    context.onProgress?.({
      step: state.step,
      steps,
      epoch: epoch + 1,
      loss: Number(results.loss!.data[0]),
      imagesPerSecond: rate * recipe.batchSize,
      secondsLeft: (steps - state.step) / rate,
      latest: state.history.at(-1),
    });
  }

  // ---- What the run leaves behind ------------------------------------------------------------------------------------
  const logits = await readAll(validator, state.best, validation, context, geometry, recipe.batchSize);
  const scored = validate(validation, logits, labelSpace.positions, recipe.labels);
  const points = operatingPoints(scored.positions, scored.metastasis, scored.natures);
  const model = shippedModel(recipe, geometry, state.normalisation, namedParameters(specs, state.best), {
    recipe: recipe.name,
    labelSpace: `${labelSpace.name} ${labelSpace.version}`,
  });
  await run.write('model.onnx', model);
  await run.write('operating-points.json', jsonBytes(points));
  await run.write('curves.svg', textBytes(curvesSvg(recipe.name, state.history)));
  const manifest = await runManifest(recipe, labelSpace, geometry.grid, all, prevalence, state, model);
  await run.write('manifest.json', jsonBytes(manifest));
  await save();
  await Promise.all([trainer.dispose(), validator.dispose()]);
  return { bestEpoch: state.bestEpoch, history: state.history, finished: true };
}

/** Linear warm-up, then half a cosine down to a hundredth. `step` counts from 0. */
export function learningRateAt(step: number, steps: number, { optimizer }: Pick<Recipe, 'optimizer'>): number {
  const { learningRate, warmupSteps } = optimizer;
  if (step < warmupSteps) return (learningRate * (step + 1)) / warmupSteps;
  const progress = Math.min((step - warmupSteps) / Math.max(steps - warmupSteps, 1), 1);
  return learningRate * (0.01 + 0.99 * 0.5 * (1 + Math.cos(Math.PI * progress)));
}

const vector = (data: Float32Array): Tensor => ({ dtype: 'float32', shape: [data.length], data });

function moveTowards(average: Float32Array, latest: Float32Array, share: number): void {
  for (let index = 0; index < average.length; index++)
    average[index] = average[index]! + share * (latest[index]! - average[index]!);
}

function checked(example: Example, { name, version, positions }: LabelSpace): Example {
  const { labelSpace, states } = example.labels;
  if (labelSpace.name !== name || labelSpace.version !== version || states.length !== positions.length)
    throw new UnusableDatasetError(
      `study ${example.studyKey} is labelled in ${labelSpace.name} ${labelSpace.version}`,
      `Make the data set again with the label space ${name} ${version}.`,
    );
  return example;
}

async function* inputsOf(examples: readonly Example[], { inputs }: TrainingContext): AsyncIterable<ModelInput> {
  for (const example of examples) yield await inputs(example);
}

async function batchOf(
  examples: readonly Example[],
  { inputs }: TrainingContext,
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
export interface StudyLogits {
  readonly presence: Float32Array;
  /** (S, N) */
  readonly nature: Float32Array;
  readonly metastasis: number;
}

async function readAll(
  session: Session,
  parameters: Float32Array,
  examples: readonly Example[],
  context: TrainingContext,
  geometry: Geometry,
  batchSize: number,
): Promise<StudyLogits[]> {
  const read: StudyLogits[] = [];
  for (let from = 0; from < examples.length; from += batchSize) {
    // The graph takes whole batches: the last one repeats its first study, and the repeats are dropped.
    const real = examples.slice(from, from + batchSize);
    const filled = [...real, ...new Array<Example>(batchSize - real.length).fill(real[0]!)];
    const { tensors } = await batchOf(filled, context, geometry);
    const results = await session.run({ ...tensors, parameters: vector(parameters) });
    const presence = results.presenceLogits!.data as Float32Array;
    const nature = results.natureLogits!.data as Float32Array;
    real.forEach((_, row) => {
      const { sites, natures } = geometry;
      read.push({
        presence: presence.slice(row * sites, (row + 1) * sites),
        nature: nature.slice(row * sites * natures, (row + 1) * sites * natures),
        metastasis: Number(results.metastasisLogits!.data[row]),
      });
    });
  }
  return read;
}

/** Tells whether a checkpoint belongs to a recipe and a data set: all that decides the result, in order. */
function keyOf(recipe: Recipe, space: LabelSpace, examples: readonly Example[]): string {
  const data = examples.map((one) => `${one.studyKey} ${one.split} ${one.labels.states.join()} ${one.metastasis}`);
  const parts = [JSON.stringify(recipe), JSON.stringify(space), data.join('\n')];
  return parts.map((part) => Math.floor(hashFraction(part) * 2 ** 32).toString(16)).join('-');
}
