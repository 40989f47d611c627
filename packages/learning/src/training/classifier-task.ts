import type { NamedTensors, Tensor, Value } from '@radiolect/onnx';
import { encodeModel, floatTensor, Graph, Session } from '@radiolect/onnx';
import { backboneFile } from '../backbones/backbone-file.ts';
import { createBackbone } from '../backbones/create-backbone.ts';
import type { ScoredLabels } from '../calibration/scored-labels.ts';
import { classifier } from '../model/classifier.ts';
import { multiLabelLoss } from '../network/losses.ts';
import { finetunedParameters, parameterPolicy, plainWeights } from '../network/parameter-policy.ts';
import type { Parameters } from '../network/parameters.ts';
import { FixedParameters, ParameterInputs } from '../network/parameters.ts';
import type { PictureExample, PictureSource } from '../pictures/picture-source.ts';
import type { Random } from '../random.ts';
import type { ClassifierRecipe } from '../recipe.ts';
import { classifierReport } from './classifier-report.ts';
import { dropPathMask } from './drop-path.ts';
import { tellEnd } from './end-of-run.ts';
import type { FileRecord } from './manifest.ts';
import { fileRecord } from './manifest.ts';
import type { OperatingPoints } from './operating-points.ts';
import { checkOperatingPoints, positionOperations } from './operating-points.ts';
import { areaUnderCurve } from './ranking.ts';
import type { RunFolder } from './run-folder.ts';
import { jsonBytes, textBytes } from './run-folder.ts';
import { average, positiveWeight, shareOf } from './targets.ts';
import type { RunContext, RunOutcome } from './training-loop.ts';
import { runTraining } from './training-loop.ts';
import type { EpochScore, TrainingTask } from './training-task.ts';

/** What a classifier needs of its surroundings. */
export interface ClassifierContext extends RunContext {
  /** Weights to begin with, by name; a backbone's alone will do. */
  readonly pretrained?: NamedTensors;
}

/** `manifest.json` of a classifier. */
export interface ClassifierManifest {
  readonly kind: 'classifier';
  readonly version: 1;
  readonly recipe: ClassifierRecipe;
  /** Names of the outputs, K. */
  readonly outputs: readonly string[];
  readonly views: number;
  readonly picture: readonly [number, number];
  readonly examples: Readonly<Record<'train' | 'validation' | 'test', number>>;
  readonly bestEpoch: number;
  readonly bestValidation: EpochScore['measures'];
  readonly steps: number;
  readonly parameters: number;
  /** `model.onnx`, and `backbone.safetensors` where there is a backbone. */
  readonly files: Readonly<Record<string, FileRecord>>;
}

/** `operating-points.json` of a classifier: by output, how its logit becomes a probability and a call. */
export type OutputOperations = Pick<OperatingPoints, 'method' | 'positions'>;

/**
 * Trains any backbone with a linear head, and ships it: `model.onnx` (one case at a time: `images`, `seen` → `logits`),
 * `backbone.safetensors`, `operating-points.json`, `manifest.json`, and `predictions.jsonl` (every validation and test case
 * with its logits and labels, for whoever grades). Throws what `runTraining` throws, InvalidBackboneError, and RangeError
 * where pretrained weights do not fit.
 */
export async function trainClassifier(
  recipe: ClassifierRecipe,
  source: PictureSource,
  run: RunFolder,
  context: ClassifierContext,
): Promise<RunOutcome> {
  checkOperatingPoints(recipe.operatingPoints);
  const outcome = await runTraining(() => classifierTask(recipe, source, context), recipe, run, context);
  if (!outcome.finished) return tellEnd(outcome, recipe, run, context.watcher);
  const weights = plainWeights(outcome.best, finetuning(recipe));
  const { name, backbone } = recipe;
  const files: [string, FileRecord][] = [];
  const ship = async (file: string, bytes: Uint8Array): Promise<void> => {
    await run.write(file, bytes);
    files.push([file, await fileRecord(bytes)]);
  };
  await ship('model.onnx', shippedClassifier(recipe, source, weights));
  if (backbone.kind !== 'pixels')
    await ship('backbone.safetensors', backboneFile({ name, backbone }, weights, outcome.bestEpoch));
  const reader = await logitsReader(recipe, source, context);
  const lines: string[] = [];
  for (const split of ['validation', 'test'] as const) {
    const logits = await reader.read(outcome.best, source.examples[split]);
    if (split === 'validation') {
      const scored = scoredOutputs(recipe, source, logits);
      const { method, positions } = positionOperations(scored, recipe.operatingPoints);
      await run.write('operating-points.json', jsonBytes({ method, positions } satisfies OutputOperations));
    }
    source.examples[split].forEach(({ key, patientKey, states }, index) => {
      lines.push(JSON.stringify({ key, patientKey, split, states, logits: Array.from(logits[index]!) }));
    });
  }
  await reader.session.dispose();
  await run.write('predictions.jsonl', textBytes(`${lines.join('\n')}\n`));
  const { train, validation, test } = source.examples;
  const manifest: ClassifierManifest = {
    kind: 'classifier',
    version: 1,
    recipe,
    outputs: source.outputs,
    views: source.views,
    picture: source.picture,
    examples: { train: train.length, validation: validation.length, test: test.length },
    bestEpoch: outcome.bestEpoch,
    bestValidation: outcome.history[outcome.bestEpoch - 1]?.measures ?? {},
    steps: outcome.steps,
    parameters: [...weights.values()].reduce((sum, { data }) => sum + data.length, 0),
    files: Object.fromEntries(files),
  };
  await run.write('manifest.json', jsonBytes(manifest));
  return tellEnd(outcome, recipe, run, context.watcher);
}

