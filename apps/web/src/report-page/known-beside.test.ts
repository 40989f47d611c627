import { expect, test } from 'vitest';
import { checkContextOf, nothingKnown } from './known-beside.ts';

test('what is not known is left out, not guessed', () => {
  expect(checkContextOf(nothingKnown)).toEqual({});
  expect(checkContextOf({ ...nothingKnown, age: '  ', part: ' ' })).toEqual({});
});

test('what is known reaches the checks', () => {
  expect(checkContextOf({ age: '68', sex: 'male', part: ' left hip ', side: 'left', prior: 'none' })).toEqual({
    patient: { age: 68, sex: 'male' },
    order: { bodyPart: 'left hip', side: 'left' },
    prior: null,
  });
  expect(checkContextOf({ ...nothingKnown, prior: 'yes' })).toEqual({ prior: {} });
});
