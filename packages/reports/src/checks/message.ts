import type { AnatomicSite, Language } from '@radiolect/findings';
import { languages } from '@radiolect/findings';

/** A sentence in the three languages of a report. `{name}` stands for a value. */
export type Message = Readonly<Record<Language, string>>;

/** Puts values into a message: a text stands for itself in every language, a list is joined as the language does. */
export function fillMessage(
  message: Message,
  values: Readonly<Record<string, string | Message | readonly (string | Message)[]>>,
): Message {
  const inLanguage = (language: Language): string => {
    const say = (value: string | Message): string => (typeof value === 'string' ? value : value[language]);
    return message[language].replace(/\{(\w+)\}/g, (whole, name: string) => {
      const value = values[name];
      if (value === undefined) return whole;
      return isList(value) ? value.map(say).join(language === 'en' ? ', ' : '、') : say(value);
    });
  };
  return Object.fromEntries(languages.map((language) => [language, inLanguage(language)])) as Record<Language, string>;
}

/** The names of sites, or the id where the pack does not know one. */
export function siteNames(
  ids: readonly string[],
  names: ReadonlyMap<string, AnatomicSite['names']>,
): readonly (string | Message)[] {
  return ids.map((id) => names.get(id) ?? id);
}

const isList = (value: string | Message | readonly (string | Message)[]): value is readonly (string | Message)[] =>
  Array.isArray(value);
