import { makeFinding } from '@radiolect/findings';
import { expect, test } from 'vitest';
import { changesSince } from './changes-since.ts';

const finding = (site: string, presence: 'present' | 'uncertain' | 'absent') =>
  makeFinding({ site, presence, source: { kind: 'reader' } });

test('what came, what went and what stayed since the prior', () => {
  const before = [
    finding('l4', 'present'),
    finding('l5', 'absent'),
    finding('t8', 'present'),
    finding('t9', 'present'),
  ];
  const now = [finding('l4', 'uncertain'), finding('l5', 'present'), finding('c2', 'present'), finding('t8', 'absent')];
  const { appeared, gone, still } = changesSince(before, now);
  expect([...appeared].sort()).toEqual(['c2', 'l5']);
  expect(gone).toEqual(['t8']);
  expect(still).toEqual(['l4']);
});
