import type { DraftReport, Finding } from '@radiolect/findings';
import { makeFinding } from '@radiolect/findings';
import { readPack } from '@radiolect/findings/node';
import { createDrafter, createReportChecker, createRuleReader } from '@radiolect/reports';
import { expect, test } from 'vitest';
import { studyChecks } from './checks.ts';

const pack = await readPack('bone-scan');
const room = { pack, reader: createRuleReader(pack), checker: createReportChecker(pack) };
const findings: Finding[] = pack.sites.map(({ id }) =>
  id === 'rib-6-left'
    ? makeFinding({
        site: id,
        presence: 'present',
        uptake: 'increased',
        nature: 'metastatic',
        likelihood: 'probable',
        source: { kind: 'reader' },
      })
    : makeFinding({ site: id, presence: 'absent', source: { kind: 'reader' } }),
);
const draft = createDrafter(pack).draft({ findings, language: 'en', panel: { question: '68-year-old man.' } });
const study = (of: DraftReport) => ({
  draft: of,
  findings: findings.map((finding) => ({ finding, decision: 'accepted' as const, inDraft: true, edited: false })),
  decidedSites: [],
  patientSex: 'M',
  patientBirthDate: '19560301',
  studyDate: '20240501',
  panel: {},
});

test('a draft as the drafter wrote it has nothing to settle', () => {
  expect(studyChecks(room, study(draft))).toEqual([]);
});

test('a side changed by hand stops the signature, with its words in the laid-out text', () => {
  const sentences = draft.sentences.map((sentence) =>
    sentence.section === 'impression' ? { ...sentence, text: sentence.text.replace('left', 'right') } : sentence,
  );
  const check = studyChecks(room, study({ ...draft, sentences })).find(({ code }) => code === 'side-contradiction');
  expect(check).toMatchObject({ level: 'stop', sites: expect.arrayContaining(['rib-6-left', 'rib-6-right']) });
  expect(check?.sentences).toEqual(expect.arrayContaining(['findings-1', 'impression-1']));
  expect(check?.evidence?.length).toBeGreaterThan(0);
});

test('the age in the text is held against the birth date of the header', () => {
  const codes = (born: string) =>
    studyChecks(room, { ...study(draft), patientBirthDate: born }).map(({ code }) => code);
  expect(codes('19560301')).toEqual([]);
  expect(codes('19800301')).toEqual(['age-mismatch']);
});
