import type { IdentitySpan } from './find-identities.ts';
import type { IdentityRules } from './rules.ts';

/** Names that were found once, wherever they stand again: "Patient: Jane Alder … Mrs Alder … ALDER". */
export function againNamed(
  text: string,
  found: readonly IdentitySpan[],
  rules: IdentityRules,
  known: readonly string[],
): IdentitySpan[] {
  const words = new Map<string, { word: string; role: NonNullable<IdentitySpan['role']> }>();
  const note = (word: string, role: NonNullable<IdentitySpan['role']>): void => {
    const key = word.toLowerCase();
    if (words.get(key)?.role !== 'patient') words.set(key, { word, role });
  };
  for (const { kind, role, start, end } of found)
    if (kind === 'name') for (const word of nameWords(text.slice(start, end), rules)) note(word, role ?? 'person');
  for (const name of known) for (const word of nameWords(name.replace(/[\^=]+/g, ' '), rules)) note(word, 'patient');
  const out: IdentitySpan[] = [];
  for (const { word, role } of words.values()) {
    const pattern = /\p{Script=Han}/u.test(word)
      ? new RegExp(escaped(word), 'gu')
      : new RegExp(
          `(?<![\\p{L}\\p{N}])(?:${[word, word.toUpperCase(), title(word)].map(escaped).join('|')})(?![\\p{L}\\p{N}])`,
          'gu',
        );
    for (const { index } of text.matchAll(pattern)) {
      const end = index + word.length;
      if (rules.eponymAfter.some((eponym) => eponym.test(text.slice(end, end + 20)))) continue;
      out.push({ kind: 'name', role, start: index, end, rank: 6 });
    }
  }
  return out;
}

/** Names that are the patient's although only a title stands beside them: "Patient: Jane Alder … Ms Alder". */
export function patientsNames(
  text: string,
  spans: readonly IdentitySpan[],
  rules: IdentityRules,
  known: readonly string[],
): IdentitySpan[] {
  const whole = spans
    .filter(({ kind, role }) => kind === 'name' && role === 'patient')
    .map(({ start, end }) => text.slice(start, end));
  const own = new Set(
    [...whole, ...known.map((name) => name.replace(/[\^=]+/g, ' '))]
      .flatMap((name) => nameWords(name, rules))
      .map((word) => word.toLowerCase()),
  );
  return spans.map((span) => {
    if (span.kind !== 'name' || span.role !== 'person') return span;
    const value = text.slice(span.start, span.end);
    const isPatient = /^\p{Script=Han}/u.test(value)
      ? whole.some((name) => name.startsWith(value)) &&
        /^[ \t]?(?:先生|女士|小姐|太太)/u.test(text.slice(span.end, span.end + 4))
      : nameWords(value, rules).some((word) => own.has(word.toLowerCase()));
    return isPatient ? { ...span, role: 'patient' } : span;
  });
}

/** Whole Chinese names; of others every word that is no ordinary one. */
function nameWords(name: string, rules: IdentityRules): string[] {
  if (/^\p{Script=Han}/u.test(name)) return name.length >= 2 ? [name] : [];
  return name
    .split(/[\s,.]+/u)
    .map((word) => word.replace(/['’]s$/u, ''))
    .filter((word) => {
      const lower = word.toLowerCase();
      return (
        word.length >= 3 && /^\p{Lu}/u.test(word) && !rules.notNames.has(lower) && !rules.ambiguousNames.has(lower)
      );
    });
}

const title = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase();
const escaped = (text: string): string =>
  text.replace(/[.*+?^${}()|[\]\\/-]/g, (one) => (one === '-' || one === '/' ? one : `\\${one}`));
