import {
  brokenRule,
  changes,
  intensities,
  likelihoods,
  makeFinding,
  natures,
  presences,
  uptakes,
} from '@radiolect/findings';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { editOf, formOf, withRules } from './edited-finding.ts';

const maybe = <T>(values: readonly T[]) => fc.option(fc.constantFrom(...values), { nil: undefined });

describe('the finding editor', () => {
  test('no choice of fields gives a finding that breaks a rule', () => {
    const form = fc.record({
      site: fc.constant('l4'),
      presence: fc.constantFrom(...presences),
      nature: maybe(natures),
      likelihood: maybe(likelihoods),
      change: maybe(changes),
      uptake: maybe(uptakes),
      intensity: maybe(intensities),
    });
    fc.assert(fc.property(form, (fields) => brokenRule(withRules(fields as never)) === undefined));
  });
  test('denying a finding takes its cause away and sends nulls for it', () => {
    const before = makeFinding({
      site: 'l4',
      presence: 'present',
      nature: 'metastatic',
      likelihood: 'possible',
      uptake: 'increased',
      source: { kind: 'model' },
    });
    const form = withRules({ ...formOf(before), presence: 'absent' });
    expect(editOf(before, form)).toEqual({ presence: 'absent', nature: null, likelihood: null, uptake: null });
  });
  test('an unchanged form asks for nothing', () => {
    const before = makeFinding({ site: 'l4', presence: 'uncertain', part: 'left pedicle', source: { kind: 'model' } });
    expect(editOf(before, formOf(before))).toEqual({});
  });
});
