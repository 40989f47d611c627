import type { Presence } from '@radiolect/findings';
import type { AssertionRules, Saying } from './assertion-rules.ts';
import { reaches, reachesForward } from './reach.ts';
import type { Mark, ScannedSentence } from './scan.ts';
import { createScanner } from './scan.ts';

/** A piece of the text: UTF-16 code units, end not included. */
export interface TextSpan {
  readonly start: number;
  readonly end: number;
}

export type Temporality = 'recent' | 'historical' | 'hypothetical';
export type Experiencer = 'patient' | 'other';

/** What the words around a mention say of it. */
export interface Assertion {
  readonly presence: Presence;
  readonly temporality: Temporality;
  readonly experiencer: Experiencer;
  /** The words that decided, in the order of the text; empty for a bare mention. */
  readonly triggers: readonly TextSpan[];
}

export interface AssertionReader {
  /**
   * What a sentence says of a mention in it. Both are given by offsets in `text`. A mention that the sentence does not
   * hold is read as bare: present, recent, of the patient.
   */
  assess(text: string, sentence: TextSpan, mention: TextSpan): Assertion;
}

/**
 * Reads negation, doubt, history, hypothesis and whose finding it is, by trigger words and their reach, after the ideas
 * of NegEx (Chapman et al., J Biomed Inform 2001;34:301) and ConText (Harkema et al., J Biomed Inform 2009;42:839).
 * Beyond them, a reach ends where a clause with its own verb begins, and a list with "or" keeps it open. `correct` gives
 * the word that a misspelt one stands for. Of two sets of rules the later one overrides words that both have.
 */
export function createAssertionReader(
  rules: readonly AssertionRules[],
  correct?: (word: string) => string,
): AssertionReader {
  const scan = createScanner(rules, correct);
  let last: { text: string; start: number; end: number; scanned: ScannedSentence } | undefined;
  return {
    assess(text, sentence, mention) {
      if (last?.text !== text || last.start !== sentence.start || last.end !== sentence.end)
        last = { text, ...sentence, scanned: scan(text, sentence.start, sentence.end) };
      return assess(last.scanned, mention);
    },
  };
}

const bare: Assertion = { presence: 'present', temporality: 'recent', experiencer: 'patient', triggers: [] };

function assess(sentence: ScannedSentence, mention: TextSpan): Assertion {
  const { starts, ends } = sentence;
  const first = starts.findIndex((_, i) => ends[i]! > mention.start);
  if (first < 0 || mention.end <= starts[0]!) return { ...bare };
  let end = first;
  while (end < starts.length && starts[end]! < mention.end) end++;
  const reaching = sentence.marks.flatMap((mark): Reaching[] => {
    if (!mark.triggers || (mark.first >= first && mark.end <= end)) return [];
    const trigger = mark.triggers.find((t) => reaches(sentence, mark, t, first, end));
    return trigger ? [{ mark, says: trigger.says }] : [];
  });
  const of = (...says: readonly Saying[]): Reaching[] => reaching.filter((r) => says.includes(r.says));
  const hypothetical = of('hypothetical');
  const historical = of('historical');
  const other = of('other');
  const stated = presenceOf(sentence, of('absent', 'uncertain', 'present'), first, end);
  const deciding = [
    ...stated.deciding,
    ...(hypothetical.length > 0 ? hypothetical : historical).slice(-1),
    ...other.slice(-1),
  ];
  return {
    presence: stated.presence,
    temporality: hypothetical.length > 0 ? 'hypothetical' : historical.length > 0 ? 'historical' : 'recent',
    experiencer: other.length > 0 ? 'other' : 'patient',
    triggers: deciding
      .map(({ mark }) => ({ start: starts[mark.first]!, end: ends[mark.end - 1]! }))
      .sort((a, b) => a.start - b.start),
  };
}

interface Reaching {
  readonly mark: Mark;
  readonly says: Saying;
}

/**
 * The nearest trigger decides; but a denial that reaches a doubt before the mention governs it ("no opacity to suggest
 * pneumonia"), and so does a denial behind it ("possible pneumonia is excluded").
 */
function presenceOf(
  sentence: ScannedSentence,
  reaching: readonly Reaching[],
  first: number,
  end: number,
): { presence: Presence; deciding: readonly Reaching[] } {
  const distance = ({ mark }: Reaching): number =>
    mark.end <= first ? first - mark.end : Math.max(0, mark.first - end);
  let nearest: Reaching | undefined;
  for (const one of reaching) if (!nearest || distance(one) < distance(nearest)) nearest = one;
  if (!nearest) return { presence: 'present', deciding: [] };
  const { mark, says } = nearest;
  if (says === 'uncertain') {
    const governing = reaching.find(
      (r) =>
        r.says === 'absent' &&
        (r.mark.first >= end || (r.mark.end <= mark.first && reachesForward(sentence, r.mark, 'absent', mark.first))),
    );
    if (governing) return { presence: 'absent', deciding: [governing] };
  }
  return { presence: says === 'absent' || says === 'uncertain' ? says : 'present', deciding: [nearest] };
}