const finetuning = ({ finetuning: settings }: ClassifierRecipe) => settings ?? ({ kind: 'everything' } as const);

async function classifierTask(
  recipe: ClassifierRecipe,
  source: PictureSource,
  context: ClassifierContext,
): Promise<TrainingTask> {
  const backbone = createBackbone(recipe.backbone);
  const { outputs, views, picture, examples } = source;
  // A probe measures the features that the trunk gives when it reads.
  const dropPath = finetuning(recipe).kind === 'linear-probe' ? 0 : (recipe.dropPath ?? 0);
  const positive = positiveWeightsOf(recipe, source);
  const reader = await logitsReader(recipe, source, context);
  return {
    dataKey: source.dataKey,
    policy: parameterPolicy(finetuning(recipe), backbone.blocks),
    start: context.pretrained ?? new Map(),
    trainingExamples: examples.train.length,
    validationExamples: examples.validation.length,
    kept: new Map(),
    build(g, p, batch) {
      const images = g.input('images', 'float32', [batch, views, ...picture]);
      const seen = g.input('seen', 'float32', [batch, views]);
      const mask = dropPath > 0 ? g.input('dropPath', 'float32', [backbone.blocks, batch * views]) : undefined;
      const targets = {
        positive: g.input('positive', 'float32', [batch, outputs.length]),
        negative: g.input('negative', 'float32', [batch, outputs.length]),
      };
      const own = finetunedParameters(g, p, finetuning(recipe));
      const logits = classifier(
        g,
        own,
        images,
        seen,
        backbone,
        outputs.length,
        recipe.readout,
        mask ? { dropPath: mask } : {},
      );
      return { loss: multiLabelLoss(g, logits, targets, recipe.loss) };
    },
    async batch({ indices, random }) {
      const chosen = indices.map((index) => examples.train[index]!);
      const { tensors, mirrored } = await shownBatch(source, chosen, random);
      return {
        ...tensors,
        ...targetsOf(recipe, source, chosen, mirrored, positive),
        ...(dropPath > 0 ? { dropPath: dropPathMask(backbone.blocks, indices.length * views, dropPath, random) } : {}),
      };
    },
    async validate(weights) {
      const logits = await reader.read(weights, examples.validation);
      return scoreClassifier(recipe, examples.validation, logits, outputs.length);
    },
    async report(weights) {
      const logits = await reader.read(weights, examples.validation);
      const plain = plainWeights(weights, finetuning(recipe));
      const build = (g: Graph): Value => forward(g, new FixedParameters(g, plain), 1, recipe, source);
      return classifierReport(recipe.labels, source, logits, build, context.threads);
    },
    dispose: () => reader.session.dispose(),
  };
}

/** (K): how much a positive counts more than a negative, from the training labels. */
function positiveWeightsOf({ labels, loss }: ClassifierRecipe, { outputs, examples }: PictureSource): Float64Array {
  const counts = outputs.map(() => ({ present: 0, absent: 0 }));
  for (const { states } of examples.train)
    states.forEach((state, output) => {
      const share = shareOf(state, labels);
      if (share === undefined) return;
      counts[output]!.present += share;
      counts[output]!.absent += 1 - share;
    });
  return Float64Array.from(counts, ({ present, absent }) => positiveWeight(present, absent, loss));
}

function targetsOf(
  { labels }: ClassifierRecipe,
  { outputs, mirror }: PictureSource,
  chosen: readonly PictureExample[],
  mirrored: readonly boolean[],
  weights: Float64Array,
): Record<'positive' | 'negative', Tensor> {
  const count = outputs.length;
  const positive = new Float32Array(chosen.length * count);
  const negative = new Float32Array(chosen.length * count);
  chosen.forEach(({ states }, row) => {
    for (let output = 0; output < count; output++) {
      const label = mirrored[row] ? mirror[output]! : output;
      const share = shareOf(states[label]!, labels);
      if (share === undefined) continue;
      positive[row * count + output] = share * weights[label]!;
      negative[row * count + output] = 1 - share;
    }
  });
  average([positive, negative], 1);
  const shape = [chosen.length, count];
  return { positive: floatTensor(shape, positive), negative: floatTensor(shape, negative) };
}

