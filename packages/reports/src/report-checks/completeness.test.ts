import { readFileSync } from 'node:fs';
import { InvalidPackError, parsePack } from '@radiolect/findings';
import { readPack } from '@radiolect/findings/node';
import { describe, expect, test } from 'vitest';
import { createReportChecker, reportCheckCodes } from '../index.ts';
import { messages } from './messages.ts';

const pack = await readPack('bone-scan');
const checker = createReportChecker(pack);
const stated = (text: string): string[] =>
  checker
    .completeness(text)
    .filter((item) => item.stated)
    .map(({ item }) => item);

const full = `INDICATION: 68-year-old man, prostate cancer, Gleason 4+3, PSA 14.2, s/p radiotherapy, fall in March. Staging.
TECHNIQUE: Whole-body bone scan, 700 MBq Tc-99m MDP, anterior and posterior images 3 hours after injection, SPECT/CT of the pelvis. Well hydrated, voided. Limited by motion.
COMPARISON: Bone scan of 2022; CT of 2023.
FINDINGS: Two foci of intense focal uptake in L3 and L4. No abnormal soft tissue uptake. Kidneys and bladder are normal.
IMPRESSION: Consistent with metastases. MRI recommended. Discussed with the referring physician.`;

describe('what a report should state', () => {
  test('is a list of 25 items', () => expect(checker.completeness('')).toHaveLength(25));
  test('all of which a full report states, each with its words', () => {
    const items = checker.completeness(full);
    expect(items.filter((item) => !item.stated).map(({ item }) => item)).toEqual([]);
    for (const { evidence } of items)
      for (const { start, end, text } of evidence) expect(full.slice(start, end)).toBe(text);
  });
  test('and a bare one does not', () => {
    const items = stated('Uptake in L4.');
    expect(items).toEqual(['uptake', 'location']);
    expect(stated('')).toEqual([]);
  });
  test('in Chinese too', () => {
    const items = stated(
      '静脉注射99mTc-MDP 740兆贝克，3小时后行前、后位全身平面显像。右侧髂骨见异常放射性浓聚灶。双肾显影。建议随访。',
    );
    for (const item of ['radiopharmaceutical', 'uptake-time', 'views', 'location', 'kidneys-bladder', 'recommendation'])
      expect(items).toContain(item);
    for (const item of ['prior-comparison', 'communication', 'laboratory', 'preparation'])
      expect(items).not.toContain(item);
  });
});

describe('quality measures', () => {
  const met = (text: string) => Object.fromEntries(checker.quality(text).map(({ measure, met }) => [measure, met]));
  test('apply where their occasion is there', () => {
    expect(met(full)).toMatchObject({ 'comparison-documented': true, 'activity-documented': true });
    expect(met('Uptake in T8 with cord compression.')).toMatchObject({ 'communication-documented': false });
    expect(met('Uptake in T8, degenerative.')['communication-documented']).toBeUndefined();
    expect(met('Questionable uptake in T8.')).toMatchObject({ 'next-step-documented': false });
  });
});

describe('the pack', () => {
  const broken = (change: (data: Record<string, unknown>) => void) => {
    const data = JSON.parse(pack.files.get('checks.json')!) as Record<string, unknown>;
    change(data);
    return () =>
      createReportChecker(parsePack('bone-scan', new Map([...pack.files, ['checks.json', JSON.stringify(data)]])));
  };
  test('names the entry that is wrong', () => {
    expect(broken((data) => Object.assign(data, { scores: 3 }))).toThrow(InvalidPackError);
    expect(broken((data) => Object.assign(data.cues as object, { male: { en: ['('] } }))).toThrow(/cues\.male/);
    expect(broken((data) => delete data.completeness)).toThrow(/completeness/);
  });
  test('without checks.json has no checker', () => {
    const files = new Map(pack.files);
    files.delete('checks.json');
    expect(() => createReportChecker(parsePack('bone-scan', files))).toThrow(/checks\.json/);
  });
});

test('every check has its message, and none is left with a hole', () => {
  expect(Object.keys(messages).sort()).toEqual([...reportCheckCodes].sort());
  const texts = readFileSync(new URL('../../../../fixtures/bone-reports-dev.jsonl', import.meta.url), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => (JSON.parse(line) as { text: string }).text);
  const context = {
    findings: [{ site: 'l4', presence: 'present' as const }],
    prior: { date: '20190101' },
    studyDate: '20200101',
  };
  for (const text of texts)
    for (const { message, evidence } of checker.check(text, context)) {
      for (const words of Object.values(message)) expect(words).not.toMatch(/[{}]|undefined/);
      for (const { start, end, text: words } of evidence) expect(text.slice(start, end)).toBe(words);
    }
});

test('never throws, whatever it is given', () => {
  for (const text of [
    '',
    '\u0000',
    '，。；',
    'a'.repeat(50_000),
    '右'.repeat(5000),
    '<b>T8</b> &amp; L14',
    'IMPRESSION:',
    '\n\n\r\n',
  ])
    expect(() => checker.check(text, { findings: [], prior: null, studyDate: '20240101' })).not.toThrow();
});
