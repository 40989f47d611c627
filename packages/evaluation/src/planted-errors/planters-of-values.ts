import { numberWordsOf, numeralOf } from './bone-words.ts';
import { patientOf, priorOf } from './clean-context.ts';
import type { Edit, PlantableReport, Planter } from './planted-case.ts';
import { impressionOf, placesOf } from './source-text.ts';

/** A pattern whose first group is replaced. */
type Row = readonly [form: string, pattern: RegExp, to: (found: string, match: RegExpMatchArray) => string | undefined];

function editsOf(text: string, rows: readonly Row[]): Edit[] {
  return rows.flatMap(([form, pattern, to]) =>
    [...text.matchAll(new RegExp(pattern.source, `${pattern.flags}d`))].flatMap((match): Edit[] => {
      const group = match[1] === undefined ? (match[2] === undefined ? 0 : 2) : 1;
      const found = match[group]!;
      const start = match.indices?.[group]?.[0] ?? match.index;
      const replaced = to(found, match);
      return replaced === undefined || replaced === found
        ? []
        : [{ form, from: { start, end: start + found.length }, to: replaced, sites: [] }];
    }),
  );
}

const tenfold = (number: string): string => String(Math.round(Number(number) * 10));
/** The scan's own delay, not a patient's: the tracer or the pictures are named close by. */
const scanHours =
  /(?:MDP|HDP|delay|images? at|inject\w*|注射)[^.。;；\n]{0,40}?((?<![\d.])\d+(?:\.\d+)?|[二三四])(?= ?(?:hours?|hrs?|h\b|小時|小时))|(?<![\d.])(\d+(?:\.\d+)?)(?= ?(?:hours?|hrs?|h) (?:after|post|delay|p\.?i))/gi;

const numberRows: readonly Row[] = [
  ['activity', /(\d+(?:\.\d+)?)(?= ?(?:mCi|MBq|毫居里|毫居)(?![A-Za-z]))/g, tenfold],
  ['activity', /([一二三四五六七八九十]+)(?= ?毫居里)/g, (found) => `${found}百`],
  [
    'uptake time',
    scanHours,
    (found) => (/\d/.test(found) ? tenfold(found) : numeralOf(10 * ['', '一', '二', '三', '四'].indexOf(found))),
  ],
  [
    'age',
    /(?<![\d.-])(\d{2})(?=[ -](?:year|yr)s?[ -]old| ?(?:y\/o|yo)\b|[FM][ ,.;:]|歲|岁)/g,
    (found) => (found[0] === found[1] || Number(found[1]) === 0 ? String(Number(found) - 9) : `${found[1]}${found[0]}`),
  ],
  [
    'year of the prior',
    /(?:compar\w+|prior|previous|與|与|比較|比较)[^.\n]{0,20}?(?<!\d)((?:19|20)\d\d)(?=[-/年.]\d{1,2}|年)/gi,
    (found) => String(Number(found) + 20),
  ],
  [
    'year of the prior',
    /(?:compar\w+|prior|previous)[^.\n]{0,60}?\b((?:19|20)\d\d)\b/gi,
    (found) => String(Number(found) - 1),
  ],
  ['month of the prior', /(?<!\d)\d{4}[-/年](\d{1,2})(?=[-/月])/g, (found) => String(Number(found) + 12)],
  ['Gleason grade', /Gleason \d\+(\d)/g, (found) => String(Number(found) + 4)],
];

/** Numbers that something can be held against: a range, the patient, the dates. A PSA has nothing and is not planted. */
export const plantNumbers: Planter = (report) => [
  ...editsOf(report.text, numberRows).filter(({ form }) => isKnown(report, form)),
  ...impossibleLevels(report),
];

/** An age or the date of a prior can only be held against one that is known. */
function isKnown(report: PlantableReport, form: string): boolean {
  if (form === 'age') return patientOf(report.text)?.age !== undefined;
  return !form.endsWith('of the prior') || typeof priorOf(report)?.date === 'string';
}

/** "T8" → "T18": a digit too many. */
function impossibleLevels(report: PlantableReport): Edit[] {
  const impression = impressionOf(report.text);
  return Object.entries(report.labels).flatMap(([site, { state, evidence }]) =>
    state === 'absent'
      ? []
      : placesOf(report.text, evidence).flatMap((place) =>
          numberWordsOf(report.text.slice(place.start, place.end), site)
            .filter(({ number }) => number > 2 && number < 10 && (!impression || place.start < impression.start))
            .map(({ start, end, number, write }) => ({
              form: site.startsWith('rib') ? 'rib number' : 'level number',
              from: { start: place.start + start, end: place.start + end },
              to: write(10 + number),
              sites: [site],
            })),
        ),
  );
}

const unitRows: readonly Row[] = [
  ['activity', /\d ?(mCi)(?![A-Za-z])/g, () => 'MBq'],
  ['activity', /\d ?(MBq)(?![A-Za-z])/g, () => 'mCi'],
  ['activity', /(毫居里|毫居)/g, () => '微居里'],
  [
    'uptake time',
    /(?:MDP|HDP|delay|images? at|inject\w*|注射)[^.。;；\n]{0,40}?(?:\d+|[二三四]) ?(hours?|hrs?|小時|小时)/gi,
    (found) => (/^h/i.test(found) ? 'minutes' : '分鐘'),
  ],
  ['uptake time', /\d ?(hours?|hrs?)(?= (?:after|post|delay|p\.?i))/gi, () => 'days'],
  ['laboratory', /(?:PTH|parathyroid hormone)[^.;\n]{0,12}?\d+(?:\.\d+)? ?(pg\/mL)/gi, () => 'ng/mL'],
  ['laboratory', /(?:calcium|血[鈣钙])[^.;\n]{0,12}?\d+(?:\.\d+)? ?(mmol\/L)/gi, () => 'mg/dL'],
  ['laboratory', /(?:calcium|血[鈣钙])[^.;\n]{0,12}?\d+(?:\.\d+)? ?(mg\/dL)/gi, () => 'mmol/L'],
  ['laboratory', /PSA[^.;\n]{0,8}?\d+(?:\.\d+)? ?(ng\/mL)/gi, () => 'mg/mL'],
  ['size', /\d (mm)(?= (?:\w+ ){0,2}(?:focus|lesion|nodule))/g, () => 'm'],
];

/** Another unit behind the same number. */
export const plantUnits: Planter = (report) => editsOf(report.text, unitRows);