async function shownBatch(
  source: PictureSource,
  examples: readonly PictureExample[],
  random?: Random,
): Promise<{ readonly tensors: Record<'images' | 'seen', Tensor>; readonly mirrored: readonly boolean[] }> {
  const { views, picture } = source;
  const size = views * picture[0] * picture[1];
  const images = new Float32Array(examples.length * size);
  const seen = new Float32Array(examples.length * views);
  const mirrored: boolean[] = [];
  for (const [row, example] of examples.entries()) {
    const target = images.subarray(row * size, (row + 1) * size);
    const shown = await source.show(example, target, seen.subarray(row * views, (row + 1) * views), random);
    mirrored.push(shown.mirrored);
  }
  return {
    tensors: {
      images: { dtype: 'float32', shape: [examples.length, views, ...picture], data: images },
      seen: { dtype: 'float32', shape: [examples.length, views], data: seen },
    },
    mirrored,
  };
}

function forward(
  g: Graph,
  p: Parameters,
  batch: number,
  recipe: ClassifierRecipe,
  { views, picture, outputs }: PictureSource,
): Value {
  const images = g.input('images', 'float32', [batch, views, ...picture]);
  const seen = g.input('seen', 'float32', [batch, views]);
  return classifier(g, p, images, seen, createBackbone(recipe.backbone), outputs.length, recipe.readout);
}

/** Reads cases as they are with any weights of the run. */
async function logitsReader(
  recipe: ClassifierRecipe,
  source: PictureSource,
  { threads = 2 }: ClassifierContext,
): Promise<{
  readonly session: Session;
  readonly read: (weights: NamedTensors, examples: readonly PictureExample[]) => Promise<Float32Array[]>;
}> {
  const batch = Math.max(Math.floor(recipe.batchSize / (recipe.microBatches ?? 1)), 1);
  const g = new Graph();
  g.output(
    'logits',
    forward(g, finetunedParameters(g, new ParameterInputs(g), finetuning(recipe)), batch, recipe, source),
  );
  const session = await Session.create(encodeModel(g), { threads });
  const count = source.outputs.length;
  const read = async (weights: NamedTensors, examples: readonly PictureExample[]): Promise<Float32Array[]> => {
    const logits: Float32Array[] = [];
    for (let from = 0; from < examples.length; from += batch) {
      // The graph takes whole batches: the last one repeats its first case, and the repeats are dropped.
      const real = examples.slice(from, from + batch);
      const filled = [...real, ...new Array<PictureExample>(batch - real.length).fill(real[0]!)];
      const { tensors } = await shownBatch(source, filled);
      const results = await session.run({ ...Object.fromEntries(weights), ...tensors });
      const data = results.logits!.data as Float32Array;
      real.forEach((_, row) => {
        logits.push(data.slice(row * count, (row + 1) * count));
      });
    }
    return logits;
  };
  return { session, read };
}

/** Validation logits beside labels, by output; a share between present and absent is neither. */
function scoredOutputs(
  { labels }: ClassifierRecipe,
  { outputs, examples }: PictureSource,
  logits: readonly Float32Array[],
): Map<string, ScoredLabels> {
  return new Map(
    outputs.map((name, output) => {
      const scored = { logits: [] as number[], positive: [] as boolean[] };
      examples.validation.forEach(({ states }, index) => {
        const share = shareOf(states[output]!, labels);
        if (share !== 0 && share !== 1) return;
        scored.logits.push(logits[index]![output]!);
        scored.positive.push(share === 1);
      });
      return [name, scored] as const;
    }),
  );
}

/** An output is scored where validation has at least this many of either state. */
const enough = 3;

/** Mean AUROC over the outputs with enough labels, and the mean loss of a label. */
function scoreClassifier(
  { labels }: ClassifierRecipe,
  examples: readonly PictureExample[],
  logits: readonly Float32Array[],
  outputs: number,
): EpochScore {
  const areas: number[] = [];
  let loss = 0;
  let stated = 0;
  for (let output = 0; output < outputs; output++) {
    const scores: number[] = [];
    const positive: boolean[] = [];
    examples.forEach(({ states }, index) => {
      const share = shareOf(states[output]!, labels);
      if (share === undefined) return;
      const logit = logits[index]![output]!;
      loss += share * softplus(-logit) + (1 - share) * softplus(logit);
      stated += 1;
      if (share !== 0 && share !== 1) return;
      scores.push(logit);
      positive.push(share === 1);
    });
    const positives = positive.filter(Boolean).length;
    if (positives < enough || positive.length - positives < enough) continue;
    const area = areaUnderCurve(scores, positive);
    if (area !== undefined) areas.push(area);
  }
  const validationLoss = loss / Math.max(stated, 1);
  const validationAuroc = areas.length > 0 ? areas.reduce((a, b) => a + b, 0) / areas.length : null;
  return {
    score: validationAuroc ?? -validationLoss,
    measures: { validationLoss, validationAuroc, outputs: areas.length },
  };
}

const softplus = (x: number): number => (x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x)));

function shippedClassifier(recipe: ClassifierRecipe, source: PictureSource, weights: NamedTensors): Uint8Array {
  const g = new Graph();
  g.output('logits', forward(g, new FixedParameters(g, weights), 1, recipe, source));
  return encodeModel(g, { halfPrecision: true, metadata: { recipe: recipe.name } });
}
