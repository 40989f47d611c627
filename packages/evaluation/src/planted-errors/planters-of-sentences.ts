import { basesIn, numberWordsOf } from './bone-words.ts';
import type { Edit, PlantableReport, Planter, Span } from './planted-case.ts';
import { impressionOf, isPositive, placesOf, positivesIn, sentenceAround, touches } from './source-text.ts';

/** A finding left out of the findings, one place left out of a list, or a statement left out of the impression. */
export const plantOmissions: Planter = (report) => {
  // Where nearly everything is hot ("the entire skeleton"), a place left out is still said.
  const positive = Object.keys(report.labels).filter((site) => isPositive(report, site)).length;
  return positive > 40 ? [] : [...droppedSentences(report), ...droppedPlaces(report), ...droppedConclusions(report)];
};

function droppedSentences(report: PlantableReport): Edit[] {
  const { text, labels } = report;
  const impression = impressionOf(text);
  const edits = new Map<number, Edit>();
  for (const { state, evidence } of Object.values(labels)) {
    if (state !== 'present') continue;
    for (const place of placesOf(text, evidence)) {
      if (impression && touches(impression)(place)) continue;
      const sentence = sentenceAround(text, place);
      const heading = /^\s*[^:：.。\n]{0,40}[:：]/.exec(text.slice(sentence.start, place.start))?.[0].length ?? 0;
      const from = { start: sentence.start + heading, end: sentence.end };
      // A label whose words stand elsewhere too is not gone with this sentence.
      const sites = positivesIn(report, from).filter((site) =>
        placesOf(text, labels[site]?.evidence).every(touches(from)),
      );
      if (sites.length > 0 && sites.length < 20)
        edits.set(from.start, { form: 'sentence of the findings', from, to: '', sites });
    }
  }
  return [...edits.values()];
}

/** "T4 and T9" → "T9". */
function droppedPlaces(report: PlantableReport): Edit[] {
  const { text, labels } = report;
  const impression = impressionOf(text);
  return Object.entries(labels).flatMap(([site, { state, evidence }]) => {
    if (state !== 'present' || !/^[ctl]\d/.test(site)) return [];
    return placesOf(text, evidence).flatMap((place): Edit[] => {
      if (impression && touches(impression)(place)) return [];
      const inside = text.slice(place.start, place.end);
      return numberWordsOf(inside, site).flatMap((word): Edit[] => {
        const head = /(?:[A-Z][a-z]?|[頸颈胸腰]椎?)$/.exec(inside.slice(0, word.start))?.[0].length ?? 0;
        const tail =
          /^(?:椎[體体]?)?(?:,\s+|\s+and\s+|、|，)(?=[CTLD]\d|第|[頸颈胸腰]\d)/.exec(inside.slice(word.end))?.[0]
            .length ?? 0;
        if (head === 0 || tail === 0) return [];
        const from = { start: place.start + word.start - head, end: place.start + word.end + tail };
        return [{ form: 'place in a list', from, to: '', sites: [site] }];
      });
    });
  });
}

/** One statement of an impression of several, or all of it. */
function droppedConclusions(report: PlantableReport): Edit[] {
  const { text, labels } = report;
  const impression = impressionOf(text);
  if (!impression) return [];
  const parts: Span[] = [];
  let start = impression.start;
  const body = text.slice(impression.start, impression.end);
  for (const match of body.matchAll(/[;；。\n]|\.(?=\s|$)|(?<=\D)[,，](?=\s*(?:and\s+)?(?:\S+\s){2})/g)) {
    const end = impression.start + match.index + 1;
    parts.push({ start, end });
    start = end;
  }
  if (text.slice(start, impression.end).trim() !== '') parts.push({ start, end: impression.end });
  const full = parts.filter((part) => /[\p{L}]{2}/u.test(text.slice(part.start, part.end)));
  const positive = Object.keys(labels).filter((site) => isPositive(report, site));
  const grave = positive.filter(
    (site) => !['degenerative', 'benign-other', 'postoperative'].includes(labels[site]?.nature ?? ''),
  );
  const named = (part: Span): string[] => {
    const words = text.slice(part.start, part.end);
    const bases = basesIn(words);
    return grave.filter(
      (site) => bases.includes(site.replace(/-(right|left)$/, '')) || numberWordsOf(words, site).length > 0,
    );
  };
  const metastatic = positive.filter((site) => labels[site]?.nature === 'metastatic');
  const speaksOfMetastasis = (part: Span): boolean => /metasta|mets|轉移|转移/i.test(text.slice(part.start, part.end));
  const edits: Edit[] = [];
  if (full.length > 1)
    for (const part of full) {
      const rest = full.filter((other) => other !== part);
      const only = named(part).filter((site) => !rest.some((other) => named(other).includes(site)));
      const cause = metastatic.length > 0 && speaksOfMetastasis(part) && !rest.some(speaksOfMetastasis);
      const sites = cause ? [...new Set([...only, ...metastatic])] : only;
      if (sites.length > 0 && sites.length < 40)
        edits.push({
          form: cause ? 'cause in the impression' : 'statement of the impression',
          from: part,
          to: '',
          sites,
        });
    }
  if (grave.length > 0) edits.push({ form: 'the whole impression', from: impression, to: ' ', sites: grave });
  return edits;
}

