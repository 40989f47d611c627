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
  const out: IdentitySpan[] = [];
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
      if (!whole && (last.end - last.start < 4 || !(insideSentence(text, first.start) || acts(text, last.end, rules))))
        return;
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
  return /(?:itis|osis|oma|omas|emia|uria|pathy|plasty|ectomy|otomy|ostomy|graphy|scopy|gram|trophy|plasia|algia|aemia|ation|ative|ology|ography|ological|ographic)$/u.test(
    plain,
  )
    ? 'ordinary'
    : 'unknown';
}

const acts = (text: string, at: number, { doesLikeAPerson }: IdentityRules): boolean =>
  doesLikeAPerson.some((pattern) => pattern.test(text.slice(at, at + 30)));

/** Whether a word stands behind another of its sentence: the first word of a sentence begins with a capital anyway. */
function insideSentence(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - 12), at);
  return /(?:\p{Ll}|\d|,|\))[ \t]+(?:\p{Lu}\p{Ll}*\.?[ \t])?$/u.test(before) && !/\d[.)][ \t]*$/u.test(before);
}
