import { changes, impressionClasses, intensities, likelihoods, natures, uptakes } from '@radiolect/findings';
import { z } from 'zod';
import type { ReadingVocabulary } from './reading-vocabulary.ts';
import { answerSides, everywhereElse } from './reading-vocabulary.ts';

// The form in which a model says what a report states. It is compact, since small models lose the thread of long
// answers; every key is always there ("none" where nothing is stated), since grammars and strict servers ask for that.
// The quote comes first, so that a model points at the words before it judges them.

/** Why a place is mentioned without a label of its own. */
export const openReasons = ['vague', 'side-missing', 'not-imaged', 'contradiction'] as const;

const orNone = <T extends readonly [string, ...string[]]>(values: T) => z.enum([...values, 'none']);

/** The form of an answer over a vocabulary. */
export function readingAnswerSchema(vocabulary: ReadingVocabulary) {
  const places = [...vocabulary.midline, ...vocabulary.paired, ...vocabulary.regions] as [string, ...string[]];
  const outside = (vocabulary.outside.length > 0 ? vocabulary.outside : ['other']) as [string, ...string[]];
  const place = z.enum(places);
  const side = z.enum(answerSides);
  const quote = z.string();
  return z.strictObject({
    findings: z.array(
      z.strictObject({
        quote,
        places: z.array(place),
        side,
        state: z.enum(['present', 'uncertain']),
        nature: orNone(natures),
        likelihood: orNone(likelihoods),
        change: orNone(changes),
        uptake: orNone(uptakes),
        intensity: orNone(intensities),
      }),
    ),
    absent: z.array(
      z.strictObject({ quote, places: z.array(z.enum([...places, everywhereElse])), side, resolved: z.boolean() }),
    ),
    open: z.array(z.strictObject({ quote, place, side, why: z.enum(openReasons) })),
    outside: z.array(z.strictObject({ quote, what: z.enum(outside) })),
    impression: z.enum(impressionClasses),
  });
}

export type ReadingAnswer = z.output<ReturnType<typeof readingAnswerSchema>>;
