import { readFileSync } from 'node:fs';
import { readPack } from '@radiolect/findings/node';
import { createReportChecker } from '@radiolect/reports';
import { describe, expect, test } from 'vitest';
import type { PlantableReport } from './planted-case.ts';
import { plantedKinds } from './planted-case.ts';
import type { CheckerUnderTest } from './planted-suite.ts';
import { plantErrors, rightKinds, runPlanted } from './planted-suite.ts';

const fixtures = new URL('../../../../fixtures/', import.meta.url);
const cleanReports = (file: string): PlantableReport[] =>
  readFileSync(new URL(file, fixtures), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as PlantableReport)
    .filter(({ warnings }) => !warnings.some((warning) => warning.startsWith('contradiction')));
const { sites, ...rest } = await readPack('bone-scan');
const pack = { ...rest, sites };
const checker = createReportChecker(pack);
const check: CheckerUnderTest = (text, context) => checker.check(text, context ?? {});
const development = cleanReports('bone-reports-dev.jsonl');
const own = ['bone-reports-own/en-open.jsonl', 'bone-reports-own/zh-open.jsonl'].flatMap(cleanReports);

// Figures with intervals: npm run bench -- planted
describe('the report checks', () => {
  const card = runPlanted(development, sites, check, { perKind: 2 });
  test('find at least nine in ten errors planted in the development reports', () => {
    expect(card.reports).toBe(57);
    expect(card.cases).toBeGreaterThan(400);
    expect(card.found.withContext.value).toBeGreaterThanOrEqual(0.93);
  });
  test.each(plantedKinds)('%s', (kind) => {
    const row = card.byKind.find(({ name }) => name === kind);
    expect(row?.withContext.value).toBeGreaterThanOrEqual(0.85);
  });
  test.each(['en', 'zh-Hant', 'zh-Hans', 'mixed'])('in %s', (language) => {
    const row = card.byLanguage.find(({ name }) => name === language);
    expect(row?.withContext.value).toBeGreaterThanOrEqual(0.87);
  });
  test('alarm at most one clean report in twenty', () => {
    expect(card.cleanAlarmed.withContext.value, JSON.stringify(card.falseAlarms)).toBeLessThanOrEqual(0.05);
    expect(card.cleanAlarmed.fromText.value).toBeLessThanOrEqual(0.05);
  });
  test('do so on reports of other writers too', () => {
    const second = runPlanted(own, sites, check, { perKind: 1, seed: 2 });
    expect(second.found.withContext.value).toBeGreaterThanOrEqual(0.88);
    expect(second.cleanAlarmed.fromText.value, JSON.stringify(second.falseAlarms)).toBeLessThanOrEqual(0.08);
    expect(second.cleanAlarmed.withContext.value).toBeLessThanOrEqual(0.15);
  });
});

describe('the suite is no judge in its own cause', () => {
  const planted = plantErrors(development, sites);
  test('the same seed plants the same errors, another seed others', () => {
    const texts = (seed: number) => plantErrors(development, sites, { seed }).map(({ text }) => text);
    expect(texts(1)).toEqual(texts(1));
    expect(texts(1)).not.toEqual(texts(2));
  });
  test('plants every kind in every language', () => {
    for (const language of ['en', 'zh-Hant', 'zh-Hans'])
      for (const kind of plantedKinds.filter((one) => one !== 'unit'))
        expect(
          planted.some((one) => one.kind === kind && one.report.language === language),
          `${kind} ${language}`,
        ).toBe(true);
    expect(planted.some(({ kind }) => kind === 'unit')).toBe(true);
  });
  test('every planted text differs from its source at the place that is told', () => {
    for (const { report, text, at } of planted) {
      expect(text).not.toBe(report.text);
      expect(at.start).toBeLessThanOrEqual(at.end);
      expect(at.end).toBeLessThanOrEqual(text.length);
    }
  });
  test('a checker that says nothing finds nothing', () => {
    expect(runPlanted(development, sites, () => []).found.withContext.value).toBe(0);
  });
  test('alarms of the wrong kind, at the wrong place, or raised on the clean text too, find nothing', () => {
    const kinds = new Set(Object.values(rightKinds).flatMap((codes) => [...codes]));
    const always =
      (code: string, end: number): CheckerUnderTest =>
      () => [{ code, severity: 'error', evidence: [{ start: 0, end }], sites: [] }];
    expect(runPlanted(development, sites, always('score-stated', 10_000)).found.withContext.value).toBe(0);
    for (const code of kinds)
      expect(runPlanted(development, sites, always(code, 10_000)).found.withContext.value).toBe(0);
    const elsewhere: CheckerUnderTest = (text, context) =>
      checker.check(text, context ?? {}).map((one) => ({ ...one, evidence: [], sites: [] }));
    expect(runPlanted(development, sites, elsewhere).found.withContext.value).toBe(0);
  });
});
