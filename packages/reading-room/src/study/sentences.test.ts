import type { DraftReport, DraftSentence } from '@radiolect/findings';
import { expect, test } from 'vitest';
import { NotFoundError, RefusedError } from '../errors.ts';
import { addSentence, confirmSentence, editSentence, keepReaderSentences, removeSentence } from './sentences.ts';

const sentence = (id: string, section: DraftSentence['section'], states: readonly string[]): DraftSentence => ({
  id,
  section,
  text: `About ${states.join(', ')}.`,
  states,
  origin: 'rules',
});
const draft: DraftReport = {
  language: 'en',
  header: {},
  sentences: [
    sentence('findings-1', 'findings', ['l3', 'l4']),
    sentence('findings-2', 'findings', ['sacrum']),
    sentence('impression-1', 'impression', ['l3', 'l4']),
  ],
};
const texts = (report: DraftReport): string[] => report.sentences.map(({ text }) => text);

test('an edited sentence is the reader’s, and awaits confirmation', () => {
  const edited = editSentence(confirmSentence(draft, 'findings-1'), 'findings-1', ' My words. ');
  expect(edited.sentences[0]).toEqual({ ...draft.sentences[0], text: 'My words.', origin: 'reader' });
  expect(confirmSentence(edited, 'findings-1').sentences[0]).toMatchObject({ confirmed: true });
  expect(() => editSentence(draft, 'findings-1', '  ')).toThrow(RefusedError);
  expect(() => removeSentence(draft, 'findings-9')).toThrow(NotFoundError);
});

test('a typed sentence stands where it was put, and states nothing', () => {
  const first = addSentence(draft, { section: 'findings', text: 'First.', after: 'findings-1' });
  expect(first.sentences.map(({ id }) => id)).toEqual(['findings-1', 'reader-1', 'findings-2', 'impression-1']);
  const last = addSentence(first, { section: 'impression', text: 'Last.' });
  expect(last.sentences.at(-1)).toMatchObject({ id: 'reader-2', states: [], section: 'impression' });
  const onlyImpression = { ...draft, sentences: draft.sentences.slice(2) };
  expect(addSentence(onlyImpression, { section: 'findings', text: 'Top.' }).sentences[0]?.text).toBe('Top.');
});

test('a new draft keeps the reader’s words while their findings stand', () => {
  const edited = addSentence(editSentence(draft, 'findings-1', 'L3 and L4 glow.'), {
    section: 'impression',
    text: 'Correlate.',
  });
  const kept = keepReaderSentences(draft, edited, new Set(['l3', 'l4', 'sacrum']));
  expect(texts(kept)).toEqual(['About sacrum.', 'L3 and L4 glow.', 'About l3, l4.', 'Correlate.']);
  const without = keepReaderSentences(draft, edited, new Set(['l3', 'sacrum']));
  expect(texts(without)).toEqual(['About l3, l4.', 'About sacrum.', 'About l3, l4.', 'Correlate.']);
  expect(new Set(kept.sentences.map(({ id }) => id)).size).toBe(4);
});
