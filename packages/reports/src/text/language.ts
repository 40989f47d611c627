import type { ReportReading } from '@radiolect/findings';
import type { Tokens } from './tokens.ts';
import { isChinese, isLatinWord } from './tokens.ts';

/** Characters by which traditional and simplified Chinese are told apart. */
export interface Scripts {
  readonly traditional: ReadonlySet<string>;
  readonly simplified: ReadonlySet<string>;
}

/** The language of a text by its script: mixed where English words and Chinese characters both carry sentences. */
export function languageOf(source: string, tokens: Tokens, scripts: Scripts): ReportReading['language'] {
  let latin = 0;
  let chinese = 0;
  let traditional = 0;
  let simplified = 0;
  for (const [index, text] of tokens.texts.entries()) {
    if (isLatinWord(text)) latin++;
    else if (isChinese(text)) {
      chinese++;
      const character = source[tokens.starts[index]!]!;
      if (scripts.traditional.has(character)) traditional++;
      else if (scripts.simplified.has(character)) simplified++;
    }
  }
  if (latin + chinese === 0) return 'unknown';
  // Two characters make about one word.
  const words = chinese / 2;
  if (words <= latin * 0.08) return latin > 0 ? 'en' : 'unknown';
  if (latin > words * 0.45) return 'mixed';
  return traditional >= simplified ? 'zh-Hant' : 'zh-Hans';
}
