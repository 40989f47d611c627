import { freeResponseSvg } from '@radiolect/evaluation';
import type { LocaliserFigures, LocaliserResult, ReaderResult } from '@radiolect/reading-room';
import { mostFocal } from '@radiolect/reading-room';
import type { Row } from './grading-table.ts';
import { markdown } from './grading-table.ts';

const names: Readonly<Record<ReaderResult['name'], string>> = {
  localiser: 'localiser',
  deviation: 'threshold on deviation from normal',
  background: 'multiple of the local background',
};

const criteria = {
  overlap: 'a shared pixel',
  'box-iou': 'box IoU ≥ 0.25',
  centre: 'centre within 2 px of the outline',
} as const;

/** The figures of a localiser as Markdown. */
export function localiserTable(result: LocaliserResult): string {
  const { readers, focal, named, threshold } = result;
  const multiples = readers.flatMap(({ multiples: given = [] }) => given);
  return [
    markdown([
      ...rowsOf(result),
      [
        `shown spots on a lesion that bear its site's name (score from ${threshold.toFixed(2)} on)`,
        named,
        `${named.n} spots`,
      ],
    ]),
    '',
    ...multiples.map(
      (point) =>
        `counts ${point.threshold} times the local background: sensitivity ${point.sensitivity.toFixed(3)} at ${point.falsePositivesPerScan.toFixed(1)} false positives per scan`,
    ),
    '',
    ...(focal
      ? [
          `Without the ${result.scans - focal.scans} scans of diffuse disease, with more than ${mostFocal} lesions each:`,
          '',
          markdown(rowsOf({ ...focal, readers: focal.readers.filter(({ name }) => name === 'localiser') })),
          '',
        ]
      : []),
    'A scan is a study, both views. Published for malignant lesions of real scans, per case: 0.532 at 0.3, 0.613 at 0.5,',
    '0.690 at 0.94. Synthetic scans are easier: their lesions are drawn, and their outlines are exact.',
  ].join('\n');
}

function rowsOf({ scans, pictures, lesions, malignantLesions, readers }: LocaliserFigures): Row[] {
  const on = `${lesions} lesions, ${scans} scans`;
  const malignantOn = `${malignantLesions} malignant lesions, ${scans} scans`;
  return readers.flatMap(({ name, all, malignant, precision }) => [
    ...(Object.keys(criteria) as (keyof typeof criteria)[]).flatMap((criterion) =>
      all[criterion].at.map(
        (at) =>
          [`${names[name]}: sensitivity at ${at.falsePositivesPerScan}, by ${criteria[criterion]}`, at, on] as const,
      ),
    ),
    ...malignant.at.map(
      (at) =>
        [
          `${names[name]}: malignant alone, at ${at.falsePositivesPerScan}, by a shared pixel`,
          at,
          malignantOn,
        ] as const,
    ),
    ...precision.map(
      (figure) =>
        [
          `${names[name]}: average precision of boxes at IoU ${figure.iou}`,
          figure,
          `${lesions} boxes, ${pictures} pictures`,
        ] as const,
    ),
  ]);
}

export const localiserCurves = ({ readers, lesions, scans }: LocaliserResult): string =>
  freeResponseSvg(
    `${lesions} lesions, ${scans} scans`,
    readers.map(({ name, all }) => ({ name: names[name], points: all.overlap.points })),
  );
