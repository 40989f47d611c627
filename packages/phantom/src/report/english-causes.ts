import type { Likelihood } from '@radiolect/findings';
import type { Statement } from './plan.ts';
import type { Writer } from './writer.ts';

// How English reports name causes and how sure they are of them.

type Noun = readonly [one: string, many: string];
export type EnglishTone = 'long' | 'terse' | 'taiwan';

const metastatic: Readonly<Record<EnglishTone, readonly Noun[]>> = {
  long: [
    ['an osseous metastasis', 'osseous metastases'],
    ['a bone metastasis', 'bone metastases'],
    ['skeletal metastatic disease', 'skeletal metastatic disease'],
    ['bony metastatic involvement', 'bony metastatic involvement'],
  ],
  terse: [
    ['met', 'mets'],
    ['bone met', 'bone mets'],
    ['metastasis', 'metastases'],
  ],
  taiwan: [
    ['bone met', 'bone mets'],
    ['bone metastasis', 'bone metastases'],
    ['metastatic lesion', 'metastatic lesions'],
    ['bony metastasis', 'bony metastases'],
  ],
};

/** The noun of a statement's cause, or undefined where the reader calls it undetermined. */
export function causeNoun(statement: Statement, tone: EnglishTone, writer: Writer): string | undefined {
  const nouns = nounsOf(statement, tone);
  if (!nouns) return undefined;
  return writer.pick(`noun ${statement.nature} ${statement.pattern} ${nouns.length}`, nouns)[
    statement.sites.length > 1 ? 1 : 0
  ];
}

function nounsOf({ nature, pattern, sites }: Statement, tone: EnglishTone): readonly Noun[] | undefined {
  const same = (...words: string[]): Noun[] => words.map((word) => [word, word]);
  const long = tone === 'long';
  switch (nature) {
    case 'metastatic':
      return metastatic[tone];
    case 'malignant-other':
      return same('a primary bone malignancy', 'a primary bone tumour', 'primary bone sarcoma').map(([word]) =>
        long ? [word, word] : [word.replace(/^a /, ''), word.replace(/^a /, '')],
      );
    case 'degenerative':
      if (pattern === 'spine-wear')
        return long
          ? same('degenerative spondylosis', 'degenerative change', 'facet arthropathy', 'degenerative disc disease')
          : same('spondylosis', 'degenerative change', 'DJD', 'degen change');
      return long
        ? same('degenerative change', 'degenerative joint disease', 'osteoarthritis', 'degenerative arthropathy')
        : tone === 'terse'
          ? same('DJD', 'degenerative change', 'arthritic change', 'OA')
          : same('DJD', 'degenerative change', 'degenerative joint disease', 'OA', 'arthritis');
    case 'traumatic':
      if (pattern === 'rib-row' || pattern === 'rib')
        return long
          ? [
              ['a healing fracture', 'healing fractures'],
              ['a rib fracture', 'rib fractures'],
              ['prior trauma', 'prior trauma'],
            ]
          : [
              ['fx', 'fxs'],
              ['rib fracture', 'rib fractures'],
              ['old trauma', 'old trauma'],
              ['trauma', 'trauma'],
            ];
      if (pattern === 'compression')
        return [
          [long ? 'a compression fracture' : 'compression fx', long ? 'compression fractures' : 'compression fxs'],
          [
            long ? 'an osteoporotic compression fracture' : 'compression fracture',
            long ? 'osteoporotic compression fractures' : 'compression fractures',
          ],
        ];
      return sites.some((site) => /^(sacrum|pubis|ischium)/.test(site))
        ? [
            [
              long ? 'an insufficiency fracture' : 'insufficiency fx',
              long ? 'insufficiency fractures' : 'insufficiency fxs',
            ],
          ]
        : [
            [long ? 'a fracture' : 'fx', long ? 'fractures' : 'fxs'],
            [long ? 'recent trauma' : 'post-traumatic change', long ? 'recent trauma' : 'post-traumatic change'],
            [long ? 'a stress fracture' : 'stress fx', long ? 'stress fractures' : 'stress fxs'],
          ];
    case 'inflammatory':
      if (pattern === 'infection') return same('osteomyelitis', long ? 'bone infection' : 'osteomyelitis');
      if (pattern === 'dental') {
        if (sites.every((site) => site === 'mandible'))
          return same('dental disease', long ? 'periodontal inflammation' : 'dental problem');
        if (sites.every((site) => site === 'facial-bones')) return same('sinusitis', 'sinus inflammation');
        return same('inflammation', 'an inflammatory process');
      }
      if (sites.every((site) => site.startsWith('sacroiliac'))) return same('sacroiliitis');
      return same('inflammatory arthropathy', 'rheumatoid arthritis', 'inflammatory arthritis');
    case 'metabolic':
      return same("Paget's disease", 'Paget disease');
    case 'postoperative':
      if (pattern === 'implant')
        return same(long ? 'the joint prosthesis' : 'prosthesis', long ? 'prior arthroplasty' : 's/p arthroplasty');
      return same(
        long ? 'postoperative change' : 'post-op change',
        long ? 'loosening of the prosthesis' : 'prosthetic loosening',
      );
    case 'benign-other':
      if (pattern === 'cold')
        return same(long ? 'previous radiotherapy' : 'post-RT change', long ? 'radiation change' : 'radiation change');
      return [
        [long ? 'a benign bone lesion' : 'benign lesion', long ? 'benign bone lesions' : 'benign lesions'],
        ['fibrous dysplasia', 'fibrous dysplasia'],
      ];
    default:
      return undefined;
  }
}

