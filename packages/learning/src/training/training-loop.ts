import type { NamedTensors, SessionOptions, Tensor, TrainingState } from '@radiolect/onnx';
import { Graph, sizeOf, TrainingSession } from '@radiolect/onnx';
import { ResumeMismatchError, UnusableDatasetError } from '../errors.ts';
import { Fingerprint } from '../fingerprint.ts';
import { TrainingParameters } from '../network/training-parameters.ts';
import { permutation, randomStream } from '../random.ts';
import type { RunWatcher, ValidationReport } from '../watching/run-watcher.ts';
import type { EpochMetrics, RunState } from './checkpoint.ts';
import { decodeCheckpoint, encodeCheckpoint, epochLine } from './checkpoint.ts';
import { curvesSvg } from './curves.ts';
import type { RunFolder } from './run-folder.ts';
import { textBytes } from './run-folder.ts';
import type { Schedule } from './schedule.ts';
import { averageShareAt, learningRateAt } from './schedule.ts';
import type { MakeTask, TrainingTask } from './training-task.ts';

/** What a run may use of its surroundings. */
export interface RunContext {
  /** Milliseconds of any clock; for the speed that is reported, never for the result. */
  readonly now: () => number;
  readonly threads?: number;
  readonly provider?: NonNullable<SessionOptions['provider']>;
  readonly signal?: AbortSignal;
  /** Steps run in a thread of their own while the next batch is decoded and augmented in this one. */
  readonly overlapped?: boolean;
  /** Looks on; it never changes the run. */
  readonly watcher?: RunWatcher;
}

export interface RunOutcome {
  readonly bestEpoch: number;
  readonly history: readonly EpochMetrics[];
  /** Weights of the best epoch. */
  readonly best: NamedTensors;
  readonly kept: NamedTensors;
  readonly steps: number;
  /** False when the signal stopped the run; it can be resumed. */
  readonly finished: boolean;
  /** Why the task ended the run before its time, in words for a person. */
  readonly stopped?: string;
  /** What the best weights do in validation; made only where somebody looks on. */
  readonly report?: ValidationReport;
}

/**
 * Trains a task and leaves in the run folder `checkpoint.safetensors`, `metrics.jsonl` and `curves.svg`. A folder that
 * holds a checkpoint of the same recipe and data is gone on with, to the same bits as an unbroken run (same machine and
 * thread count, on the CPU): every random choice is made anew from (seed, step). Throws UnusableDatasetError,
 * ResumeMismatchError.
 */
