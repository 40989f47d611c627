import type { Graph, NamedTensors, Value } from '@radiolect/onnx';
import { Graph as OnnxGraph } from '@radiolect/onnx';
import type { Backbone } from '../backbones/backbone.ts';
import type { Parameters } from '../network/parameters.ts';
import { TrainingParameters, trainEverything } from '../network/training-parameters.ts';
import type { PictureSource } from '../pictures/picture-source.ts';
import { randomStream } from '../random.ts';
import type { Measures, TrainingTask } from '../training/training-task.ts';
import { collapseOf } from './collapse.ts';
import type { Diagnostics } from './diagnostics.ts';
import type { EpochRecord } from './epoch-choice.ts';
import { judgedBy } from './epoch-choice.ts';
import { epochJudge } from './epoch-judge.ts';
import type { PretrainingRecipe } from './pretraining-recipe.ts';

/** What a pretraining is besides its judge. */
export interface PretrainingParts extends Pick<TrainingTask, 'build' | 'batch'> {
  readonly backbone: Backbone;
  /** Pooled features (B·V, D) to where the loss is taken. */
  readonly project?: (g: Graph, p: Parameters, features: Value) => Value;
  /** What to change should it collapse, in words for a person. */
  readonly advice: string;
  /** Tells its data from other data, besides the source's own key. */
  readonly dataKey?: string;
}

/** What a pretraining is given besides its recipe and its pictures. */
export interface PretrainingSurroundings {
  readonly threads: number;
  /** Weights to begin with, by name. */
  readonly start: NamedTensors;
  /** Epochs of this run that were judged before it was resumed. */
  readonly earlier: readonly EpochRecord[];
  /** Called with the records of all epochs so far, the untrained network first. */
  readonly onRecords: (records: readonly EpochRecord[]) => Promise<void>;
}

/**
 * A task that judges every epoch on the same images: the neighbour probe scores it, collapse stops it. Where nothing is
 * labelled the effective rank scores it.
 */
export async function pretrainingTask(
  recipe: PretrainingRecipe,
  source: PictureSource,
  { threads, start, earlier, onRecords }: PretrainingSurroundings,
  { backbone, build, batch, project, advice, dataKey = '' }: PretrainingParts,
): Promise<TrainingTask> {
  const judge = await epochJudge(source, backbone, recipe, threads, project);
  const records = new Map(earlier.map((record) => [record.epoch, record]));
  if (!records.has(0)) records.set(0, await judge.measure(startingWeights(recipe, start, build), 0));
  const untrained = records.get(0)!;
  return {
    dataKey: `${source.dataKey}\n${dataKey}`,
    policy: trainEverything,
    start,
    trainingExamples: source.examples.train.length,
    validationExamples: Math.min(recipe.probe.images, source.examples.validation.length),
    kept: new Map(),
    build,
    batch,
    async validate(weights, epoch) {
      const record = await judge.measure(weights, epoch);
      records.set(epoch, record);
      await onRecords([...records.values()].filter((one) => one.epoch <= epoch).sort((a, b) => a.epoch - b.epoch));
      const stop = collapseOf(untrained, record, advice);
      // A collapsed epoch is never the best one while another has ended.
      return {
        score: stop === undefined ? judgedBy(record) : 0,
        measures: measuresOf(record),
        ...(stop === undefined ? {} : { stop }),
      };
    },
    dispose: () => judge.dispose(),
  };
}

/** The very weights that the loop begins with: drawn from the same stream in the same order. */
function startingWeights(
  { seed, batchSize, microBatches = 1 }: PretrainingRecipe,
  start: NamedTensors,
  build: TrainingTask['build'],
): NamedTensors {
  const g = new OnnxGraph();
  const p = new TrainingParameters(g, trainEverything);
  build(g, p, batchSize / microBatches);
  return new Map([...p.start(start, randomStream(seed, 1)), ...p.carriedStart()]);
}

function measuresOf({ probe, features, projections }: EpochRecord): Measures {
  const named = (of: string, { distance, deviation, effectiveRank, alignment, uniformity }: Diagnostics): Measures => ({
    [`${of}Distance`]: distance,
    [`${of}Deviation`]: deviation,
    [`${of}EffectiveRank`]: effectiveRank,
    [`${of}Alignment`]: alignment,
    [`${of}Uniformity`]: uniformity,
  });
  return {
    probeAuroc: probe,
    ...named('feature', features),
    ...(projections ? named('projection', projections) : {}),
  };
}
