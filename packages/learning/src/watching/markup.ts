import type { PageWords } from './page-words.ts';
import { pageLanguages } from './page-words.ts';

/** Text as HTML and SVG may hold it, in content and in quoted attributes. */
export const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** A text in every language of the page, of which the style sheet shows one. Equal texts stand once. */
export function spoken(words: PageWords, element: 'span' | 'tspan' = 'span'): string {
  if (pageLanguages.every((language) => words[language] === words.en)) return escaped(words.en);
  return pageLanguages
    .map((language) => `<${element} lang="${language}">${escaped(words[language])}</${element}>`)
    .join('');
}

/** 4000 → "1 h 7 min" */
export function duration(seconds: number): string {
  if (seconds < 90) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes >= 60 ? `${Math.floor(minutes / 60)} h ${minutes % 60} min` : `${minutes} min`;
}
