import type { Point } from '@radiolect/findings';
import { expect, test } from 'vitest';
import { findsOf } from './hit-criterion.ts';

const square = (x: number, y: number, side: number): Point[] => [
  [x, y],
  [x + side, y],
  [x + side, y + side],
  [x, y + side],
];

test('overlap: one shared pixel is enough, touching is not', () => {
  const lesions = [square(10, 10, 4), square(30, 10, 4)];
  const marks = [square(13, 13, 5), square(14, 10, 5), square(12, 10, 20)];
  expect(findsOf(marks, lesions, 'overlap')).toEqual([[0], [], [0, 1]]);
});

test('overlap: outlines between pixel centres stand for the pixel that holds them', () => {
  expect(findsOf([square(5.1, 5.1, 0.2)], [square(5.6, 5.6, 0.3), square(6.1, 5, 0.3)], 'overlap')).toEqual([[0]]);
});

test('box IoU: a quarter is the least', () => {
  expect(findsOf([square(0, 0, 4)], [square(0, 0, 8)], 'box-iou')).toEqual([[0]]);
  expect(findsOf([square(0, 0, 3.9)], [square(0, 0, 8)], 'box-iou')).toEqual([[]]);
});

test('centre: the middle of the mark, within two pixels of the outline', () => {
  const lesion = square(10, 10, 4);
  expect(findsOf([square(14, 11, 3)], [lesion], 'centre')).toEqual([[0]]);
  expect(findsOf([square(15, 11, 3)], [lesion], 'centre')).toEqual([[]]);
  // A large mark beside a lesion reaches into it, yet does not point at it.
  expect(findsOf([square(12, 0, 30)], [lesion], 'centre')).toEqual([[]]);
});
