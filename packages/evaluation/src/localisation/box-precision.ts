import type { BootstrapOptions, Estimate } from '../bootstrap.ts';
import { bootstrap } from '../bootstrap.ts';
import type { Box } from './box.ts';
import { boxIou } from './box.ts';
import { patientUnits } from './patient-units.ts';

/** The boxes of one picture: what is there, and what a reader marked, with a score of any scale. */
export interface BoxedPicture {
  /** Pictures of one patient are resampled together. */
  readonly patient: string;
  readonly truth: readonly Box[];
  readonly marked: readonly { readonly box: Box; readonly score: number }[];
}

export interface BoxPrecision extends Estimate {
  /** IoU from which a marked box counts as right. */
  readonly iou: number;
  readonly boxes: number;
  readonly pictures: number;
}

/**
 * Average precision of boxes, pooled over pictures, as COCO counts it (Lin et al. 2014): in each picture the marked
 * boxes, highest score first, each take the free true box of highest IoU, if that is at least `iou`; else they are
 * false. Precision is made monotone from the right and averaged at the 101 recalls 0, 0.01 … 1. Equal scores enter
 * together. NaN without a true box. The interval resamples patients.
 */
export function boxPrecision(
  pictures: readonly BoxedPicture[],
  iou: number,
  options: BootstrapOptions = {},
): BoxPrecision {
  const { unitOf, units } = patientUnits(pictures);
  const truthOfUnit = new Float64Array(units);
  const marks: { readonly unit: number; readonly score: number; readonly right: boolean }[] = [];
  pictures.forEach((picture, index) => {
    const unit = unitOf[index]!;
    truthOfUnit[unit]! += picture.truth.length;
    for (const mark of matched(picture, iou)) marks.push({ unit, ...mark });
  });
  marks.sort((a, b) => b.score - a.score);
  const estimate = bootstrap(units, (weights) => interpolated(marks, truthOfUnit, weights), options);
  return {
    ...estimate,
    iou,
    boxes: truthOfUnit.reduce((sum, count) => sum + count, 0),
    pictures: pictures.length,
  };
}

function matched({ truth, marked }: BoxedPicture, iou: number): { score: number; right: boolean }[] {
  const taken = new Set<number>();
  return [...marked]
    .sort((a, b) => b.score - a.score)
    .map(({ box, score }) => {
      let best = -1;
      let bestIou = iou;
      truth.forEach((other, index) => {
        const overlap = taken.has(index) ? -1 : boxIou(box, other);
        if (overlap >= bestIou) {
          best = index;
          bestIou = overlap;
        }
      });
      if (best >= 0) taken.add(best);
      return { score, right: best >= 0 };
    });
}

function interpolated(
  marks: readonly { readonly unit: number; readonly score: number; readonly right: boolean }[],
  truthOfUnit: Float64Array,
  weights: Uint16Array,
): number {
  const total = truthOfUnit.reduce((sum, count, unit) => sum + count * weights[unit]!, 0);
  if (total === 0) return Number.NaN;
  const recalls: number[] = [];
  const precisions: number[] = [];
  let right = 0;
  let called = 0;
  marks.forEach((mark, place) => {
    const weight = weights[mark.unit]!;
    called += weight;
    if (mark.right) right += weight;
    if (marks[place + 1]?.score === mark.score || called === 0) return;
    recalls.push(right / total);
    precisions.push(right / called);
  });
  for (let place = precisions.length - 2; place >= 0; place--)
    precisions[place] = Math.max(precisions[place]!, precisions[place + 1]!);
  let sum = 0;
  let place = 0;
  for (let step = 0; step <= 100; step++) {
    // A hundredth is not exact in binary: recall 0.29 must count as reached at step 29.
    while (place < recalls.length && recalls[place]! < step / 100 - 1e-12) place++;
    sum += precisions[place] ?? 0;
  }
  return sum / 101;
}