const sentences = {
  en: {
    heading: 'IMPRESSION:',
    denied: 'No evidence of bone metastasis.',
    normal: 'Normal bone scan.',
    claimed: 'Multiple bone metastases.',
    elsewhere: {
      'femur-right': 'Bone metastasis in the right femur.',
      l1: 'Bone metastasis in L1.',
      'rib-9-left': 'Fracture of the left 9th rib.',
    },
  },
  'zh-Hant': {
    heading: '結論：',
    denied: '無骨轉移之證據。',
    normal: '正常骨骼掃描。',
    claimed: '多發性骨轉移。',
    elsewhere: { 'femur-right': '右側股骨骨轉移。', l1: '第一腰椎骨轉移。', 'rib-9-left': '左側第九肋骨骨折。' },
  },
  'zh-Hans': {
    heading: '诊断意见：',
    denied: '未见骨转移。',
    normal: '全身骨显像未见异常。',
    claimed: '考虑多发骨转移。',
    elsewhere: { 'femur-right': '右侧股骨骨转移。', l1: '腰1椎体骨转移。', 'rib-9-left': '左侧第9肋骨骨折。' },
  },
} as const;

/** Another impression than the findings bear. */
export const plantConclusions: Planter = (report) => {
  const { text, labels, language } = report;
  const say = sentences[language === 'zh-Hant' || language === 'zh-Hans' ? language : 'en'];
  const impression = impressionOf(text);
  // Where there is no impression, the wrong one is added.
  const from = impression ?? { start: text.length, end: text.length };
  const before = impression ? ' ' : `\n${say.heading} `;
  const add = (form: string, words: string, sites: readonly string[]): Edit => ({
    form,
    from,
    to: before + words,
    sites,
  });
  const positive = Object.keys(labels).filter((site) => isPositive(report, site));
  const metastatic = positive.filter(
    (site) => labels[site]?.nature === 'metastatic' && labels[site]?.likelihood !== 'possible',
  );
  const grave = positive.filter(
    (site) =>
      labels[site]?.state === 'present' &&
      !['degenerative', 'benign-other', 'postoperative', 'inflammatory'].includes(labels[site]?.nature ?? ''),
  );
  const edits: Edit[] = [];
  if (metastatic.length > 0) edits.push(add('metastasis denied', say.denied, metastatic));
  if (grave.length > 0) edits.push(add('called normal', say.normal, grave));
  const explained = positive.every((site) => {
    const { nature, likelihood } = labels[site] ?? {};
    return nature !== undefined && nature !== 'unspecified' && nature !== 'metastatic' && likelihood !== 'possible';
  });
  if (explained && report.regional.length === 0) edits.push(add('metastasis stated', say.claimed, positive));
  if (impression)
    for (const [site, words] of Object.entries(say.elsewhere))
      if (!isPositive(report, site) && report.regional.length === 0)
        edits.push({
          form: 'another site concluded',
          from: { start: impression.end, end: impression.end },
          to: ` ${words}`,
          sites: [site],
        });
  return edits;
};
