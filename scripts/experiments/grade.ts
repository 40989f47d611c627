import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { siteTable } from '@radiolect/evaluation';
import type { LabelState } from '@radiolect/findings';
import type { ClassifierManifest, EpochLine } from '@radiolect/learning';
import { bestF1Threshold, calibrated } from '@radiolect/learning';
import type { RunFigures } from './experiment.ts';

interface PredictionLine {
  readonly split: 'validation' | 'test';
  readonly states: readonly LabelState[];
  readonly logits: readonly number[];
}

/** An output counts where the test studies hold at least this many positives. */
const enough = 10;

/** Grades a finished classifier run on its test studies, whose labels are the truth. */
export async function gradeRun(run: string, processorSeconds: number | undefined): Promise<RunFigures> {
  const manifest = JSON.parse(await readFile(join(run, 'manifest.json'), 'utf8')) as ClassifierManifest;
  const lines = (await readFile(join(run, 'predictions.jsonl'), 'utf8'))
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as PredictionLine);
  const test = lines.filter(({ split }) => split === 'test');
  const validation = lines.filter(({ split }) => split === 'validation');
  const outputs = manifest.outputs.map((site, output) => ({
    site,
    scores: test.map(({ logits }) => probability(logits[output]!)),
    positives: test.map(({ states }) => states[output] === 'present'),
    threshold: thresholdOf(validation, output),
  }));
  const counted = outputs.filter(({ positives }) => positives.filter(Boolean).length >= enough);
  const { meanAuroc } = siteTable(counted, { minimumPositives: enough, replicates: 400 });
  const f1 = counted.map(({ scores, positives, threshold }) => f1Of(scores, positives, threshold));
  const all = outputs.flatMap(({ scores, positives }) =>
    scores.map((score, index) => ({ called: score > 0.5, positive: positives[index]! })),
  );
  const share = (part: number, whole: number): number => (whole === 0 ? Number.NaN : part / whole);
  const positives = all.filter(({ positive }) => positive);
  const negatives = all.filter(({ positive }) => !positive);
  const hits = positives.filter(({ called }) => called).length;
  const denied = negatives.filter(({ called }) => !called).length;
  const epochs = (await readFile(join(run, 'metrics.jsonl'), 'utf8'))
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as EpochLine);
  return {
    auroc: meanAuroc.value,
    aurocLow: meanAuroc.low,
    aurocHigh: meanAuroc.high,
    macroF1: f1.reduce((sum, one) => sum + one, 0) / f1.length,
    accuracy: share(hits + denied, all.length),
    sensitivity: share(hits, positives.length),
    specificity: share(denied, negatives.length),
    accuracyOfNothing: share(negatives.length, all.length),
    steps: epochs[manifest.bestEpoch - 1]?.step ?? manifest.steps,
    ...(processorSeconds === undefined ? {} : { processorSeconds }),
    parameters: manifest.parameters,
  };
}

/** The probability where the validation studies that state the output have their best F1. */
function thresholdOf(validation: readonly PredictionLine[], output: number): number {
  const stated = validation.filter(({ states }) => states[output] === 'present' || states[output] === 'absent');
  return bestF1Threshold(
    stated.map(({ logits }) => probability(logits[output]!)),
    stated.map(({ states }) => states[output] === 'present'),
  );
}

/** Of the network alone, without the calibration, which would move the point of 0.5. */
const probability = (logit: number): number => calibrated({ slope: 1, offset: 0 }, logit);

function f1Of(scores: readonly number[], positives: readonly boolean[], threshold: number): number {
  let hits = 0;
  let called = 0;
  scores.forEach((score, index) => {
    if (score < threshold) return;
    called += 1;
    if (positives[index]) hits += 1;
  });
  const total = positives.filter(Boolean).length;
  return (2 * hits) / Math.max(called + total, 1);
}
