import { mirrorSite } from '@radiolect/findings';
import { basesIn, countOf, numberWordsOf, renumbered } from './bone-words.ts';
import type { Edit, PlantableReport, PlantedKind, Planter, Span } from './planted-case.ts';
import { plantConclusions, plantOmissions } from './planters-of-sentences.ts';
import { plantNumbers, plantUnits } from './planters-of-values.ts';
import { impressionOf, isPositive, matchesIn, placesOf, positivesIn, sentenceAround, touches } from './source-text.ts';

const sideWords: Readonly<Record<string, string>> = {
  right: 'left',
  Right: 'Left',
  RIGHT: 'LEFT',
  Rt: 'Lt',
  rt: 'lt',
  RT: 'LT',
  "R't": "L't",
  右: '左',
};
const swapOf = new Map([...Object.entries(sideWords), ...Object.entries(sideWords).map(([a, b]) => [b, a] as const)]);
const sideWord = /(?<![A-Za-z'])(?:right|Right|RIGHT|left|Left|LEFT|Rt|Lt|rt|lt|RT|LT|R't|L't)(?![A-Za-z'])|[右左]/g;
const isRight = (word: string): boolean => /^r|^右/i.test(word);

/** Sides of positive sites, in their evidence and in the impression. */
const swapSides: Planter = (report) => {
  const edits = new Map<number, Edit>();
  const add = (form: string, span: Span & { match: RegExpMatchArray }, sites: readonly string[]): void => {
    const word = span.match[0];
    const side = isRight(word) ? '-right' : '-left';
    const meant = sites.filter((site) => site.endsWith(side));
    // Where the other side is positive too, the swap may say the same.
    if (meant.length === 0 || meant.some((site) => isPositive(report, mirrorSite(site)))) return;
    const both = meant.flatMap((site) => [site, mirrorSite(site)]);
    edits.set(span.start, { form, from: { start: span.start, end: span.end }, to: swapOf.get(word)!, sites: both });
  };
  for (const { evidence } of Object.values(report.labels))
    for (const place of placesOf(report.text, evidence))
      for (const span of matchesIn(report.text, sideWord, place)) {
        // The places that the word governs stand after it, up to the next side.
        const next = matchesIn(report.text, sideWord, { start: span.end, end: place.end })[0]?.start ?? place.end;
        const governed = report.text.slice(span.end, next);
        const bases = basesIn(governed);
        const sites = positivesIn(report, place).filter(
          (site) =>
            bases.includes(site.replace(/-(right|left)$/, '')) ||
            numberWordsOf(governed, site).length > 0 ||
            positivesIn(report, place).length === 1,
        );
        add(formIn(report, span, 'side'), span, sites);
      }
  const impression = impressionOf(report.text);
  if (impression)
    for (const span of matchesIn(report.text, sideWord, impression)) {
      const stop = /[,;.，；。、]| and /.exec(report.text.slice(span.end))?.index ?? 40;
      const after = report.text.slice(span.end, span.end + Math.min(stop, 40));
      const bases = basesIn(after);
      const sites = Object.keys(report.labels).filter(
        (site) =>
          isPositive(report, site) &&
          (bases.includes(site.replace(/-(right|left)$/, '')) || numberWordsOf(after, site).length > 0),
      );
      if (!edits.has(span.start)) add('side, impression', span, sites);
    }
  return [...edits.values()];
};

const formIn = (report: PlantableReport, span: Span, what: string): string => {
  const impression = impressionOf(report.text);
  return impression && touches(impression)(span) ? `${what}, impression` : `${what}, findings`;
};

/** Another number in range for a vertebra or a rib. */
const shiftLevels: Planter = (report) => {
  const edits: Edit[] = [];
  const impression = impressionOf(report.text);
  for (const [site, { state, evidence }] of Object.entries(report.labels)) {
    if (state === 'absent') continue;
    const places = placesOf(report.text, evidence);
    if (impression && !places.some(touches(impression))) places.push(impression);
    for (const place of places)
      for (const word of numberWordsOf(report.text.slice(place.start, place.end), site)) {
        // In an impression the number of a rib needs its rib.
        if (
          place === impression &&
          site.startsWith('rib') &&
          !/rib|肋/i.test(report.text.slice(place.start, place.end))
        )
          continue;
        const from = { start: place.start + word.start, end: place.start + word.end };
        for (const step of [1, -1, 2, -2, 3]) {
          const number = word.number + step;
          const other = renumbered(site, number);
          if (number < 1 || number > countOf(site) || isPositive(report, other)) continue;
          if (insideRange(report.text, from)) continue;
          edits.push({ form: formIn(report, from, 'level'), from, to: word.write(number), sites: [site, other] });
          break;
        }
      }
  }
  return edits;
};

