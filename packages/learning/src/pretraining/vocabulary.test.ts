import { expect, test } from 'vitest';
import { idsOf, padding, tokensOf, unknown, vocabularyOf } from './vocabulary.ts';

test('English words, levels and numbers; Chinese as pairs of characters', () => {
  expect(tokensOf('Uptake at T11, L4–L5 (mild).')).toEqual(['uptake', 'at', 't11', 'l4', 'l5', 'mild']);
  expect(tokensOf('左側第3肋骨 uptake 增加')).toEqual(['左側', '側第', '3', '肋骨', 'uptake', '增加']);
  expect(tokensOf('骨')).toEqual(['骨']);
  // Full-width forms are the same words.
  expect(tokensOf('Ｌ４')).toEqual(['l4']);
  expect(tokensOf('…')).toEqual([]);
});

test('the most frequent tokens are known, the others unknown; short texts are filled up, long ones cut off', () => {
  const vocabulary = vocabularyOf(['b a b', 'c a b'], 2);
  expect(vocabulary.tokens).toEqual(['b', 'a']);
  const ids = idsOf(vocabulary);
  expect(ids('a c b', 5)).toEqual([3, unknown, 2, padding, padding]);
  expect(ids('b b b', 2)).toEqual([2, 2]);
});
