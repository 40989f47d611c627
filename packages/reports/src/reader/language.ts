import type { ReportReading } from '@radiolect/findings';
import type { Lexicon } from './lexicon.ts';
import type { Tokens } from './tokens.ts';
import { isChinese, isLatinWord } from './tokens.ts';

/** The language of a text by its script: mixed where English words and Chinese characters both carry sentences. */
export function languageOf(source: string, tokens: Tokens, lexicon: Lexicon): ReportReading['language'] {
  let latin = 0;
  let chinese = 0;
  let traditional = 0;
  let simplified = 0;
  for (const [index, text] of tokens.texts.entries()) {
    if (isLatinWord(text)) latin++;
    else if (isChinese(text)) {
      chinese++;
      const character = source[tokens.starts[index]!]!;
      if (lexicon.traditional.has(character)) traditional++;
      else if (lexicon.simplified.has(character)) simplified++;
    }
  }
  if (latin + chinese === 0) return 'unknown';
  // Two characters make about one word.
  const words = chinese / 2;
  if (words <= latin * 0.08) return latin > 0 ? 'en' : 'unknown';
  if (latin > words * 0.45) return 'mixed';
  return traditional >= simplified ? 'zh-Hant' : 'zh-Hans';
}
