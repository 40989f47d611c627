import type { Message } from '../checks/message.ts';
import type { Hit } from './cue.ts';
import type { Work } from './work.ts';
import { report, sentenceAt, wordsAt } from './work.ts';

type Sex = 'male' | 'female';
const sexes = {
  male: { en: 'male', 'zh-Hant': '男性', 'zh-Hans': '男性' },
  female: { en: 'female', 'zh-Hant': '女性', 'zh-Hans': '女性' },
} as const satisfies Record<Sex, Message>;

const agePatterns = [
  /(?<![\d.])(\d{1,3})[- ]?(?:years?|yrs?|y)[- ]?(?:\/ ?)?(?:old|o)(?![a-z])(?! (?:fracture|prosthes|implant|injur|lesion|arthroplast|fx|scan|stud))/g,
  /(?<![\w./-])(\d{1,3})\s?y\/?o(?![a-z])/g,
  /(?<![\w./-])(\d{2}) ?[mf](?=[\s,.;:]|$)(?! ?[0-9])/g,
  /(?<![\w./-])(?:age|aged|年龄|年纪)\s*[:=]?\s*(\d{1,3})(?!\d|\s?(?:%|mm|cm))/g,
  /(?<![\d.])(\d{1,3})\s?岁/g,
];

export interface StatedAge extends Hit {
  readonly years: number;
}

/** The patient's age wherever the text states it; ages of relatives are left out. */
export function statedAges(work: Work): StatedAge[] {
  const { folded } = work.outline;
  return agePatterns
    .flatMap((pattern) => [...folded.matchAll(pattern)])
    .map((match) => ({ start: match.index, end: match.index + match[0].length, years: Number(match[1]) }))
    .filter((hit) => !isOfFamily(work, hit))
    .sort((a, b) => a.start - b.start);
}

function isOfFamily(work: Work, hit: Hit): boolean {
  const { folded } = work.outline;
  const sentence = sentenceAt(work, hit.start) ?? { start: Math.max(0, hit.start - 40), end: hit.end };
  return work.data.cues.family.first(folded, Math.max(sentence.start, hit.start - 60), hit.start) !== undefined;
}

/** Age and sex against the patient's, and organs against the sex. */
export function checkPatient(work: Work): void {
  const { patient } = work.context;
  const age = patient?.age;
  const wrong = age === undefined ? [] : statedAges(work).filter(({ years }) => Math.abs(years - age) > 1);
  if (wrong.length > 0)
    report(work, 'age-mismatch', {
      severity: 'error',
      at: wrong,
      values: { stated: String(wrong[0]!.years), expected: String(age) },
    });
  const stated = statedSex(work);
  const known = patient?.sex === 'male' || patient?.sex === 'female' ? patient.sex : undefined;
  if (known && stated && stated.sex !== known)
    report(work, 'sex-mismatch', {
      severity: 'error',
      at: stated.at,
      values: { stated: wordsAt(work, stated.at[0]!), expected: sexes[known] },
    });
  const sex = known ?? (patient?.sex === 'other' ? undefined : stated?.sex);
  if (!sex) return;
  const cue = sex === 'male' ? work.data.cues.femaleOrgan : work.data.cues.maleOrgan;
  const organs = cue.all(work.outline.folded).filter((hit) => !isOfFamily(work, hit));
  if (organs.length > 0)
    report(work, 'sex-mismatch', {
      severity: 'error',
      at: organs,
      values: { stated: wordsAt(work, organs[0]!), expected: sexes[sex] },
    });
}

/** The sex that the text states, where it states only one. */
function statedSex(work: Work): { sex: Sex; at: Hit[] } | undefined {
  const { folded } = work.outline;
  const { cues } = work.data;
  const own = (hits: Hit[]): Hit[] => hits.filter((hit) => !isOfFamily(work, hit));
  const letter = [...folded.matchAll(/(?<![\w./-])\d{2} ?([mf])(?=[\s,.;:]|$)/g)].map((match) => ({
    sex: match[1] === 'm' ? ('male' as const) : ('female' as const),
    start: match.index,
    end: match.index + match[0].length,
  }));
  const male = [...own(cues.male.all(folded)), ...letter.filter(({ sex }) => sex === 'male')];
  const female = [...own(cues.female.all(folded)), ...letter.filter(({ sex }) => sex === 'female')];
  if (male.length > 0 === female.length > 0) return undefined;
  return male.length > 0 ? { sex: 'male', at: male } : { sex: 'female', at: female };
}
