import type { AnatomicSite, Language } from '@radiolect/findings';
import { languages } from '@radiolect/findings';
import type { ReactNode } from 'react';
import { createContext, useContext, useEffect, useMemo, useState } from 'react';
import { vocabularyWords } from './vocabulary-words.ts';
import type { WordKey } from './words.ts';
import { words } from './words.ts';

export type Translate = (key: WordKey, values?: Readonly<Record<string, string | number>>) => string;
type Vocabulary = typeof vocabularyWords;
/** The word of a closed vocabulary: `word('nature', 'metastatic')`. */
export type VocabularyWord = <K extends keyof Vocabulary>(list: K, value: keyof Vocabulary[K]) => string;

interface Words {
  readonly language: Language;
  readonly setLanguage: (language: Language) => void;
  readonly t: Translate;
  readonly word: VocabularyWord;
  readonly siteName: (site: string) => string;
}

const stored = 'radiolect-language';

function firstLanguage(): Language {
  const kept = localStorage.getItem(stored);
  const known = languages.find((language) => language === kept);
  if (known) return known;
  const browser = navigator.language;
  if (!browser.startsWith('zh')) return 'en';
  return /hant|tw|hk|mo/i.test(browser) ? 'zh-Hant' : 'zh-Hans';
}

/** Fills `{name}` places of a row in one language. */
export function fill(
  row: readonly string[],
  language: Language,
  values: Readonly<Record<string, string | number>> = {},
): string {
  const text = row[languages.indexOf(language)] ?? '';
  return text.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
}

const WordsContext = createContext<Words | undefined>(undefined);

export function useWords(): Words {
  const known = useContext(WordsContext);
  if (!known) throw new Error('useWords outside WordsProvider');
  return known;
}

export function WordsProvider({
  sites,
  children,
}: {
  readonly sites: readonly AnatomicSite[];
  readonly children: ReactNode;
}): ReactNode {
  const [language, setLanguage] = useState(firstLanguage);
  useEffect(() => {
    localStorage.setItem(stored, language);
    document.documentElement.lang = language;
  }, [language]);
  const value = useMemo(() => wordsIn(language, setLanguage, sites), [language, sites]);
  return <WordsContext value={value}>{children}</WordsContext>;
}

/** A part of the page that speaks another language than the interface. */
export function WordsIn({
  language,
  sites,
  children,
}: {
  readonly language: Language;
  readonly sites: readonly AnatomicSite[];
  readonly children: ReactNode;
}): ReactNode {
  const { setLanguage } = useWords();
  const value = useMemo(() => wordsIn(language, setLanguage, sites), [language, setLanguage, sites]);
  return <WordsContext value={value}>{children}</WordsContext>;
}

function wordsIn(language: Language, setLanguage: Words['setLanguage'], sites: readonly AnatomicSite[]): Words {
  const names = new Map(sites.map((site) => [site.id, site.names[language]]));
  return {
    language,
    setLanguage,
    t: (key, values) => fill(words[key], language, values),
    word: (list, entry) =>
      fill((vocabularyWords[list] as Record<PropertyKey, readonly string[]>)[entry] ?? [], language),
    siteName: (site) => names.get(site) ?? site,
  };
}
