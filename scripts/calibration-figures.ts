/**
 * What calibration and thresholds chosen on a classifier's validation studies give on its test studies.
 *
 *   node --import tsx scripts/calibration-figures.ts RUN
 *
 * RUN is the folder of a finished classifier run; its `predictions.jsonl` holds all that is needed. Prints a Markdown
 * table: for each way of calibrating, Brier score, expected calibration error and mean AUROC on the test studies, and what
 * thresholds chosen for a sensitivity or for false alarms a scan reach there, over all sites together.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { argv, stdout } from 'node:process';
import { brierScore, expectedCalibrationError, reliability, siteTable } from '@radiolect/evaluation';
import type { LabelState } from '@radiolect/findings';
import type { ClassifierManifest, OperatingPointSettings, ScoredLabels } from '@radiolect/learning';
import { calibrated, positionOperations } from '@radiolect/learning';

interface Line {
  readonly split: 'validation' | 'test';
  readonly states: readonly LabelState[];
  readonly logits: readonly number[];
}

const [, , run] = argv;
if (!run) throw new Error('name the folder of a finished classifier run');
const { outputs } = JSON.parse(await readFile(join(run, 'manifest.json'), 'utf8')) as ClassifierManifest;
const lines = (await readFile(join(run, 'predictions.jsonl'), 'utf8'))
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line) as Line);
const test = scored('test');
const testScans = lines.filter(({ split }) => split === 'test').length;

stdout.write(
  [
    `${lines.length - testScans} validation and ${testScans} test studies, ${outputs.length} outputs.`,
    '',
    '| calibration | Brier | ECE | AUROC | sensitivity chosen at 0.90 | false alarms a scan chosen at 0.5 | at 1 |',
    '|---|---|---|---|---|---|---|',
    ...(['temperature', 'platt', 'isotonic'] as const).map(row),
    '',
  ].join('\n'),
);

function row(calibration: OperatingPointSettings['calibration']): string {
  const validation = scored('validation');
  const chosen = (threshold: OperatingPointSettings['threshold']) =>
    positionOperations(validation, { calibration, threshold }).positions;
  const fit = chosen({ kind: 'best-f1' });
  const read = [...test].map(([site, { logits, positive }]) => ({
    site,
    scores: logits.map((logit) => calibrated(fit[site]!, logit)),
    positives: positive,
  }));
  const probabilities = read.flatMap(({ scores }) => scores);
  const truth = read.flatMap(({ positives }) => positives);
  const { meanAuroc } = siteTable(read, { minimumPositives: 10, replicates: 200 });
  const sensitive = reached(chosen({ kind: 'sensitivity', at: 0.9 }));
  const few = reached(chosen({ kind: 'false-positives-per-scan', at: 0.5 }));
  const more = reached(chosen({ kind: 'false-positives-per-scan', at: 1 }));
  const cells = [
    calibration,
    brierScore(probabilities, truth).toFixed(4),
    expectedCalibrationError(reliability(probabilities, truth)).toFixed(4),
    `${meanAuroc.value.toFixed(4)} (${meanAuroc.low.toFixed(4)} to ${meanAuroc.high.toFixed(4)})`,
    `${sensitive.sensitivity.toFixed(3)} (${sensitive.alarms.toFixed(2)} false alarms a scan)`,
    ...[few, more].map(({ alarms, sensitivity }) => `${alarms.toFixed(2)} (sensitivity ${sensitivity.toFixed(3)})`),
  ];
  return `| ${cells.join(' | ')} |`;
}

function reached(points: ReturnType<typeof positionOperations>['positions']): {
  readonly sensitivity: number;
  readonly alarms: number;
} {
  let [hits, positives, alarms] = [0, 0, 0];
  for (const [site, { logits, positive }] of test)
    logits.forEach((logit, index) => {
      const called = calibrated(points[site]!, logit) >= points[site]!.high;
      if (positive[index]) positives += 1;
      if (called && positive[index]) hits += 1;
      if (called && !positive[index]) alarms += 1;
    });
  return { sensitivity: hits / positives, alarms: alarms / testScans };
}

function scored(split: Line['split']): Map<string, ScoredLabels> {
  const studies = lines.filter((line) => line.split === split);
  return new Map(
    outputs.map((site, output) => {
      const stated = studies.filter(({ states }) => states[output] === 'present' || states[output] === 'absent');
      return [
        site,
        {
          logits: stated.map(({ logits }) => logits[output]!),
          positive: stated.map(({ states }) => states[output] === 'present'),
        },
      ];
    }),
  );
}
