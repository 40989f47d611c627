import { createCdeSetValidator } from '@radiolect/findings/cde';
import { readPack } from '@radiolect/findings/node';
import { describe, expect, test } from 'vitest';
import { cdeSetsOfPack, createStructurer } from '../index.ts';
import { casesOfMaterial, differences, ownCases, ownStatements, tally } from './structured-cases.fixture.ts';

const givenCases = casesOfMaterial(process.env.RADIOLECT_MATERIAL);
const pack = await readPack('acute-appendicitis');
const [set] = cdeSetsOfPack(pack);
const structurer = createStructurer(pack, set!);
const read = (text: string) => structurer.structure(text);
const codes = (text: string): Record<string, string | number | boolean> =>
  Object.fromEntries(read(text).values.map(({ element, value }) => [element, value]));

test('the shipped set follows the schema', () => {
  expect(createCdeSetValidator()(JSON.parse(pack.files.get('cde/RDES26.json')!))).toEqual([]);
});

describe.skipIf(givenCases.length === 0)('the cases of the material (skipped where it is absent)', () => {
  test.each(givenCases.map((example) => [example.id, example] as const))('%s', (_, example) => {
    expect(differences(example, read(example.text))).toEqual([]);
  });
  test('there are twelve, and the evidence of every value overlaps the one given', () => {
    const sums = tally(givenCases, read);
    expect([givenCases.length, sums.values, sums.evidence]).toEqual([12, 69, 69]);
  });
});

describe('own reports, open half', () => {
  test.each(ownCases('open').map((example) => [example.id, example] as const))('%s', (_, example) => {
    expect(differences(example, read(example.text))).toEqual([]);
  });
});

test('evidence is verbatim and lies inside the text, whatever the text', () => {
  const texts = [...givenCases, ...ownCases('open')].map(({ text }) => text);
  const broken = texts.flatMap((text) => [
    text.slice(37),
    text.replaceAll('. ', '\r\n'),
    text.toUpperCase(),
    `${text}\n${text}`,
  ]);
  for (const text of [...texts, ...broken, '', '?', '5 mm', '(((', 'appendix '.repeat(5000)])
    for (const { evidence } of read(text).values) {
      expect(evidence.end).toBeGreaterThan(evidence.start);
      expect(text.slice(evidence.start, evidence.end)).toBe(evidence.text);
    }
});

test.each(ownStatements.map(({ text, values }) => [text, values] as const))('%s', (text, values) => {
  const found = codes(text);
  for (const [element, value] of Object.entries(values)) expect(found[element] ?? null, element).toBe(value);
});

const wrapped = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.replace(/(.{50,70}?) /g, '$1\n'))
    .join('\n');

test.each([
  ['in capitals', (text: string) => text.toUpperCase()],
  ['in small letters', (text: string) => text.toLowerCase()],
  ['wrapped', wrapped],
  ['without spaces behind full stops', (text: string) => text.replaceAll('. ', '.')],
  ['with carriage returns', (text: string) => text.replaceAll('\n', '\r\n')],
  ['with double spaces', (text: string) => text.replaceAll(' ', '  ')],
  ['with hard spaces', (text: string) => text.replaceAll(' ', '\u00a0')],
])('a report %s gives the same values', (_, change) => {
  const wrong = [...givenCases, ...ownCases('open')].flatMap((example) =>
    differences({ ...example, unmapped: [] }, read(change(example.text))).map((line) => `${example.id} ${line}`),
  );
  expect(wrong).toEqual([]);
});

describe('single statements', () => {
  test.each([
    ['The appendix measures 0.9 cm in diameter.', 'RDE196', 9],
    ['The appendix measures 9 mm, previously 14 mm.', 'RDE196', 9],
    ['Dilated appendix, 95 x 12 mm.', 'RDE196', 12],
    ['The appendix is 11 mm at its tip. At its base the appendix is 6 mm.', 'RDE196', 11],
    ['The appendix contains a 0.6 cm fecalith.', 'RDE1673', 6],
    ['No abscess.', 'RDE201', 'RDE201.1'],
    ['Periappendiceal abscess of 3 cm.', 'RDE201', 'RDE201.0'],
    ['The appendix is not filled with contrast.', 'RDE202', 'RDE202.0'],
  ])('%s', (text, element, value) => {
    expect(codes(text)[element]).toBe(value);
  });
  test.each([
    ['a length is no diameter', 'The appendix is 8 cm in length.', 'RDE196'],
    ['a wall is no diameter', 'The appendiceal wall is 4 mm thick.', 'RDE196'],
    ['a limit is no measurement', 'The appendix is normal (< 6 mm).', 'RDE196'],
    ['without a focus there is no size of it', 'No appendicolith. A 7 mm stone in the right kidney.', 'RDE1673'],
    ['fluid in the pelvis is not around the appendix', 'Normal appendix. Free fluid in the pelvis.', 'RDE198'],
    ['an abscess elsewhere', 'Normal appendix. A 3 cm hepatic abscess.', 'RDE201'],
    ['a question', 'Abdominal pain, ?appendicitis. The liver is normal.', 'RDE195'],
    ['somebody else', 'Her mother had appendicitis.', 'RDE195'],
  ])('%s', (_, text, element) => {
    expect(codes(text)[element]).toBeUndefined();
  });
  test('what depends on a contradicted element is contradicted with it', () => {
    const { conflicts } = read('No appendicolith. Appendicitis with a 7 mm appendicolith.');
    expect(conflicts.map(({ element }) => element)).toEqual(['RDE199', 'RDE1673']);
    for (const { evidence } of conflicts) expect(evidence.length).toBeGreaterThan(1);
  });
});
