import type { Language } from '@radiolect/findings';
import type { IdentitySet, LanguageSet } from './identity-set.ts';
import type { MadeUpPerson, Random } from './made-up-values.ts';
import { dateForm, nameForm, nationalNumber, nhsNumber, numberOf, person, pick } from './made-up-values.ts';

export const identityKinds = [
  'name',
  'patient-number',
  'accession',
  'national-id',
  'insurance',
  'date',
  'age',
  'phone',
  'address',
  'hospital',
  'e-mail',
  'url',
] as const;
export type IdentityKind = (typeof identityKinds)[number];

/** An identifying span of the planted text, in UTF-16 code units. */
export interface PlantedSpan {
  readonly kind: IdentityKind;
  readonly start: number;
  readonly end: number;
}

export interface PlantedReport {
  readonly id: string;
  readonly language: Language;
  readonly text: string;
  readonly planted: readonly PlantedSpan[];
  /** The patient's number as the text writes it. */
  readonly patientNumber: string;
}

/**
 * Puts invented identities into a report in the forms of a set: a header, sentences between its sentences, a footer.
 * The same random numbers give the same report. Ages are over 89, as younger ones do not identify.
 */
export function plantIdentities(
  report: { readonly id: string; readonly language: string; readonly text: string },
  set: IdentitySet,
  random: Random,
): PlantedReport {
  const language: Language = report.language === 'en' || report.language === 'zh-Hans' ? report.language : 'zh-Hant';
  const own = set[language];
  const values = identityOf(language, own, random);
  const pieces: { text: string; planted: readonly PlantedSpan[] }[] = [];
  const put = (form: string): void => {
    pieces.push(filled(form, values));
  };
  const keep = (text: string): void => {
    pieces.push({ text, planted: [] });
  };
  if (random() < 0.85) put(pick(own.forms.header, random));
  const gaps = [...report.text.matchAll(/(?<=[.。])(?=[ \n])|(?<=。)(?=\P{P})|(?<=\n)(?=\S)/gu)].map(
    ({ index }) => index,
  );
  const count = Math.min(gaps.length, 2 + Math.floor(random() * 3));
  const forms = shuffled(own.forms.inline, random).slice(0, count);
  const places = shuffled(gaps, random)
    .slice(0, count)
    .sort((a, b) => a - b);
  let from = 0;
  for (const [index, at] of places.entries()) {
    keep(report.text.slice(from, at));
    const afterLine = report.text[at - 1] === '\n';
    if (language === 'en' && !afterLine) keep(' ');
    put(forms[index]!);
    if (language === 'en' && afterLine) keep(' ');
    from = at;
  }
  keep(report.text.slice(from));
  if (random() < 0.85) put(pick(own.forms.footer, random));
  let text = '';
  const planted: PlantedSpan[] = [];
  for (const piece of pieces) {
    for (const { kind, start, end } of piece.planted)
      planted.push({ kind, start: start + text.length, end: end + text.length });
    text += piece.text;
  }
  return { id: report.id, language, text, planted, patientNumber: values('mrn')[1] };
}

type Values = (slot: string) => readonly [kind: IdentityKind | undefined, text: string];

function filled(form: string, values: Values): { text: string; planted: PlantedSpan[] } {
  let text = '';
  const planted: PlantedSpan[] = [];
  for (const part of form.split(/(\{[\w.]+\})/)) {
    const slot = /^\{([\w.]+)\}$/.exec(part)?.[1];
    const [kind, value] = slot === undefined ? [undefined, part] : values(slot);
    if (kind) planted.push({ kind, start: text.length, end: text.length + value.length });
    text += value;
  }
  return { text, planted };
}

const day = 86_400_000;

/** One report's identity: the same slot is the same value wherever it stands. */
function identityOf(language: Language, set: LanguageSet, random: Random): Values {
  const latin = language === 'en';
  const age = 90 + Math.floor(random() * 12);
  const study = new Date(Date.UTC(2019, 0, 1) + Math.floor(random() * 5 * 365) * day);
  const earlier = new Date(study.getTime() - (20 + Math.floor(random() * 900)) * day);
  const birth = new Date(study.getTime() - (age * 365.25 + 40 + Math.floor(random() * 200)) * day);
  const people: Record<string, MadeUpPerson> = {
    patient: person(set, random),
    clinician: person(set, random),
    clinician2: person(set, random),
    other: person(set, random),
  };
  const titles = latin
    ? { patient: ['Mr', 'Mrs', 'Ms'], other: ['Dr', 'Prof.', 'Dr.'] }
    : { patient: ['先生', '女士', '小姐'], other: [''] };
  const phone = numberOf(pick(set.phone, random), random);
  const mail = `${pick(['reports', 'nuclear.medicine', 'k.w', 'office12'], random)}@${pick(set.domain, random)}`;
  const hospital = pick(set.hospital, random);
  const fixed: Record<string, readonly [IdentityKind | undefined, string]> = {
    mrn: ['patient-number', numberOf(pick(set.mrn, random), random)],
    accession: ['accession', numberOf(pick(set.accession, random), random)],
    accession2: ['accession', numberOf(pick(set.accession, random), random)],
    insurance: ['insurance', numberOf(pick(set.insurance, random), random)],
    national: ['national-id', nationalNumber(language, birth, random)],
    ssn: ['national-id', nationalNumber('en', birth, random)],
    nhs: ['national-id', nhsNumber(random)],
    age: ['age', String(age)],
    phone: ['phone', phone],
    phone2: ['phone', numberOf(pick(set.phone, random), random)],
    extension: ['phone', numberOf(pick(set.extension, random), random)],
    address: ['address', pick(set.address, random)],
    town: ['address', pick(set.town ?? ['-'], random)],
    hospital: ['hospital', hospital],
    'hospital.upper': ['hospital', hospital.toUpperCase()],
    email: ['e-mail', mail],
    url: ['url', `https://www.${pick(set.domain, random)}/images?id=${numberOf('######', random)}`],
    'patient.title': [undefined, pick(titles.patient, random)],
    'clinician.title': [undefined, pick(titles.other, random)],
    'clinician2.title': [undefined, pick(titles.other, random)],
  };
  const dates: Record<string, Date> = { date: study, date2: earlier, birth };
  return (slot) => {
    const known = fixed[slot];
    if (known) return known;
    const [who = '', form = ''] = slot.split('.');
    const date = dates[who];
    if (date) return ['date', dateForm(date, form, latin)];
    const somebody = people[who];
    if (!somebody) throw new RangeError(`no slot "${slot}"`);
    return ['name', nameForm(somebody, form, latin)];
  };
}

function shuffled<T>(list: readonly T[], random: Random): T[] {
  const out = [...list];
  for (let at = out.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    [out[at], out[other]] = [out[other]!, out[at]!];
  }
  return out;
}
