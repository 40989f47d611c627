import { makeFinding } from '@radiolect/findings';
import type { ListedFinding } from '@radiolect/server/api';
import { describe, expect, test } from 'vitest';
import { addSteps } from './add-steps.ts';

const known = (
  presence: 'present' | 'absent',
  id = 'f1',
  decision: ListedFinding['decision'] = 'accepted',
): ListedFinding => ({
  finding: makeFinding({ id, site: 'l4', presence, source: { kind: 'model' } }),
  decision,
  inDraft: true,
  edited: false,
  heatMapUrls: {},
});
const outline = {
  view: 'anterior',
  polygon: [
    [0, 0],
    [1, 0],
    [0, 1],
  ],
} as const;

describe('adding a finding by place', () => {
  test('at a site that nobody mentioned it is added', () => {
    expect(addSteps([], { site: 'l4', presence: 'present' })).toEqual([
      { method: 'POST', path: 'findings', body: { site: 'l4', presence: 'present' } },
    ]);
  });
  test('a denied site is affirmed, not stated twice', () => {
    expect(addSteps([known('absent')], { site: 'l4', presence: 'present' })).toEqual([
      { method: 'PATCH', path: 'findings/f1', body: { presence: 'present' } },
    ]);
  });
  test('with an outline the denied one makes way', () => {
    const steps = addSteps([known('absent')], { site: 'l4', presence: 'present', outline });
    expect(steps.map(({ method, path }) => `${method} ${path}`)).toEqual(['DELETE findings/f1', 'POST findings']);
  });
  test('a proposal that says the same is accepted', () => {
    expect(addSteps([known('present', 'f1', 'proposed')], { site: 'l4', presence: 'present' })).toEqual([
      { method: 'POST', path: 'findings/f1/accept' },
    ]);
  });
  test('a second focus is a finding of its own', () => {
    expect(addSteps([known('present')], { site: 'l4', presence: 'present', outline })[0]?.method).toBe('POST');
  });
  test('denying a site rejects each of its findings', () => {
    const steps = addSteps([known('present'), known('present', 'f2')], { site: 'l4', presence: 'absent' });
    expect(steps.map(({ path }) => path)).toEqual(['findings/f1/reject', 'findings/f2/reject']);
  });
});
