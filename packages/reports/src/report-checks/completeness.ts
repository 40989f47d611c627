import type { Hit } from './cue.ts';
import type { CompletenessItem, QualityMeasure } from './report-check.ts';
import type { Work } from './work.ts';
import { evidenceOf, positives, spansOf } from './work.ts';

/** Longest list of spans that one item shows. */
const shownSpans = 6;

/** Which items of the pack's list the report states, and in which words. */
export function completenessOf(work: Work): CompletenessItem[] {
  const { outline, data, reading } = work;
  return data.completeness.map(({ id, name, cue, sections = [], reading: wanted = [] }) => {
    const hits: Hit[] = [
      ...outline.sentences.filter(({ section }) => sections.some((own) => own === section)),
      ...(cue?.all(outline.folded) ?? []),
      ...wanted.flatMap((what) =>
        what === 'site'
          ? [...reading.findings.flatMap(spansOf), ...reading.regional.map(({ evidence }) => evidence)]
          : reading.extraosseous.filter((x) => x.what === what).map(({ evidence }) => evidence),
      ),
    ];
    const evidence = evidenceOf(outline.text, hits);
    return { item: id, name, stated: evidence.length > 0, evidence: evidence.slice(0, shownSpans) };
  });
}

/** The pack's quality measures, each with the words that meet it. */
export function qualityOf(work: Work, completeness: readonly CompletenessItem[]): QualityMeasure[] {
  const items = new Map(completeness.map((item) => [item.item, item]));
  const critical = work.checks.some(({ code }) => code.startsWith('critical-result') && code !== 'critical-result');
  const open = [...positives(work.reading).values()].some(
    ({ presence, nature, likelihood }) =>
      presence === 'uncertain' || nature === 'unspecified' || (nature === 'metastatic' && likelihood === 'possible'),
  );
  const applies = { always: true, critical, 'open-finding': open };
  return work.data.quality.map(({ id, name, items: needed, when }) => {
    const met = needed.flatMap((item) => items.get(item) ?? []).filter(({ stated }) => stated);
    return {
      measure: id,
      name,
      ...(applies[when] ? { met: met.length > 0 } : {}),
      evidence: met.flatMap(({ evidence }) => evidence).slice(0, shownSpans),
    };
  });
}
