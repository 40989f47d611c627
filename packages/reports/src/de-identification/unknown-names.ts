import type { IdentitySpan } from './find-identities.ts';
import type { IdentityRules } from './rules.ts';

const run =
  /(?<![\p{L}\p{N}\p{M}/&'’-])(?:(?:\p{Lu}\.[ \t]?){0,3}(?:Mc|Mac|Van|O['’]|D['’]|Al-|El-)?\p{Lu}\p{Ll}+(?:[-'’]\p{Lu}?\p{Ll}+)*)(?:[ \t](?:(?:van|von|der|den|de|del|di|da|dos|la|le|bin|al)[ \t])*(?:(?:\p{Lu}\.?(?![\p{L}\p{N}])[ \t]?)+|(?:Mc|Mac|Van|O['’]|D['’]|Al-|El-)?\p{Lu}\p{Ll}+(?:[-'’]\p{Lu}?\p{Ll}+)*))*(?![\p{L}\p{N}])/gu;

/**
 * Capitalised words that no report uses otherwise: two or more in a row, or one inside a sentence. Reports write few
 * capitals, so what is neither an ordinary word, nor a word of medicine, nor behind a full stop is most likely a name of
 * a person or a place. Only for texts in Latin letters with small letters.
 */
export function unknownNames(text: string, rules: IdentityRules): IdentitySpan[] {
  const out = capitalNames(text, rules);
  for (const match of text.matchAll(run)) {
    const words = [...match[0].matchAll(/[^\s]+/gu)].map((word) => ({
      start: match.index + word.index,
      end: match.index + word.index + word[0].length,
      kind: kindOf(word[0], rules),
    }));
    let open: typeof words = [];
    const close = (): void => {
      while (open.at(-1)?.kind === 'joint') open.pop();
      while (open[0]?.kind === 'joint' && open.length > 1 && open[1]?.kind === 'joint') open.shift();
      const unknown = open.filter(({ kind }) => kind === 'unknown');
      const [first, last] = [open[0], open.at(-1)];
      open = [];
      if (!first || !last || unknown.length === 0) return;
      const whole = last.start !== first.start;
      if (
        !whole &&
        (last.end - last.start < 4 ||
          !(insideSentence(text, first.start) || acts(text, last.end, rules) || fillsForm(text, first.start, last.end)))
      )
        return;
      // "Countersigned: …" is a label.
      if (/^[ \t]*[:：]/u.test(text.slice(last.end, last.end + 3))) return;
      if (rules.eponymAfter.some((pattern) => pattern.test(text.slice(last.end, last.end + 24)))) return;
      out.push({ kind: 'name', role: 'person', start: first.start, end: last.end, rank: 5 });
    };
    for (const word of words) {
      if (word.kind === 'ordinary') close();
      else open.push(word);
    }
    close();
  }
  return out;
}

const capitals =
  /(?<![\p{L}\p{N}'’-])(?:(?:MC|MAC|O['’]|D['’]|ST\.[ ])?\p{Lu}{2,}(?:[-'’]\p{Lu}{2,})*),[ \t]?(?:\p{Lu}{3,}(?:[-'’]\p{Lu}{2,})*)(?:[ \t]\p{Lu}\.?(?![\p{L}\p{N}]))?(?![\p{L}\p{N}])/gu;

/** "ALDER, JANE M", and "ALDER, JANE" where a number, a bracket or the end of the line follows. */
function capitalNames(text: string, rules: IdentityRules): IdentitySpan[] {
  const out: IdentitySpan[] = [];
  for (const match of text.matchAll(capitals)) {
    const words = match[0].split(/[,\s]+/u).filter((word) => word.replace('.', '').length > 2);
    const known = words.some((word) => kindOf(word.charAt(0) + word.slice(1).toLowerCase(), rules) !== 'unknown');
    if (words.length < 2 || known) continue;
    const end = match.index + match[0].length;
    const initialed = /[ \t]\p{Lu}\.?$/u.test(match[0]);
    if (initialed || /^[ \t]*(?:$|\n|[(|\d]|MRN|DOB|ID\b)|^[ \t]{2}/u.test(text.slice(end, end + 6)))
      out.push({ kind: 'name', role: 'person', start: match.index, end, rank: 5 });
  }
  return out;
}

type WordKind = 'unknown' | 'ordinary' | 'joint';

function kindOf(word: string, { notNames, ordinaryWords }: IdentityRules): WordKind {
  if (/^(?:\p{Lu}\.?)+$/u.test(word) || /^\p{Ll}+$/u.test(word)) return 'joint';
  const plain = word.toLowerCase().replaceAll('’', "'").replace(/'s$/u, '');
  const known = (one: string): boolean => notNames.has(one) || ordinaryWords.has(one);
  const parts = plain.split(/[-']/u);
  if (known(plain) || parts.every((part) => part.length < 3 || known(part))) return 'ordinary';
  // Endings of ordinary words: a word of the list in another form.
  const stem = plain.replace(/(?:ies|es|s|ed|ing|ly|al|ic|ous|ally|ation|ations|ment|ness)$/u, '');
  if (stem.length >= 4 && stem !== plain && (known(stem) || known(`${stem}e`) || known(`${stem}y`))) return 'ordinary';
  return plain.length >= 8 &&
    /(?:itis|osis|oma|omas|emia|uria|pathy|plasty|ectomy|otomy|ostomy|graphy|scopy|gram|trophy|plasia|algia|aemia|ation|ative|ology|ography|ological|ographic)$/u.test(
      plain,
    )
    ? 'ordinary'
    : 'unknown';
}

const acts = (text: string, at: number, { doesLikeAPerson }: IdentityRules): boolean =>
  doesLikeAPerson.some((pattern) => pattern.test(text.slice(at, at + 30)));

/** The whole of what stands behind a label: "CONS: Alder" and then nothing, or a gap. */
const fillsForm = (text: string, start: number, end: number): boolean =>
  /\p{L}{2}[ \t]*[:：][ \t]*$/u.test(text.slice(Math.max(0, start - 8), start)) &&
  /^(?:[ \t]*(?:\n|$)|[ \t]{2}|\t)/u.test(text.slice(end, end + 8));

/** Whether a word stands behind another of its sentence: the first word of a sentence begins with a capital anyway. */
function insideSentence(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - 12), at);
  return /(?:\p{Ll}|\d|,|\))[ \t]+(?:\p{Lu}\p{Ll}*\.?[ \t])?$/u.test(before) && !/\d[.)][ \t]*$/u.test(before);
}
