import { makeFinding } from '@radiolect/findings';
import { expect, test } from 'vitest';
import { checkContextOf, knownOfStudy, nothingKnown } from './known-beside.ts';

test('what is not known is left out, not guessed', () => {
  expect(checkContextOf(nothingKnown)).toEqual({});
  expect(checkContextOf({ ...nothingKnown, age: '  ', part: ' ' })).toEqual({});
});

test('what is known reaches the checks', () => {
  expect(checkContextOf({ age: '68', sex: 'male', part: ' left hip ', side: 'left', prior: 'none' })).toEqual({
    patient: { age: 68, sex: 'male' },
    order: { bodyPart: 'left hip', side: 'left' },
    prior: null,
  });
  expect(checkContextOf({ ...nothingKnown, prior: 'yes' })).toEqual({ prior: {} });
});

test('of a study, its patient, date and latest prior are known', () => {
  const findings = [makeFinding({ site: 'l4', presence: 'present', source: { kind: 'report' } })];
  const prior = { id: 'p', studyDate: '20230312', views: [], findings, findingsFrom: 'report' } as const;
  const study = { patientBirthDate: '19560101', patientSex: 'F', studyDate: '20240127', priors: [prior] };
  expect(checkContextOf(knownOfStudy(study))).toEqual({
    patient: { age: 68, sex: 'female' },
    prior: { date: '20230312', findings },
    studyDate: '20240127',
  });
  expect(knownOfStudy({ priors: [] })).toEqual(nothingKnown);
});
