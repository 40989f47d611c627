import { attributeWords } from '../findings-list/finding-words.ts';
import { readingWords } from '../words/vocabulary-words.ts';
import { fill, useWords } from '../words/words-context.tsx';
import type { ReadingVoice } from './text-marks.ts';

/** What a reading holds, said in the language of the interface. */
export interface ReadingWords extends ReadingVoice {
  readonly nameOf: (position: string) => string;
}

/** Findings beyond this many are counted, not listed: a summary negative covers the whole skeleton. */
const listed = 3;

export function useReadingWords(nameOf: (position: string) => string): ReadingWords {
  const { language, word } = useWords();
  const said = (list: keyof typeof readingWords, code: string): string => {
    const row = (readingWords[list] as Readonly<Record<string, readonly string[]>>)[code];
    return row ? fill(row, language) : code;
  };
  const gap = language === 'en' ? ' ' : '';
  const [comma, colon] = language === 'en' ? [', ', ': '] : ['、', '：'];
  return {
    nameOf,
    findings: (findings) => {
      const first = findings[0];
      if (!first) return '';
      const names = findings.slice(0, listed).map(({ site }) => nameOf(site));
      const more = findings.length > listed ? ` … (${findings.length})` : '';
      const state = [word('presence', first.presence), attributeWords(first, word)].filter(Boolean).join(comma);
      return `${names.join(comma)}${more}${colon}${state}`;
    },
    regional: ({ region, side }) => [side && said('side', side), said('region', region)].filter(Boolean).join(gap),
    denied: (nature) => word('nature', nature),
    extraosseous: (what) => said('extraosseous', what),
    warning: ({ code, subject }) => [said('warning', code), subject && nameOf(subject)].filter(Boolean).join(colon),
  };
}
