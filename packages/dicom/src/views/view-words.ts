import type { FrameView } from '../study.ts';

// Exported names glue words with anything ("WB_ANT", "POST-1", "Whole Body Anterior"), so a word ends where letters end.
const anterior = /(?<![a-z])(ant|anter|anterior|ap|a\/p)(?![a-z])|前位|前面|正面|前视|前視/i;
const posterior = /(?<![a-z])(post|poster|posterior|pa|p\/a)(?![a-z])|后位|後位|后面|後面|背面|后视|後視/i;
const other = /(?<![a-z])(lat|lateral|rao|lao|rpo|lpo|oblique|llat|rlat)(?![a-z])|侧位|側位|斜位/i;

/** The view that a description or a name states, or undefined when it states none, or two that contradict. */
export function viewOfWords(text: string | undefined): FrameView | undefined {
  if (!text) return undefined;
  const words = text.replaceAll('_', ' ');
  if (other.test(words)) return 'other';
  const front = anterior.test(words);
  const back = posterior.test(words);
  if (front === back) return undefined;
  return front ? 'anterior' : 'posterior';
}

/** True when a text names both views, as the name of an export with two views side by side may. */
export const namesBothViews = (text: string): boolean =>
  anterior.test(text.replaceAll('_', ' ')) && posterior.test(text.replaceAll('_', ' '));

/** A file name without its view word, so that "case7_ant" and "case7_post" meet in one study. */
export const withoutViewWord = (name: string): string =>
  name
    .replaceAll('_', ' ')
    .replace(new RegExp(anterior.source, 'gi'), '')
    .replace(new RegExp(posterior.source, 'gi'), '')
    .replace(/[\s.-]+/g, ' ')
    .trim();
