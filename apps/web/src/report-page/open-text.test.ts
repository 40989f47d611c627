import { readPack } from '@radiolect/findings/node';
import { createRuleReader } from '@radiolect/reports';
import { expect, test } from 'vitest';
import { openText } from './open-text.ts';

const reader = createRuleReader(await readPack('bone-scan'));
const hex = (digits: string): Uint8Array =>
  Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));

test.each([
  ['utf-8', new TextEncoder().encode('右側第5肋骨攝取增加。'), '右側第5肋骨攝取增加。'],
  ['big5', hex('a5aab0bcf3c1b0a9c4e1a8fabc57a55ba143'), '左側髂骨攝取增加。'],
  ['gb18030', hex('d7f3b2e0f7c4b9c7c9e3c8a1d4f6b8dfa1a3'), '左侧髂骨摄取增高。'],
])('%s is told', (_, bytes, text) => {
  expect(openText(bytes, reader)).toBe(text);
});

test('a picture is no text', () => {
  expect(openText(hex('89504e470d0a1a0a0000000d'), reader)).toBeUndefined();
});
