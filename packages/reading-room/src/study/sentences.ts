import type { DraftReport, DraftSentence } from '@radiolect/findings';
import { NotFoundError, RefusedError } from '../errors.ts';

/** A reader's own words for a sentence. What it states stays listed beside it until somebody confirms the new words. */
export const editSentence = (draft: DraftReport, id: string, text: string): DraftReport =>
  withSentence(draft, id, ({ confirmed: _, ...sentence }) => ({ ...sentence, text: worded(text), origin: 'reader' }));

/** A reader stands by a sentence that no finding supports. */
export const confirmSentence = (draft: DraftReport, id: string): DraftReport =>
  withSentence(draft, id, (sentence) => ({ ...sentence, confirmed: true }));

export const removeSentence = (draft: DraftReport, id: string): DraftReport => {
  withSentence(draft, id, (sentence) => sentence);
  return { ...draft, sentences: draft.sentences.filter((sentence) => sentence.id !== id) };
};

/** A sentence of the reader's own, after the one named or at the end of its section. It states no finding. */
export function addSentence(
  draft: DraftReport,
  { section, text, after }: { section: DraftSentence['section']; text: string; after?: string | undefined },
): DraftReport {
  const taken = new Set(draft.sentences.map((sentence) => sentence.id));
  let number = 1;
  while (taken.has(`reader-${number}`)) number++;
  const added: DraftSentence = { id: `reader-${number}`, section, text: worded(text), states: [], origin: 'reader' };
  const place = draft.sentences.findIndex((sentence) => sentence.id === after && sentence.section === section);
  const end = draft.sentences.findLastIndex((sentence) => sentence.section === section);
  const index = (place >= 0 ? place : end >= 0 ? end : section === 'findings' ? -1 : draft.sentences.length - 1) + 1;
  return { ...draft, sentences: draft.sentences.toSpliced(index, 0, added) };
}

/**
 * A new draft with the reader's own sentences of the old one. An edited sentence stands in for the generated ones that
 * state nothing beyond it, as long as its findings are still on the list; one that states nothing is always kept.
 */
export function keepReaderSentences(
  fresh: DraftReport,
  old: DraftReport | undefined,
  listed: ReadonlySet<string>,
): DraftReport {
  const own = (old?.sentences ?? []).filter(
    (sentence) => sentence.origin === 'reader' && sentence.states.every((id) => listed.has(id)),
  );
  if (own.length === 0) return fresh;
  const generated = fresh.sentences.filter(
    (sentence) =>
      sentence.states.length === 0 ||
      !own.some((kept) => kept.section === sentence.section && sentence.states.every((id) => kept.states.includes(id))),
  );
  const taken = new Set(generated.map((sentence) => sentence.id));
  const ofSection = (section: DraftSentence['section']): DraftSentence[] => [
    ...generated.filter((sentence) => sentence.section === section),
    ...own
      .filter((sentence) => sentence.section === section)
      .map((sentence) => {
        let { id } = sentence;
        for (let number = 1; taken.has(id); number++) id = `reader-${number}`;
        taken.add(id);
        return { ...sentence, id };
      }),
  ];
  return { ...fresh, sentences: [...ofSection('findings'), ...ofSection('impression')] };
}

function withSentence(draft: DraftReport, id: string, change: (sentence: DraftSentence) => DraftSentence): DraftReport {
  if (!draft.sentences.some((sentence) => sentence.id === id)) throw new NotFoundError('sentence');
  return { ...draft, sentences: draft.sentences.map((sentence) => (sentence.id === id ? change(sentence) : sentence)) };
}

function worded(text: string): string {
  const words = text.trim();
  if (words === '') throw new RefusedError('a sentence needs words', 'remove the sentence instead');
  if (words.length > 4000) throw new RefusedError('a sentence has at most 4,000 characters', 'split it');
  return words;
}
