import type { Finding, FindingInput } from '@radiolect/findings';
import { makeFinding } from '@radiolect/findings';
import { expect, test } from 'vitest';
import { changesSincePrior } from './changes-since-prior.ts';

const finding = (site: string, part: Partial<FindingInput>): Finding =>
  makeFinding({ presence: 'present', ...part, site, source: { kind: 'reader' } });
const changeOf = (now: Finding, ...prior: Finding[]) => changesSincePrior([now], prior)[0]?.change;
const mild = finding('l3', { uptake: 'increased', intensity: 'mild' });
const intense = finding('l3', { uptake: 'increased', intensity: 'intense' });
const absent = finding('l3', { presence: 'absent' });

test('names the change that two sets of findings state', () => {
  expect(changeOf(mild, absent)).toBe('new');
  expect(changeOf(absent, mild)).toBe('resolved');
  expect(changeOf(intense, mild)).toBe('increased');
  expect(changeOf(mild, intense)).toBe('decreased');
  expect(changeOf(mild, mild)).toBe('stable');
  const defect = (intensity: 'mild' | 'intense') => finding('l3', { uptake: 'decreased', intensity });
  expect(changeOf(defect('intense'), defect('mild'))).toBe('decreased');
});
test('says nothing where one of them is silent or in doubt', () => {
  expect(changeOf(mild)).toBeUndefined();
  expect(changeOf(mild, finding('l3', { uptake: 'increased' }))).toBeUndefined();
  expect(changeOf(mild, finding('l3', { presence: 'uncertain' }))).toBeUndefined();
  expect(changeOf(absent, absent)).toBeUndefined();
  expect(changeOf({ ...mild, change: 'stable' }, absent)).toBe('stable');
});
