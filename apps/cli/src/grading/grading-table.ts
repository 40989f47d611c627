import type { DatasetResult, GradingResult } from '@radiolect/reading-room';

interface Interval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

export type Row = readonly [name: string, figure: Interval, on: string];

const shown = (value: number): string => (Number.isFinite(value) ? value.toFixed(3) : 'n/a');

/** Rows as a Markdown table. */
export const markdown = (rows: readonly Row[]): string =>
  [
    '| figure | value | 95 % interval | on |',
    '|---|---|---|---|',
    ...rows.map(
      ([name, { value, low, high }, on]) => `| ${name} | ${shown(value)} | ${shown(low)} to ${shown(high)} | ${on} |`,
    ),
  ].join('\n');

/** The figures of a dataset's test studies, against its labels. */
export function datasetTable({ n, split, meanAuroc, metastasis, brier, ece }: DatasetResult): string {
  const on = `${n} studies of the ${split} split, against the dataset's labels`;
  return markdown([
    ['mean AUROC over sites', meanAuroc, `${meanAuroc.sites} sites with 10 or more positives, ${on}`],
    ['AUROC of metastasis', metastasis.auroc, `${metastasis.positives} positives, ${on}`],
    ['Brier score ↓', brier, on],
    ['expected calibration error ↓', ece, on],
  ]);
}

/** The figures as a Markdown table: value, 95 % interval, what they rest on. */
export function gradingTable(result: GradingResult): string {
  const { localisation: place, drafts } = result;
  const studies = `${result.n} studies`;
  const sites = `${result.meanAuroc.sites} sites with 10 or more positives, ${studies}`;
  const rows: readonly Row[] = [
    ['mean AUROC over sites', result.meanAuroc, sites],
    ['… floor: z-score of mean counts', result.floor, sites],
    ...(result.ceiling
      ? [['… ceiling: matched filter, true warp and background', result.ceiling, sites] as const]
      : []),
    ['F1 of present sites', result.presentF1, studies],
    ['macro F1 of the cause', result.nature.macroF1, `${result.nature.n} called abnormal sites`],
    ['AUROC of metastasis', result.metastasis.auroc, `${result.metastasis.positives} positives, ${studies}`],
    ['Brier score ↓', result.brier, `${studies} × sites`],
    ['expected calibration error ↓', result.ece, `${studies} × sites`],
    [`heat map peaks within ${place.withinPixels} px of the lesion`, place.share, `${place.n} true positives`],
    ['… pointing at the middle of the site', place.baseline, `${place.n} true positives`],
    ['… on sites longer than 80 px', place.longSites.share, `${place.longSites.n} true positives`],
    ['… pointing at the middle, same sites', place.longSites.baseline, `${place.longSites.n} true positives`],
    ['peak halved when the lesion is taken out', place.halvedWithoutLesion, `${place.halvedWithoutLesion.n} redrawn`],
    ['mirrored picture swaps the sides (F1)', drafts.mirrored, `${drafts.mirrored.n} studies`],
    ['phantoms refused as no bone scan ↓', result.gate.refused, studies],
  ];
  return [
    markdown(rows),
    '',
    `Drafts: ${drafts.distinct} of ${drafts.n} abnormal ones are distinct; F1 with their own study ` +
      `${shown(drafts.permutation.observed)}, with shuffled studies ${shown(drafts.permutation.meanShuffled)} ` +
      `(p = ${drafts.permutation.p.toPrecision(2)}), with swapped pictures ${shown(drafts.swapped)}.`,
    `Warp: median error ${result.warp.medianPixels.toFixed(1)} px, 90 % below ${result.warp.percentile90Pixels.toFixed(1)} px ` +
      `at 256 × 1024 (${result.warp.n} sites and views).`,
    `Rule reader on the same studies' reports: F1 present ${shown(result.reports.presentF1)}, absent ` +
      `${shown(result.reports.absentF1)}, uncertain ${shown(result.reports.uncertainF1)}.`,
  ].join('\n');
}
