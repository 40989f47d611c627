import type { DraftReport } from '@radiolect/findings';
import { makeFinding } from '@radiolect/findings';
import { readPack } from '@radiolect/findings/node';
import { describe, expect, test } from 'vitest';
import { draftText } from '../drafter/draft-text.ts';
import { createDrafter } from '../drafter/drafter.ts';
import { IncompleteSignatureError, UnconfirmedSentenceError } from './errors.ts';
import { amendReport, signedReportJson, signedReportText, signReport } from './signed-report.ts';

const drafter = createDrafter(await readPack('bone-scan'));
const findings = [makeFinding({ site: 'l4', presence: 'present', uptake: 'increased', source: { kind: 'reader' } })];
const draft = drafter.draft({ findings, language: 'en' });
const author = { name: 'Dr. Chen', authenticated: false };
const now = new Date('2026-03-01T08:30:00Z');
const typed = (confirmed: boolean): DraftReport => ({
  ...draft,
  sentences: [
    ...draft.sentences,
    { id: 'typed-1', section: 'impression', text: 'Telephoned to the ward.', states: [], origin: 'reader', confirmed },
  ],
});

describe('signing', () => {
  test('freezes text, findings and draft as they were', () => {
    const changing = [...findings];
    const signed = signReport('r1', { draft, findings: changing, author, now });
    changing.pop();
    expect(signed.findings).toHaveLength(1);
    expect(signed).toMatchObject({
      id: 'r1',
      version: 1,
      text: draftText(draft),
      signedAt: '2026-03-01T08:30:00.000Z',
    });
    expect(() => Object.assign(signed.author, { name: 'Someone else' })).toThrow(TypeError);
    expect(() => (signed.findings as unknown[]).push('x')).toThrow(TypeError);
    expect(Object.isFrozen(draft)).toBe(false);
  });
  test('waits for the confirmation of what a person typed', () => {
    expect(() => signReport('r1', { draft: typed(false), findings, author, now })).toThrow(UnconfirmedSentenceError);
    expect(signReport('r1', { draft: typed(true), findings, author, now }).text).toContain('Telephoned to the ward.');
  });
  test('needs a name, and an amendment its reason', () => {
    expect(() => signReport('r1', { draft, findings, author: { ...author, name: ' ' }, now })).toThrow(
      IncompleteSignatureError,
    );
    const signed = signReport('r1', { draft, findings, author, now });
    expect(() => amendReport(signed, { draft, findings, author, now, reason: ' ' })).toThrow('reason');
  });
  test('an amendment is the next version and leaves the previous one alone', () => {
    const signed = signReport('r1', { draft, findings, author, now });
    const before = signedReportJson(signed);
    const later = new Date('2026-03-02T09:00:00Z');
    const amended = amendReport(signed, {
      draft: typed(true),
      findings,
      author,
      now: later,
      reason: 'Call documented',
    });
    expect(amended).toMatchObject({ id: 'r1', version: 2, previousVersion: 1, reason: 'Call documented' });
    expect(signedReportJson(signed)).toBe(before);
    expect(signedReportText(amended)).toMatch(
      /Signed: Dr\. Chen \(name not authenticated\), 2026-03-02T09:00:00\.000Z, version 2, replaces version 1\nReason for amendment: Call documented\n$/,
    );
    expect(JSON.parse(signedReportJson(amended))).toEqual(amended);
  });
});
