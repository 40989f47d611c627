import type { DraftSentence } from '@radiolect/findings';
import type { KeptDraft } from '@radiolect/server/api';

type Written = KeptDraft['written'];
export type Replacement = Written['replaced'][number];

/** Where a sentence of a language model's draft comes from. */
export type SentenceOrigin =
  | { readonly kind: 'model' }
  /** The rules' sentence stands for what the model had written of the same findings. */
  | { readonly kind: 'instead'; readonly of: readonly Replacement[] }
  /** The model had written nothing of these findings. */
  | { readonly kind: 'added' }
  /** A draft that the rules wrote as a whole. */
  | { readonly kind: 'rules' };

export interface DraftOrigins {
  readonly bySentence: ReadonlyMap<string, SentenceOrigin>;
  /** What the model wrote that no sentence of the draft stands for. */
  readonly leftOut: readonly Replacement[];
}

/**
 * Tells for each sentence of a kept draft who wrote it and, where the rules' sentence took the place of the model's,
 * what that was: the replaced sentences of the same section that state one of its findings.
 */
export function sentenceOrigins({ writer, draft, replaced, abstained }: Written): DraftOrigins {
  const told = new Set<Replacement>();
  const originOf = ({ origin, section, states }: DraftSentence): SentenceOrigin => {
    if (origin === 'language-model') return { kind: 'model' };
    if (writer === 'rules') return { kind: 'rules' };
    const of = replaced.filter(
      ({ proposed }) => proposed.section === section && proposed.states.some((id) => states.includes(id)),
    );
    for (const one of of) told.add(one);
    if (of.length > 0) return { kind: 'instead', of };
    return abstained === undefined ? { kind: 'added' } : { kind: 'rules' };
  };
  const bySentence = new Map(draft.sentences.map((sentence) => [sentence.id, originOf(sentence)]));
  return { bySentence, leftOut: replaced.filter((one) => !told.has(one)) };
}