const clauses: Readonly<Record<EnglishTone, Readonly<Record<Likelihood, readonly string[]>>>> = {
  long: {
    definite: [', due to {n}', ', representing {n}', ', reflecting {n}', ', caused by {n}'],
    probable: [
      ', consistent with {n}',
      ', compatible with {n}',
      ', most likely due to {n}',
      ', in keeping with {n}',
      ', probably {n}',
      ', typical of {n}',
    ],
    possible: [
      ', possibly {n}',
      ', which may represent {n}',
      '; {n} cannot be excluded',
      ', possibly due to {n}',
      ', suspicious for {n}',
    ],
  },
  terse: {
    definite: [', {n}', ': {n}', ' from {n}'],
    probable: [', likely {n}', ', c/w {n}', ', prob {n}', ', favor {n}'],
    possible: [', r/o {n}', ', possible {n}', ', ?{n}', ', may be {n}', ', suspicious for {n}'],
  },
  taiwan: {
    definite: [', {n}', ', due to {n}'],
    probable: [', c/w {n}', ', favor {n}', ', probably {n}', ', compatible with {n}', ', likely {n}'],
    possible: [', r/o {n}', ', {n} cannot be excluded', ', suspicious of {n}', ', possibly {n}', ', {n}?'],
  },
};
const undetermined: Readonly<Record<EnglishTone, readonly string[]>> = {
  long: [', of undetermined etiology', ', the cause of which is undetermined', ', of indeterminate nature'],
  terse: [', indeterminate', ', etiology undetermined'],
  taiwan: [', nature undetermined', ', nature to be determined', ', etiology undetermined'],
};

/** The clause that follows a finding and gives its cause, comma included. */
export function causeClause(statement: Statement, tone: EnglishTone, writer: Writer): string {
  const noun = causeNoun(statement, tone, writer);
  if (noun === undefined) return writer.pick('undetermined', undetermined[tone]);
  const { likelihood, nature } = statement;
  const options = clauses[tone][likelihood].filter(
    (clause) => nature === 'metastatic' || nature === 'malignant-other' || !clause.includes('suspicious'),
  );
  return writer.pick(`clause ${likelihood} ${options.length}`, options).replace('{n}', noun);
}
