import { expect, test } from 'vitest';
import { openedText } from './kept-report.ts';

test('a text with other ends of lines is shown with line feeds and kept as it was given', () => {
  expect(openedText('a\r\nb\rc\n')).toEqual({ text: 'a\nb\nc\n', given: 'a\r\nb\rc\n' });
  expect(openedText('a\nb')).toEqual({ text: 'a\nb' });
});