export async function runTraining<Recipe extends Schedule & { readonly kind: string }>(
  makeTask: MakeTask,
  recipe: Recipe,
  run: RunFolder,
  context: RunContext,
): Promise<RunOutcome> {
  // ---- The task, and the state: new, or as the checkpoint left it ----------------------------------------------------
  const bytes = await run.read('checkpoint.safetensors');
  const saved = bytes && decodeCheckpoint(bytes);
  const task = await makeTask(saved?.kept);
  const key = `${new Fingerprint().add(trainedBy(recipe))}-${new Fingerprint().add(task.dataKey)}`;
  if (saved && saved.key !== key) throw new ResumeMismatchError('recipe or data set');
  const used = Math.round(task.trainingExamples * (recipe.trainingShare ?? 1));
  const passes = recipe.passesPerEpoch ?? 1;
  const stepsPerEpoch = Math.floor((used * passes) / recipe.batchSize);
  if (stepsPerEpoch === 0)
    throw new UnusableDatasetError(
      `${used} training examples`,
      `One batch takes ${recipe.batchSize}: add studies, take a larger share, or pass over them more often.`,
    );
  const steps = stepsPerEpoch * recipe.epochs;
  const microBatches = recipe.microBatches ?? 1;
  if (recipe.batchSize % microBatches !== 0)
    throw new RangeError(`a batch of ${recipe.batchSize} does not fall into ${microBatches} equal micro-batches`);

  const graph = new Graph();
  const parameters = new TrainingParameters(graph, task.policy);
  const { loss, logged = {} } = task.build(graph, parameters, recipe.batchSize / microBatches);
  const { trained, frozen, averages, carried } = parameters;
  let state = saved?.state ?? (await freshState(task, parameters, recipe));
  const session = await TrainingSession.create(
    { graph, loss, logged, trained, frozen, averages, carried },
    { optimizer: recipe.optimizer, microBatches, keepsAverage: true },
    state.training,
    {
      threads: context.threads ?? 2,
      overlapped: context.overlapped ?? false,
      ...(context.provider ? { provider: context.provider } : {}),
    },
  );

  await context.watcher?.onStart?.({
    name: recipe.name,
    kind: recipe.kind,
    steps,
    stepsPerEpoch,
    step: state.training.step,
    batchSize: recipe.batchSize,
    examples: { train: used, validation: task.validationExamples },
    parameters: trained.reduce((sum, { value }) => sum + sizeOf(value.shape), 0),
    device: context.provider ?? 'cpu',
    threads: context.threads ?? 2,
    recipe,
    history: state.history.map(epochLine),
  });

  // ---- The loop -------------------------------------------------------------------------------------------------------
  const order = epochOrder(used, passes, recipe.seed);
  const prepare = async (step: number): Promise<readonly Readonly<Record<string, Tensor>>[]> => {
    const epoch = Math.floor(step / stepsPerEpoch);
    const from = (step % stepsPerEpoch) * recipe.batchSize;
    const indices = order(epoch).slice(from, from + recipe.batchSize);
    const size = recipe.batchSize / microBatches;
    const batches: Readonly<Record<string, Tensor>>[] = [];
    for (let part = 0; part < microBatches; part++)
      batches.push(
        await task.batch({
          indices: indices.slice(part * size, (part + 1) * size),
          epoch,
          step,
          random: randomStream(recipe.seed, 3, step, part),
        }),
      );
    return batches;
  };
  const save = async (training: TrainingState): Promise<void> => {
    state = { ...state, training };
    await run.write('checkpoint.safetensors', encodeCheckpoint(state, task.kept, key));
  };
  const outcome = (finished: boolean, stopped?: string): RunOutcome => ({
    bestEpoch: state.bestEpoch,
    history: state.history,
    best: state.best,
    kept: task.kept,
    steps: step,
    finished,
    ...(stopped === undefined ? {} : { stopped }),
  });
  let step = state.training.step;
  const started = { at: context.now(), step };
  let stopped: string | undefined;
  let upcoming = step < steps ? ahead(prepare(step)) : undefined;
  try {
    while (upcoming && state.history.length - state.bestEpoch < recipe.patience && stopped === undefined) {
      if (context.signal?.aborted) {
        await save(await session.state());
        return outcome(false);
      }
      const batches = await upcoming;
      const learningRate = learningRateAt(step, steps, recipe);
      const running = session.step(batches, { learningRate, averageShare: averageShareAt(step, steps, recipe) });
      // The next batch is decoded and augmented while this one is learnt from.
      upcoming = step + 1 < steps ? ahead(prepare(step + 1)) : undefined;
      const results = await running;
      const lossNow = Number(results.loss!.data[0]);
      if (!Number.isFinite(lossNow)) stopped = divergence(step, learningRate);
      state = { ...state, lossSum: state.lossSum + lossNow };
      step += 1;

      const epochEnded = step % stepsPerEpoch === 0 && stopped === undefined;
      // The state is copied once, for validation and checkpoint alike.
      const held = epochEnded || step % recipe.checkpointEverySteps === 0 ? await session.state() : undefined;
      if (held && epochEnded) {
        const weights = readingWeights(held);
        const epoch = step / stepsPerEpoch;
        const { score, measures, stop } = await task.validate(weights, epoch);
        const trainingLoss = state.lossSum / stepsPerEpoch;
        const better = score > state.bestScore;
        state = {
          ...state,
          history: [...state.history, { epoch, step, trainingLoss, learningRate, score, measures }],
          lossSum: 0,
          ...(better ? { best: weights, bestScore: score, bestEpoch: epoch } : {}),
        };
        stopped = stop;
        await run.write(
          'metrics.jsonl',
          textBytes(state.history.map((one) => `${JSON.stringify(epochLine(one))}\n`).join('')),
        );
        await run.write('curves.svg', textBytes(curvesSvg(recipe.name, state.history)));
      }
      if (held) await save(held);
      const rate = (step - started.step) / (Math.max(context.now() - started.at, 1) / 1000);
      const { loss: _, gradientNorm, ...parts } = results;
      await context.watcher?.onStep?.({
        step,
        epoch: Math.ceil(step / stepsPerEpoch),
        loss: lossNow,
        learningRate,
        gradientNorm: Number(gradientNorm!.data[0]),
        imagesPerSecond: rate * recipe.batchSize,
        secondsLeft: (steps - step) / rate,
        logged: Object.fromEntries(Object.entries(parts).map(([name, tensor]) => [name, Number(tensor.data[0])])),
      });
      if (epochEnded) await context.watcher?.onEpoch?.(state.history.map(epochLine));
    }
    const report = context.watcher && state.bestEpoch > 0 ? await task.report?.(state.best) : undefined;
    return { ...outcome(true, stopped), ...(report ? { report } : {}) };
  } finally {
    await Promise.all([session.dispose(), task.dispose()]);
  }
}

