import type { Finding, Presence } from '@radiolect/findings';
import { makeFinding } from '@radiolect/findings';
import { readPack } from '@radiolect/findings/node';
import { expect, test } from 'vitest';
import { createDrafter } from '../drafter/drafter.ts';
import { compareReportWithFindings } from './compare-report.ts';

const drafter = createDrafter(await readPack('bone-scan'));

test('marks agreement, contradiction and what stands on one side only', () => {
  const onFile = 'Uptake in L3 and L4. Knees normal. Feet normal.';
  const read = (site: string, presence: Presence, text: string): Finding =>
    makeFinding({
      site,
      presence,
      source: { kind: 'report' },
      evidence: [{ kind: 'text', start: onFile.indexOf(text), end: onFile.indexOf(text) + text.length, text }],
    });
  const reading = {
    findings: [
      read('l3', 'present', 'L3 and L4'),
      read('l4', 'present', 'L3 and L4'),
      read('knee-left', 'absent', 'Knees'),
      read('foot-left', 'absent', 'Feet'),
    ],
  };
  const finding = (site: string, presence: Presence): Finding =>
    makeFinding({
      site,
      presence,
      source: { kind: 'reader' },
      ...(presence === 'absent' ? {} : { uptake: 'increased' }),
    });
  const findings = [
    finding('l3', 'present'),
    finding('knee-left', 'present'),
    finding('t1', 'uncertain'),
    finding('hand-left', 'absent'),
  ];
  const draft = drafter.draft({ findings, language: 'en' });
  const marks = compareReportWithFindings(reading, draft, findings);
  expect(marks.report).toEqual([
    { start: 10, end: 19, kind: 'only-here', sites: ['l4', 'l3'] },
    { start: 21, end: 26, kind: 'contradict', sites: ['knee-left'] },
  ]);
  expect(marks.draft.find((mark) => mark.sentence === 'findings-1')).toEqual({
    sentence: 'findings-1',
    kind: 'contradict',
    sites: ['knee-left', 'l3'],
  });
  expect(marks.draft.find((mark) => mark.sentence === 'findings-2')?.kind).toBe('only-here');
  expect(marks.draft.some((mark) => mark.sentence === 'findings-3')).toBe(false);
  expect(Object.fromEntries(marks.sites.map(({ site, kind }) => [site, kind]))).toEqual({
    l3: 'agree',
    l4: 'only-report',
    'knee-left': 'contradict',
    'foot-left': 'only-report',
    t1: 'only-draft',
    'hand-left': 'only-draft',
  });
});
