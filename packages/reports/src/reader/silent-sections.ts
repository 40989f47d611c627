import type { Pack } from '@radiolect/findings';
import { Spelling } from '../text/spelling.ts';
import { blankMarkup, tokenise } from '../text/tokens.ts';
import { lex } from './lexer.ts';
import { compileLexicon } from './lexicon.ts';
import { givesLabels, sentencesOf } from './sentences.ts';
import type { Span } from './site-record.ts';

/** Whether words of a report stand only where it gives no labels. */
export type SilentWords = (span: Span) => boolean;

/**
 * Tells for a report which of its words stand in the indication, the technique or the comparison alone, which give no
 * labels (guideline, rule 6). Words that reach into another section, or that no section holds, are not silent.
 */
export function createSectionReader(pack: Pack): (text: string) => SilentWords {
  const lexicon = compileLexicon(pack);
  const spelling = new Spelling(lexicon.vocabulary, lexicon.leftAlone);
  return (text) => {
    const items = lex(text, tokenise(blankMarkup(text), lexicon.fold), lexicon, spelling);
    const sentences = sentencesOf(items).map(({ section, items: own }) => ({
      start: own[0]!.start,
      end: own.at(-1)!.end,
      silent: !givesLabels(section),
    }));
    return ({ start, end }) => {
      const touched = sentences.filter((sentence) => sentence.start < end && start < sentence.end);
      return touched.length > 0 && touched.every((sentence) => sentence.silent);
    };
  };
}
