import { readPack } from '@radiolect/findings/node';
import { createRuleReader } from '@radiolect/reports';
import { expect, test } from 'vitest';
import { textSegments } from '../marks/text-segments.ts';
import { joinedItems } from './marked-list.tsx';
import { positionNames } from './position-names.ts';
import { causeLook, highlightOf, isLit, lookOf, marksOfReading } from './text-marks.ts';

const pack = await readPack('bone-scan');
const text =
  'Uptake at T9, metastasis. Mild uptake in both knees, degenerative. Increased uptake at the ankle. Kidneys are seen. No metastasis elsewhere.';
const reading = createRuleReader(pack).read(text);
const spans = marksOfReading(reading, {
  findings: (findings) => findings.map(({ site }) => site).join(),
  regional: ({ region }) => region,
  extraosseous: (what) => what,
  denied: (nature) => nature,
  warning: ({ code }) => code,
});
const under = (words: string) => {
  const start = text.indexOf(words);
  const segment = textSegments(text, spans).find(
    (piece) => piece.start <= start && start < piece.start + piece.text.length,
  );
  return segment?.values ?? [];
};

test('a mark is drawn by state and cause', () => {
  expect(lookOf(under('T9'))).toBe('label-span present malignant');
  expect(lookOf(under('both knees'))).toBe('label-span present benign');
  expect(lookOf(under('Kidneys'))).toBe('aside-span');
  expect(lookOf(under('uptake at the ankle'))).toBe('warned-span');
  expect(causeLook({ presence: 'uncertain', nature: 'unspecified' })).toBe('undetermined');
  expect(causeLook({ presence: 'absent' })).toBe('');
});

test('words that speak of two sites light both, and either lights the words', () => {
  const knees = under('both knees');
  expect([...highlightOf(knees).sites].sort()).toEqual(['knee-left', 'knee-right']);
  const of = (site: string) => ({ sites: new Set([site]), findings: new Set<string>() });
  expect(knees.map((mark) => isLit(mark, of('knee-left')))).toEqual([true]);
  expect(knees.map((mark) => isLit(mark, of('t9')))).toEqual([false]);
  // A finding that is pointed at lights its own words only, not those of another one at the same site.
  expect(knees.map((mark) => isLit(mark, { ...of('knee-left'), findings: new Set(['another']) }))).toEqual([false]);
});

test('what says the same twice is one line with all its words', () => {
  const item = (id: string, line: string, start: number) => ({
    ids: [id],
    text: line,
    evidence: [{ start, end: start + 1, text: 'x' }],
  });
  const joined = joinedItems([item('a', 'bladder', 0), item('b', 'kidneys', 2), item('c', 'bladder', 4)]);
  expect(joined.map(({ ids, evidence }) => [ids.join(), evidence.length])).toEqual([
    ['a,c', 2],
    ['b', 1],
  ]);
});

test('positions have names in each language, bases of a paired site too', () => {
  expect(['t9', 'ankle-left', 'ankle', 'nowhere'].map(positionNames(pack, 'en'))).toEqual([
    'T9 vertebra',
    'left ankle',
    'ankle',
    'nowhere',
  ]);
  expect(positionNames(pack, 'zh-Hant')('ankle')).not.toMatch(/右/);
  expect(positionNames(undefined, 'en')('t9')).toBe('t9');
});
