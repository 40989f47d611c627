import type { GreyImage } from '../grey-image.ts';

/** The part of a picture within a frame of one even value, as exporters add to reach a size; `right` and `bottom` are beyond it. */
export interface Inner {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  /** Of the frame; undefined where there is none. */
  readonly frame: number | undefined;
}

/** Leaves out the outermost rows and columns that hold nothing but the value of the first corner. */
export function innerOf({ rows, columns, pixels }: GreyImage): Inner {
  const frame = pixels[0]!;
  const even = (from: number, step: number, count: number): boolean => {
    for (let index = 0; index < count; index++) if (pixels[from + index * step] !== frame) return false;
    return true;
  };
  let top = 0;
  while (top < rows && even(top * columns, 1, columns)) top++;
  if (top === rows) return { left: 0, right: columns, top: 0, bottom: rows, frame: undefined };
  let bottom = rows;
  while (even((bottom - 1) * columns, 1, columns)) bottom--;
  let left = 0;
  while (even(left, columns, rows)) left++;
  let right = columns;
  while (even(right - 1, columns, rows)) right--;
  const whole = left === 0 && top === 0 && right === columns && bottom === rows;
  return { left, right, top, bottom, frame: whole ? undefined : frame };
}
