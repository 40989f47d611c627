import type { ConceptPosition, Presence } from '@radiolect/findings';
import { describe, expect, test } from 'vitest';
import { combine } from './combination.ts';

const position = (id: string, more: Partial<ConceptPosition> = {}): ConceptPosition => ({
  id,
  names: { en: id },
  concept: { value: id, schemeDesignator: '99RADIOLECT', meaning: id },
  implies: [],
  past: 'ignored',
  noneOf: undefined,
  ...more,
});
const positions = [
  position('pneumonia', { implies: ['consolidation'] }),
  position('consolidation', { implies: ['opacity'] }),
  position('opacity'),
  position('tube'),
  position('none', { noneOf: { exempt: ['tube'] } }),
];
const states = (stated: Readonly<Record<string, readonly Presence[]>>, readable = true): Record<string, Presence> => {
  const statements = new Map(
    Object.entries(stated).map(([id, list]) => [
      id,
      list.map((presence, at) => ({ presence, start: at, end: at + 1 })),
    ]),
  );
  return Object.fromEntries([...combine(statements, positions, readable)].map(([id, { presence }]) => [id, presence]));
};

describe('several statements on one position', () => {
  test.each<[readonly Presence[], Presence]>([
    [['absent', 'present'], 'present'],
    [['present', 'absent'], 'present'],
    [['absent', 'uncertain'], 'uncertain'],
    [['uncertain', 'present'], 'present'],
    [['absent', 'absent'], 'absent'],
  ])('%j give %s', (list, expected) => expect(states({ tube: list }).tube).toBe(expected));
  test('only those that decided are kept as evidence', () => {
    const said = [
      { presence: 'absent', start: 0, end: 1 },
      { presence: 'present', start: 2, end: 3 },
    ] as const;
    expect(combine(new Map([['tube', said]]), positions, true).get('tube')?.statements).toEqual([said[1]]);
  });
});

describe('roll-ups', () => {
  test('pass through each other and keep the doubt', () => {
    expect(states({ pneumonia: ['uncertain'] })).toEqual({
      pneumonia: 'uncertain',
      consolidation: 'uncertain',
      opacity: 'uncertain',
    });
  });
  test('raise what is stated weaker, and never lower it', () => {
    expect(states({ consolidation: ['present'], opacity: ['absent'] }).opacity).toBe('present');
    expect(states({ consolidation: ['uncertain'], opacity: ['present'] }).opacity).toBe('present');
  });
  test('an absent position rolls nothing up', () => expect(states({ pneumonia: ['absent'] }).opacity).toBeUndefined());
});

describe('the derived position', () => {
  test('stands where nothing else is found, exempt ones aside', () => {
    expect(states({}).none).toBe('present');
    expect(states({ opacity: ['absent'], tube: ['present'] }).none).toBe('present');
    expect(states({ opacity: ['uncertain'] }).none).toBeUndefined();
  });
  test('not where there was nothing to read', () => expect(states({}, false)).toEqual({}));
});
