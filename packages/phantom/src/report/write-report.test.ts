import { brokenRule } from '@radiolect/findings';
import { describe, expect, test } from 'vitest';
import { RandomStream } from '../random-stream.ts';
import { sampleVisit } from '../sampling/sample-visit.ts';
import { allSites } from '../sampling/site-groups.ts';
import type { HouseStyle } from './habits.ts';
import { houseStyles } from './habits.ts';
import type { PhantomReport } from './write-report.ts';
import { writeReport } from './write-report.ts';

const written = Array.from({ length: 900 }, (_, index) => {
  const visit = sampleVisit(3, index, 'training');
  return { visit, report: writeReport(visit, `T3-${index}`, RandomStream.of('test', index)) };
});

/** Of the sites that are abnormal in the picture, the share that the reports call present; and how many of those are right. */
function agreement(style: HouseStyle): { sensitivity: number; precision: number } {
  let [hits, lesions, said] = [0, 0, 0];
  for (const { visit, report } of written) {
    if (report.style !== style || visit.phantomCase.superscan) continue;
    const present = Object.entries(report.stated).flatMap(([site, { state }]) => (state === 'present' ? [site] : []));
    const abnormal = new Set(visit.phantomCase.lesions.map(({ site }) => site));
    hits += present.filter((site) => abnormal.has(site)).length;
    lesions += abnormal.size;
    said += present.length;
  }
  return { sensitivity: hits / lesions, precision: hits / said };
}

describe('reports of every house', () => {
  test('come in all five and in three languages', () => {
    expect(new Set(written.map(({ report }) => report.style))).toEqual(new Set(houseStyles));
    expect(new Set(written.map(({ report }) => report.language))).toEqual(new Set(['en', 'zh-Hant', 'zh-Hans']));
  });
  test('state only findings that the guideline allows, at sites that exist', () => {
    const sites = new Set(allSites);
    const wrong = written.flatMap(({ report }) =>
      Object.entries(report.stated).filter(
        ([site, { state, evidence: _, ...attributes }]) =>
          !sites.has(site) || brokenRule({ presence: state, ...attributes }) !== undefined,
      ),
    );
    expect(wrong).toEqual([]);
  });
  test('point with every label to the words that state it', () => {
    const wrong = written.flatMap(({ report }) =>
      Object.values(report.stated).filter(
        ({ evidence }) => !evidence || report.text.slice(evidence.start, evidence.end) !== evidence.text,
      ),
    );
    expect(wrong).toEqual([]);
  });
  test('have no slot left open and no doubled punctuation', () => {
    for (const { report } of written) {
      expect(report.text).not.toMatch(/[{}]|undefined|\.\.|。。|，，|, ,| {2}/);
    }
  });
  test('agree with the picture as first readers do: neither all of it nor little', () => {
    const figures = houseStyles.map(agreement);
    for (const { sensitivity, precision } of figures) {
      expect(sensitivity).toBeGreaterThan(0.58);
      expect(sensitivity).toBeLessThan(0.88);
      expect(precision).toBeGreaterThan(0.9);
    }
    const mean = figures.reduce((sum, { sensitivity }) => sum + sensitivity, 0) / figures.length;
    expect(mean).toBeGreaterThan(0.66);
    expect(mean).toBeLessThan(0.8);
    // The terse house leaves out more than the long one.
    expect(agreement('english-terse').sensitivity).toBeLessThan(agreement('english-long').sensitivity);
  });
  test('use the shorthand of their house', () => {
    const texts = (style: HouseStyle) =>
      written.flatMap(({ report }) => (report.style === style ? [report.text] : [])).join('\n');
    expect(texts('taiwanese-english')).toMatch(/\bbil\./);
    expect(texts('taiwanese-english')).toMatch(/DJD/);
    expect(texts('taiwanese-english')).toMatch(/c\/w/);
    expect(texts('traditional-chinese')).toMatch(/第[一二三四五]至第[二三四五]腰椎/);
    expect(texts('simplified-chinese')).toMatch(/[胸腰]\d+(、\d+|[-～]\d+)+椎体/);
    expect(texts('english-long')).toMatch(/the (right|left) \d+th(–|-| to )\d+th ribs/);
  });
  test('write as several people do', () => {
    const openings = new Map<HouseStyle, Set<string>>();
    for (const { report } of written as readonly { report: PhantomReport }[]) {
      const known = openings.get(report.style) ?? new Set();
      openings.set(report.style, known.add(`${report.writer} ${report.text.split(/[:：\n]/)[0]}`));
    }
    for (const style of houseStyles) expect(openings.get(style)!.size).toBeGreaterThan(4);
  });
});

describe('what a text states', () => {
  test('a global negative leaves no site without a label, but for those it cannot reach', () => {
    const closed = written.filter(({ report }) => Object.keys(report.stated).length === allSites.length);
    expect(closed.length / written.length).toBeGreaterThan(0.4);
  });
  test('a superscan names the whole axial skeleton, whatever the words', () => {
    const full = written.filter(({ visit }) => visit.disease === 'superscan');
    expect(full.length).toBeGreaterThan(10);
    for (const { report } of full)
      for (const site of ['calvarium', 'c3', 't7', 'rib-4-left', 'sacrum', 'ischium-right'])
        expect(report.stated[site]?.state).toBe('present');
  });
  test('a lesion that has gone is absent and resolved', () => {
    const resolved = written.flatMap(({ report }) =>
      Object.values(report.stated).filter(({ change }) => change === 'resolved'),
    );
    expect(resolved.length).toBeGreaterThan(20);
    expect(resolved.every(({ state }) => state === 'absent')).toBe(true);
  });
  test('changes stand only where there was a study before', () => {
    for (const { visit, report } of written)
      if (!visit.priorDate) expect(Object.values(report.stated).some(({ change }) => change)).toBe(false);
  });
});
