import type { DraftUnderWay, KeptDraft } from '@radiolect/server/api';
import { describe, expect, test } from 'vitest';
import { draftColumns } from './draft-columns.ts';
import { sentenceOrigins } from './sentence-origins.ts';

const sentence = (id: string, states: readonly string[], origin: 'rules' | 'language-model') =>
  ({ id, section: 'findings', text: id, states, origin }) as const;
const written = (writer: string): KeptDraft['written'] => ({
  writer,
  draft: {
    language: 'en',
    header: {},
    sentences: [sentence('a', ['1'], 'language-model'), sentence('b', ['2'], 'rules'), sentence('c', ['3'], 'rules')],
  },
  replaced: [
    { proposed: { section: 'findings', text: 'the other knee', states: ['2'] }, reasons: ['side-mismatch'] },
    { proposed: { section: 'findings', text: 'nothing at all', states: [] }, reasons: ['uncited'] },
    { proposed: { section: 'impression', text: 'of another section', states: ['3'] }, reasons: ['heading'] },
  ],
  added: 1,
  suggestions: [],
  proposed: [],
  calls: [],
});
const kept = (writer: string, variant = 0, writtenAt = '1'): KeptDraft => ({
  writer,
  variant,
  writtenAt,
  written: written(writer),
  stale: false,
});
const underWay = (writer: string, state: DraftUnderWay['state'], variant = 0): DraftUnderWay => ({
  writer,
  variant,
  state,
  sentences: [],
});

describe('columns of drafts', () => {
  test('a run stands before what was kept, the rules before all', () => {
    const columns = draftColumns(
      [kept('rules'), kept('old')],
      [underWay('new', 'writing'), underWay('new', 'failed', 1)],
      new Map(),
    );
    expect(columns.map(({ key, underWay: run }) => [key, run?.state])).toEqual([
      ['rules/0', undefined],
      ['new/0', 'writing'],
      ['new/1', 'failed'],
      ['old/0', undefined],
    ]);
  });
  test('a written draft is shown as under way until the newly kept one has come', () => {
    const before = new Map([['new/0', '1']]);
    const run = [underWay('new', 'written')];
    expect(draftColumns([kept('new')], run, before)[0]?.kept).toBeUndefined();
    expect(draftColumns([kept('new', 0, '2')], run, before)[0]?.kept?.writtenAt).toBe('2');
  });
});

describe('who wrote a sentence', () => {
  test('a sentence of the rules in a model’s draft names what it replaced, or was added', () => {
    const { bySentence, leftOut } = sentenceOrigins(written('wordy'));
    expect([...bySentence.values()].map(({ kind }) => kind)).toEqual(['model', 'instead', 'added']);
    const instead = bySentence.get('b');
    expect(instead?.kind === 'instead' && instead.of.map(({ proposed }) => proposed.text)).toEqual(['the other knee']);
    expect(leftOut.map(({ proposed }) => proposed.text)).toEqual(['nothing at all', 'of another section']);
  });
  test('in a draft by rules nothing is said of it', () => {
    const { bySentence } = sentenceOrigins({ ...written('rules'), replaced: [] });
    expect(bySentence.get('b')).toEqual({ kind: 'rules' });
  });
});