/** What of a recipe makes the weights: a finished run that is resumed may choose its thresholds anew. */
const trainedBy = (recipe: object): string =>
  JSON.stringify(recipe, (name, value: unknown) => (name === 'operatingPoints' ? undefined : value));

/** A batch that is prepared ahead may fail, or be left over, while nobody waits for it yet. */
function ahead<T>(preparing: Promise<T>): Promise<T> {
  preparing.catch(() => undefined);
  return preparing;
}

/** The averaged weights, with what is frozen and carried: what reads at validation and after. */
function readingWeights({ average, frozen, carried }: RunState['training']): NamedTensors {
  return new Map([...average, ...frozen, ...carried]);
}

async function freshState(task: TrainingTask, parameters: TrainingParameters, { seed }: Schedule): Promise<RunState> {
  const all = parameters.start(task.start, randomStream(seed, 1));
  const names = (values: readonly { readonly name: string }[]): NamedTensors =>
    new Map(values.map(({ name }) => [name, all.get(name)!]));
  const trained = names(parameters.trained.map(({ value }) => value));
  const zeros = (): NamedTensors =>
    new Map([...trained].map(([name, one]) => [name, { ...one, data: new Float32Array(one.data.length) }]));
  const training = {
    step: 0,
    parameters: trained,
    first: zeros(),
    second: zeros(),
    average: trained,
    frozen: names(parameters.frozen),
    carried: parameters.carriedStart(),
  };
  return {
    training,
    best: readingWeights(training),
    bestScore: Number.NEGATIVE_INFINITY,
    bestEpoch: 0,
    lossSum: 0,
    history: [],
  };
}

/** The order of the examples in an epoch: a new one for each pass, over the same share of them. */
function epochOrder(used: number, passes: number, seed: number): (epoch: number) => readonly number[] {
  let known: { readonly epoch: number; readonly order: readonly number[] } | undefined;
  return (epoch) => {
    if (known?.epoch !== epoch) {
      const order = Array.from({ length: passes }, (_, pass) => permutation(used, randomStream(seed, 2, epoch, pass)));
      known = { epoch, order: order.flat() };
    }
    return known.order;
  };
}

const divergence = (step: number, learningRate: number): string =>
  `the loss is no number any more at step ${step + 1} (learning rate ${learningRate.toPrecision(2)}): ` +
  'lower the learning rate, lengthen the warm-up, or clip gradients harder';
