import type { IdentityRule, IdentityRules } from './rules.ts';

/**
 * The part of a span that is a name: up to the first ordinary word. Undefined where it begins with one, or where the
 * name is a word of medicine ("Paget's disease").
 */
export function trimmedName(
  text: string,
  start: number,
  end: number,
  rules: IdentityRules,
  rule: Pick<IdentityRule, 'leftWord' | 'rank'>,
): { start: number; end: number } | undefined {
  const value = text.slice(start, end);
  if (/^\p{Script=Han}/u.test(value)) {
    const ahead = text.slice(start, end + 3);
    // Beside a label and a colon any name may stand; elsewhere an ordinary word that begins like a name is more likely.
    if (rule.rank <= 2) return { start, end };
    for (let length = 1; length <= ahead.length; length++)
      if (rules.notNames.has(ahead.slice(0, length)) && length > 1) return undefined;
    return { start, end };
  }
  let from: number | undefined;
  let to = start;
  for (const match of value.matchAll(/[^\s,^]+/gu)) {
    const word = match[0].replace(/[.’']+$/u, '').toLowerCase();
    const isInitial = /^\p{Lu}\.?$/u.test(match[0]);
    const ordinary = !isInitial && rules.notNames.has(word.replace(/['’]s$/u, ''));
    if (ordinary && from === undefined && /^(?:dr|mr|mrs|ms|miss|prof|professor|sir|doctor)$/.test(word)) continue;
    if (ordinary) break;
    from ??= start + match.index;
    to = start + match.index + match[0].length;
  }
  if (from === undefined) return undefined;
  // "… Dr J." at the end of a sentence: the full stop stays.
  if (/\p{Ll}\.$/u.test(text.slice(from, to))) to--;
  if (rule.rank > 2 && rules.eponymAfter.some((pattern) => pattern.test(text.slice(to)))) return undefined;
  return { start: from, end: to };
}
