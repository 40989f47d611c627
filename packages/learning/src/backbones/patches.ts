import type { Graph, Value } from '@radiolect/onnx';
import { InvalidBackboneError } from '../errors.ts';
import type { PictureSettings } from './backbone-settings.ts';

/**
 * Pictures (B, channels, rows, columns) → one row for each patch, (B · rows/side · columns/side, channels · side²): a
 * convolution whose stride is its side is a product with these. Within a row the order is channel, row, column, as a
 * convolution's weights are stored.
 */
export function patchRows(g: Graph, pictures: Value, side: number): Value {
  const [batch, channels, rows, columns] = pictures.shape as [number, number, number, number];
  const down = rows / side;
  const across = columns / side;
  const cut = g.reshape(pictures, [batch, channels, down, side, across, side]);
  const laid = g.transpose(cut, [0, 2, 4, 1, 3, 5]);
  return g.reshape(laid, [batch * down * across, channels * side * side]);
}

/** Throws {@link InvalidBackboneError} unless `pictures` are what the settings say. */
export function checkPictures(kind: string, { picture, channels }: PictureSettings, pictures: Value): void {
  const expected = [channels, ...picture];
  const given = pictures.shape.slice(1);
  if (given.length !== 3 || given.some((side, axis) => side !== expected[axis]))
    throw new InvalidBackboneError(
      kind,
      `it was given pictures of [${given}] and is built for [${expected}] (channels, rows, columns)`,
      'change `picture` and `channels` in its settings',
    );
}
