import type { Point } from '@radiolect/findings';
import { distanceToPolygon, fillPolygon } from '@radiolect/findings';
import type { Box } from './box.ts';
import { boxIou, boxOf } from './box.ts';

/**
 * When a mark finds a lesion: `overlap`, they share a pixel (as work on published scans counts connected components);
 * `box-iou`, their boxes have an IoU of at least 0.25; `centre`, the middle of the mark lies in the lesion's outline
 * widened by 2 pixels.
 */
export type HitCriterion = 'overlap' | 'box-iou' | 'centre';
export const hitCriteria = ['overlap', 'box-iou', 'centre'] as const satisfies readonly HitCriterion[];

const leastIou = 0.25;
const widening = 2;

type Outline = readonly Point[];

/** For each mark of one picture, the indices of the lesions it finds. Outlines are in pixels of the picture. */
export function findsOf(marks: readonly Outline[], lesions: readonly Outline[], criterion: HitCriterion): number[][] {
  const boxes = lesions.map(boxOf);
  const pixels = criterion === 'overlap' ? lesions.map(pixelsOf) : [];
  return marks.map((mark) => {
    const box = boxOf(mark);
    let own: Set<number> | undefined;
    return lesions.flatMap((lesion, index) => {
      if (criterion === 'box-iou') return boxIou(box, boxes[index]!) >= leastIou ? [index] : [];
      if (criterion === 'centre') return distanceToPolygon(lesion, middleOf(mark)) <= widening ? [index] : [];
      if (apart(box, boxes[index]!)) return [];
      own ??= pixelsOf(mark);
      for (const pixel of pixels[index]!) if (own.has(pixel)) return [index];
      return [];
    });
  });
}

/** Whether not even a pixel that both touch is shared. */
const apart = (a: Box, b: Box): boolean =>
  a.left > b.right + 1 || b.left > a.right + 1 || a.top > b.bottom + 1 || b.top > a.bottom + 1;

/** Rows and columns below this have numbers of their own. */
const mostColumns = 1 << 20;

/** Pixels whose centre lies inside; for an outline between all centres the pixel that holds its middle. */
function pixelsOf(outline: Outline): Set<number> {
  const { left, top, right, bottom } = boxOf(outline);
  const [x0, y0] = [Math.floor(left), Math.floor(top)];
  const pixels = new Set<number>();
  fillPolygon(
    outline.map(([x, y]): Point => [x - x0, y - y0]),
    Math.ceil(bottom) - y0 + 1,
    Math.ceil(right) - x0 + 1,
    (row, column) => pixels.add((row + y0) * mostColumns + column + x0),
  );
  if (pixels.size === 0) {
    const [x, y] = middleOf(outline);
    pixels.add(Math.floor(y) * mostColumns + Math.floor(x));
  }
  return pixels;
}

/** The centre of area; for an outline without area the mean of its points. */
function middleOf(outline: Outline): Point {
  let twice = 0;
  let x = 0;
  let y = 0;
  outline.forEach(([x0, y0], index) => {
    const [x1, y1] = outline[(index + 1) % outline.length]!;
    const cross = x0 * y1 - x1 * y0;
    twice += cross;
    x += (x0 + x1) * cross;
    y += (y0 + y1) * cross;
  });
  if (Math.abs(twice) > 1e-9) return [x / (3 * twice), y / (3 * twice)];
  const mean = (axis: 0 | 1): number => outline.reduce((sum, point) => sum + point[axis], 0) / outline.length;
  return [mean(0), mean(1)];
}
