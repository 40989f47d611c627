import type { KeptDraft, LanguageModelCard } from '@radiolect/server/api';
import type { WordKey } from '../words/words.ts';
import type { Translate } from '../words/words-context.tsx';

type Reason = KeptDraft['written']['replaced'][number]['reasons'][number];

/** Why a sentence of a model does not stand, in words. */
export const reasonWords = {
  'finding-without-sentence': 'reasonFindingWithoutSentence',
  'sentence-without-finding': 'reasonSentenceWithoutFinding',
  'side-mismatch': 'reasonSideMismatch',
  'presence-flip': 'reasonPresenceFlip',
  'attribute-mismatch': 'reasonAttributeMismatch',
  'added-finding': 'reasonAddedFinding',
  'dropped-finding': 'reasonDroppedFinding',
  'impression-contradicts-findings': 'reasonImpressionContradicts',
  uncited: 'reasonUncited',
  'unknown-finding': 'reasonUnknownFinding',
  heading: 'reasonHeading',
  'impression-re-decided': 'reasonReDecided',
} as const satisfies Record<Reason, WordKey>;

const abstentions: Readonly<Record<string, WordKey>> = {
  'the answer does not follow the schema': 'abstainedSchema',
  'the sentences together do not say the findings': 'abstainedTogether',
};

/** Why a whole draft is the rules'; a reason that only a model's server knows is shown as it came. */
export function abstentionWords(reason: string, t: Translate): string {
  const key = abstentions[reason];
  return key ? t(key) : reason;
}

const verdicts: Readonly<Record<string, WordKey>> = {
  'same-report-for-every-study': 'auditSameReport',
  'ignores-the-image': 'auditIgnoresImage',
  'flips-sides': 'auditFlipsSides',
  'writes-nothing': 'auditWritesNothing',
};

/** For what the audit caught a model by name; empty where it was caught for nothing, or never audited. */
export const caughtFor = (card: LanguageModelCard | undefined, t: Translate): readonly string[] =>
  (card?.audit?.verdicts ?? []).flatMap(({ code, caught }) => {
    const key = verdicts[code];
    return caught ? [key ? t(key) : code] : [];
  });
