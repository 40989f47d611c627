import fc from 'fast-check';
import { expect, test } from 'vitest';
import { differingWords } from './differing-words.ts';

const marked = (...args: Parameters<typeof differingWords>): string =>
  differingWords(...args)
    .map(({ text, differs }) => (differs ? `[${text}]` : text))
    .join('');

test('the words that stand in one text alone are marked, a phrase as one', () => {
  expect(marked('L4 shows intense uptake.', 'Intense uptake in L4.', 'en')).toBe('[L4 shows] intense uptake.');
  expect(marked('The left knee is hot.', 'The right knee is hot.', 'en')).toBe('The [left] knee is hot.');
  expect(marked('Same words here', 'same words, here.', 'en')).toBe('Same words here');
  expect(marked('Wholly new', '', 'en')).toBe('[Wholly new]');
});

test('Chinese is compared by words too', () => {
  expect(marked('左側膝關節攝取增加。', '右側膝關節攝取增加。', 'zh-Hant')).toBe('[左側]膝關節攝取增加。');
});

test('whatever the texts, the pieces are the text, and a text does not differ from itself', () => {
  const words = fc.array(fc.constantFrom('a', 'b', 'c', 'L4', '膝'), { maxLength: 12 }).map((list) => list.join(' '));
  fc.assert(
    fc.property(words, words, (text, reference) => {
      expect(
        differingWords(text, reference, 'en')
          .map((piece) => piece.text)
          .join(''),
      ).toBe(text);
      expect(differingWords(text, text, 'en').filter((piece) => piece.differs)).toEqual([]);
    }),
  );
});