/** A number that opens or closes a range ("T11-L2") moves more than itself, and is left to the omissions. */
const insideRange = (text: string, { start, end }: Span): boolean =>
  /[-–~～至到]\s*(?:第|[A-Z])?$/.test(text.slice(Math.max(0, start - 4), start)) ||
  /^(?:st|nd|rd|th)?\s*(?:[-–~～至到]|to|through)/.test(text.slice(end));

const toNegative: readonly (readonly [RegExp, string])[] = [
  [/\b(There (?:is|are)) (?:an? )?(?!no\b)/g, '$1 no '],
  [/\b(shows?|showed|demonstrates?) (?=(?:\w+ )?(?:increased|intense|focal|mild|moderate|patchy))/g, '$1 no '],
  [
    /(?<![a-z] |[-\w])(?:Increased|Intense|Mild|Moderate|Focal|Faint|Abnormal|Slightly increased|Mildly increased)(?= (?:\w+ ){0,2}(?:uptake|activity|focus|foci))/g,
    'No abnormal',
  ],
  [/\bhot spots?(?= (?:at|in))/g, 'no $&'],
  [/(?<!未)(?:可見|可见)(?![異异]常)/g, '未見'],
  [/(?<![未可])[見见](?=[輕轻中顯显條条點点多異异新放射散])/g, '未見'],
  [/有(?=(?:新出現|局部|輕度|中度|強烈|瀰漫|一局部))/g, '無'],
];
const toPositive: readonly (readonly [RegExp, string])[] = [
  [
    /\b[Nn]o (?=(?:(?:other|additional|focal areas of|areas of|evidence of|scintigraphic evidence of|definite evidence of|further) )*(?:abnormal|osseous|bone|bony|metasta|skeletal))/g,
    '',
  ],
  [/\b(is|are) (?:normal|unremarkable)\b/g, '$1 abnormal'],
  [/\bshows? no (?=abnormal)/g, 'show '],
  [/未[見见](?:明[顯显確确])?(?=[異异]常|骨?[轉转]移)/g, '可見'],
  [/無(?=異常|明確骨轉移|骨轉移)/g, '有'],
  [/无(?=异常|明确骨转移|骨转移)/g, '有'],
];

/** A finding denied, or a denial taken away. */
const flipNegations: Planter = (report) => {
  const edits: Edit[] = [];
  const { text, labels, globalEvidence } = report;
  const scan = (table: typeof toNegative, positive: boolean): void => {
    for (const [pattern, to] of table)
      for (const { start, end, match } of matchesIn(text, pattern, { start: 0, end: text.length })) {
        const sentence = sentenceAround(text, { start, end });
        // What the edit governs is the stretch after it.
        const reach = /[,;，；.。]|\bbut\b|\bwhile\b/.exec(text.slice(end, sentence.end))?.index ?? sentence.end - end;
        const governed = { start, end: end + Math.max(reach, 1) };
        const sites = positive
          ? Object.entries(labels)
              .filter(([, label]) => label.state === 'absent' && placesOf(text, label.evidence).some(touches(governed)))
              .map(([site]) => site)
          : positivesIn(report, governed).filter((site) => labels[site]?.state === 'present');
        const everything = placesOf(text, globalEvidence).some(touches(governed));
        const cause = /metasta|mets|轉移|转移/i.test(text.slice(start, governed.end)) && positive;
        if (sites.length === 0 && !everything && !cause) continue;
        const form = cause ? 'denied cause stated' : positive ? 'negative made positive' : 'positive made negative';
        edits.push({ form, from: { start, end }, to: to.replace('$1', match[1] ?? '').replace('$&', match[0]), sites });
      }
  };
  scan(toNegative, false);
  scan(toPositive, true);
  return edits;
};

/** The planters by the kind of error they make. */
export const planters: Readonly<Record<PlantedKind, Planter>> = {
  'negation-flip': flipNegations,
  'side-swap': swapSides,
  'level-shift': shiftLevels,
  number: plantNumbers,
  unit: plantUnits,
  omission: plantOmissions,
  'findings-against-impression': plantConclusions,
};
