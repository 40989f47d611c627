import type { SiteLabel } from '@radiolect/findings';
import type { ReviewItem } from '@radiolect/server/api';
import { describe, expect, test } from 'vitest';
import { formOf } from '../findings-list/edited-finding.ts';
import { textSegments } from '../marks/text-segments.ts';
import { readingSpans } from './reading-spans.ts';
import { reviewGroups } from './review-groups.ts';
import { afterSettling, neighbourItem } from './review-order.ts';
import { differingFields, findingOfLabel, labelOfForm } from './site-label-form.ts';

const text = 'Increased uptake at L4 and L5.';
const evidence = (start: number, end: number) => ({ start, end, text: text.slice(start, end) });
const item = (id: string, readings: ReviewItem['readings'], state: ReviewItem['state'] = 'open'): ReviewItem => ({
  id,
  revision: 0,
  report: { id: 'r', sourceId: 'r' },
  site: id,
  differs: 'presence',
  model: 'ward',
  readings,
  state,
});

describe('both readings in the text', () => {
  const l4 = item('l4', {
    rules: { state: 'present', evidence: evidence(0, 22) },
    model: { state: 'uncertain', evidence: evidence(17, 22) },
  });
  const l5 = item('l5', { model: { state: 'present', evidence: evidence(27, 29) } });
  test('are told apart where they overlap, other items are pointed to', () => {
    const segments = textSegments(text, readingSpans([l4], [l4, l5])).map(
      (segment) => [segment.text, segment.values.map(({ kind }) => kind).join('+')] as const,
    );
    expect(segments).toEqual([
      ['Increased uptake ', 'rules'],
      ['at L4', 'rules+model'],
      [' and ', ''],
      ['L5', 'other'],
      ['.', ''],
    ]);
  });
  test('a settled item of the report is no longer pointed to', () => {
    expect(readingSpans([l4], [l4, { ...l5, state: 'resolved' }])).toHaveLength(2);
  });
});

describe('groups', () => {
  const ribs = { rules: { state: 'absent', evidence: evidence(0, 9) } } as const;
  const queue = [item('rib-1', ribs), item('l4', { model: { state: 'present' } }), item('rib-2', ribs)];
  const ids = (apart: readonly string[]) =>
    reviewGroups(queue, new Set(apart)).map(({ items }) => items.map(({ id }) => id));
  test('hold what differs in nothing but the site', () => {
    expect(ids([])).toEqual([['rib-1', 'rib-2'], ['l4']]);
    expect(ids(['rib-1', 'rib-2'])).toEqual([['rib-1'], ['l4'], ['rib-2']]);
  });
  test('never join two reports, or other words of the same one', () => {
    const elsewhere = { ...item('rib-3', ribs), report: { id: 's', sourceId: 's' } };
    const otherWords = item('rib-4', { rules: { state: 'absent', evidence: evidence(10, 12) } });
    expect(reviewGroups([...queue, elsewhere, otherWords], new Set())).toHaveLength(4);
  });
});

describe('an own label', () => {
  test('goes through the fields of a finding and back', () => {
    const label: SiteLabel = { state: 'present', nature: 'metastatic', likelihood: 'probable', uptake: 'increased' };
    expect(labelOfForm(formOf(findingOfLabel('l4', { ...label, evidence: evidence(0, 5) })))).toEqual(label);
  });
  test('fields that differ are named, an absent reading differs in all that is said', () => {
    const one: SiteLabel = { state: 'present', intensity: 'mild' };
    expect([...differingFields(one, { state: 'present', intensity: 'intense' })]).toEqual(['intensity']);
    expect([...differingFields(one, undefined)]).toEqual(['state', 'intensity']);
  });
});

test('after the last item comes the one before it, after the only one none', () => {
  expect(neighbourItem(['a', 'b', 'c'], 'b', 1)).toBe('c');
  expect(neighbourItem(['a', 'b', 'c'], undefined, 1)).toBe('a');
  expect(neighbourItem(['a', 'b'], 'b', 1)).toBeUndefined();
  expect(afterSettling(['a', 'b'], 'a')).toBe('b');
  expect(afterSettling(['a', 'b'], 'b')).toBe('a');
  expect(afterSettling(['a'], 'a')).toBeUndefined();
});
