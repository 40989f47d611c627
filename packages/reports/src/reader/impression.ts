import type { ImpressionClass } from '@radiolect/findings';
import type { Lexicon } from './lexicon.ts';
import type { SiteRecord } from './site-record.ts';

/** The class of a report from its labels: see "With each labelled site" in the guideline. */
export function impressionClassOf(
  records: ReadonlyMap<string, SiteRecord>,
  contradicted: boolean,
  doubtfulSide: boolean,
  lexicon: Lexicon,
): ImpressionClass {
  const positive = [...records.values()].filter((r) => r.state !== 'absent');
  if (contradicted) return 'equivocal';
  const present = positive.filter((r) => r.state === 'present');
  if (present.some((r) => r.nature === 'metastatic' && r.likelihood !== 'possible')) return 'metastatic';
  const open = positive.some((r) => r.state === 'uncertain' || r.nature === 'metastatic' || r.nature === 'unspecified');
  if (open) return 'equivocal';
  if (present.some((r) => r.nature === 'metabolic' || r.nature === 'malignant-other' || isOther(r.causeWord, lexicon)))
    return 'other';
  return positive.length > 0 || doubtfulSide ? 'benign' : 'normal';
}

/** Infection, loosening and the like: a cause of a class of its own, though the same nature has benign ones. */
function isOther(word: string | undefined, lexicon: Lexicon): boolean {
  if (word === undefined) return false;
  const folded = Array.from(word, (c) => String.fromCharCode(lexicon.fold[c.charCodeAt(0)]!)).join('');
  return lexicon.otherCauses.some((cause) => folded.includes(cause));
}
