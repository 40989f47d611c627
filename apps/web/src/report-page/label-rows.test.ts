import { makeFinding } from '@radiolect/findings';
import { expect, test } from 'vitest';
import { labelTable } from './label-rows.ts';

const finding = (site: string, presence: 'present' | 'uncertain' | 'absent', id = site) =>
  makeFinding({ id, site, presence, source: { kind: 'report' } });
const pack = { labelSpace: { name: 'n', version: '1', positions: ['a', 'b', 'c', 'd', 'e'] } };

test('rows go from present to silent, each in the order of the label vector', () => {
  const findings = [
    finding('d', 'absent'),
    finding('c', 'present'),
    finding('b', 'uncertain'),
    finding('a', 'present'),
  ];
  const table = labelTable({ findings }, pack);
  expect(table.rows.map(({ site, state }) => `${site} ${state}`)).toEqual([
    'a present',
    'c present',
    'b uncertain',
    'd absent',
    'e unmentioned',
  ]);
  expect(table.counts).toEqual({ present: 2, uncertain: 1, absent: 1, unmentioned: 1 });
});

test('a second finding of a position is a row of its own and counts once', () => {
  const table = labelTable({ findings: [finding('a', 'absent', 'a'), finding('a', 'present', 'a#2')] }, pack);
  expect(table.rows.slice(0, 2).map(({ key, further }) => [key, further])).toEqual([
    ['a#2', false],
    ['a', true],
  ]);
  expect(table.counts).toEqual({ present: 1, uncertain: 0, absent: 0, unmentioned: 4 });
});
