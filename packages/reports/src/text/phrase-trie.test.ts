import { expect, test } from 'vitest';
import { PhraseTrie } from './phrase-trie.ts';

const trie = new PhraseTrie<string>();
for (const phrase of ['effusion', 'pleural effusion', 'x ray', 'pleural effusion or thickening'])
  trie.add(phrase.split(' '), phrase);
const longest = (text: string): string | undefined => trie.longest(text.split(' '), 0)?.value;

test('the longest phrase that begins here', () => {
  expect(longest('pleural effusion is seen')).toBe('pleural effusion');
  expect(longest('pleural effusion or pneumonia')).toBe('pleural effusion');
  expect(longest('pleural effusion or thickening')).toBe('pleural effusion or thickening');
  expect(longest('small pleural effusion')).toBeUndefined();
});

test('hyphens and line ends inside a phrase do not count, at its beginning they do', () => {
  expect(trie.longest(['x', '-', 'ray'], 0)).toEqual({ value: 'x ray', end: 3 });
  expect(trie.longest(['pleural', '\n', 'effusion'], 0)?.end).toBe(3);
  expect(trie.longest(['-', 'effusion'], 0)).toBeUndefined();
});

test('a phrase that is added again replaces the value, or merges it', () => {
  const merged = new PhraseTrie<readonly string[]>();
  merged.add(['a'], ['one']);
  merged.add(['a'], ['two'], (known) => [...known, 'two']);
  expect(merged.longest(['a'], 0)?.value).toEqual(['one', 'two']);
  merged.add(['a'], ['three']);
  expect(merged.longest(['a'], 0)?.value).toEqual(['three']);
  merged.add(['-'], ['nothing']);
  expect(merged.longest(['-'], 0)).toBeUndefined();
});
