import { expect, test } from 'vitest';
import type { DrafterAnswer } from './audit-drafter.ts';
import { auditDrafter, suggestionRecord } from './audit-drafter.ts';

const answer = (study: number, more: Partial<DrafterAnswer> = {}): DrafterAnswer => ({
  study: String(study),
  text: `report ${study}`,
  findings: `findings ${study}`,
  sidedSentences: 2,
  flippedSentences: 0,
  suggestions: [`site ${study}`],
  ...more,
});
const studies = Array.from({ length: 8 }, (_, index) => index);
const caught = (...given: Parameters<typeof auditDrafter>): string[] =>
  auditDrafter(...given)
    .filter((verdict) => verdict.caught)
    .map((verdict) => verdict.code);

test('a drafter that words each study and looks at its picture is not named', () => {
  const pairs = studies.map((study) => ({ own: answer(study), other: answer(study, { suggestions: [] }) }));
  expect(
    caught(
      studies.map((study) => answer(study)),
      pairs,
    ),
  ).toEqual([]);
});
test('one text for unlike findings is a collapse, for like findings it is not', () => {
  expect(caught(studies.map((study) => answer(study, { text: 'normal' })))).toEqual(['same-report-for-every-study']);
  expect(caught(studies.map((study) => answer(study, { text: 'normal', findings: 'none' })))).toEqual([]);
});
test('half of the studies sharing one text is a collapse too', () => {
  const half = studies.map((study) => answer(study, study % 2 ? {} : { text: 'normal' }));
  expect(caught(half)).toEqual(['same-report-for-every-study']);
});
test("the same answer with another's pictures is named, and too few pairs say nothing", () => {
  const pairs = studies.map((study) => ({ own: answer(study), other: answer(study) }));
  expect(
    caught(
      studies.map((study) => answer(study)),
      pairs,
    ),
  ).toEqual(['ignores-the-image']);
  expect(auditDrafter([answer(1)], pairs.slice(0, 4)).map((v) => v.code)).not.toContain('ignores-the-image');
});
test('a drafter that writes nothing is named for that alone', () => {
  expect(caught(studies.map((study) => answer(study, { text: '', sidedSentences: 0 })))).toEqual(['writes-nothing']);
});
test('a flipped side is named with its rate', () => {
  const [verdict] = auditDrafter([answer(1, { flippedSentences: 1 }), answer(2)]).filter((v) => v.caught);
  expect(verdict).toMatchObject({ code: 'flips-sides', n: 4, share: { value: 0.25 } });
});
test('suggestions are counted against the truth', () => {
  const record = suggestionRecord([
    { suggestions: ['l4', 't8'], truth: new Set(['l4']) },
    { suggestions: [], truth: new Set(['t1']) },
  ]);
  expect(record).toMatchObject({ right: 1, n: 2, share: { value: 0.5 } });
});
