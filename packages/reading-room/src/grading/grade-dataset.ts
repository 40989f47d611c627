import type { Estimate, SiteTable } from '@radiolect/evaluation';
import {
  auroc,
  bootstrap,
  brierScore,
  expectedCalibrationError,
  rank,
  reliability,
  siteTable,
} from '@radiolect/evaluation';
import type { Pack, Prediction } from '@radiolect/findings';
import type { Example, Split } from '@radiolect/learning';
import { readExamples, readPictures } from '@radiolect/learning/node';
import { RefusedError } from '../errors.ts';
import type { ReadyModel } from '../reading/models.ts';
import { scoresBySite } from './scores-by-site.ts';

/** How well a model agrees with the labels of a dataset: with its reports, not with the truth. */
export interface DatasetResult {
  readonly n: number;
  readonly split: Split;
  readonly reference: 'labels of the dataset';
  readonly meanAuroc: SiteTable['meanAuroc'];
  readonly perSite: SiteTable['rows'];
  readonly metastasis: { readonly auroc: Estimate; readonly positives: number };
  readonly brier: Estimate;
  readonly ece: Estimate;
  readonly refused: number;
}

export interface DatasetGradingOptions {
  readonly onProgress?: (done: number, total: number) => void;
  readonly onRefusal?: (studyKey: string, reason: string) => void;
  readonly signal?: AbortSignal;
}

/**
 * Reads the studies that a dataset keeps for testing (validation where it keeps none). What a label leaves unmentioned
 * or uncertain is left out. A study that cannot be read is counted and the rest goes on. Throws RefusedError where the
 * dataset keeps nothing apart from training.
 */
export async function gradeDataset(
  folder: string,
  model: ReadyModel,
  { labelSpace }: Pack,
  { onProgress, onRefusal, signal }: DatasetGradingOptions = {},
): Promise<DatasetResult> {
  const all: Example[] = [];
  for await (const example of readExamples(folder)) all.push(example);
  const split = (['test', 'validation'] as const).find((name) => all.some((example) => example.split === name));
  if (!split) throw new RefusedError('the dataset keeps no study for testing', 'make one from more patients');
  const chosen = all.filter((example) => example.split === split);
  const read: { example: Example; prediction: Prediction }[] = [];
  for (const [done, example] of chosen.entries()) {
    signal?.throwIfAborted();
    onProgress?.(done, chosen.length);
    try {
      read.push({ example, prediction: await model.predict(await readPictures(folder, example)) });
    } catch (error) {
      onRefusal?.(example.studyKey, (error as Error).message);
    }
  }
  onProgress?.(chosen.length, chosen.length);
  if (read.length === 0) throw new RefusedError('no study of the dataset could be read', 'see the reasons above');
  const sites = scoresBySite(
    labelSpace.positions,
    read.map(({ prediction }) => prediction),
    read.map(({ example }) => example.labels.states),
  );
  const metastasis = rank(
    read.map(({ prediction }) => prediction.metastasis),
    read.map(({ example }) => example.metastasis === 'present'),
    read.map(({ example }) => example.metastasis === 'present' || example.metastasis === 'absent'),
  );
  const { rows, meanAuroc } = siteTable(sites);
  return {
    n: read.length,
    split,
    reference: 'labels of the dataset',
    meanAuroc,
    perSite: rows,
    metastasis: {
      auroc: bootstrap(read.length, (weights) => auroc(metastasis, weights)),
      positives: read.filter(({ example }) => example.metastasis === 'present').length,
    },
    ...calibration(sites, read.length),
    refused: chosen.length - read.length,
  };
}

function calibration(sites: ReturnType<typeof scoresBySite>, count: number): Pick<DatasetResult, 'brier' | 'ece'> {
  const probabilities = sites.flatMap(({ scores }) => scores);
  const outcomes = sites.flatMap(({ positives }) => positives);
  const known = sites.flatMap((site) => site.known);
  const figure = (statistic: (weights: Float32Array) => number): Estimate =>
    bootstrap(count, (weights) => statistic(Float32Array.from(known, (is, i) => (is ? weights[i % count]! : 0))), {
      replicates: 200,
    });
  return {
    brier: figure((weights) => brierScore(probabilities, outcomes, weights)),
    ece: figure((weights) => expectedCalibrationError(reliability(probabilities, outcomes, 15, weights))),
  };
}
