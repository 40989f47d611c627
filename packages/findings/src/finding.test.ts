import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FindingInput } from './finding.ts';
import { brokenRule, equalFindings, makeFinding } from './finding.ts';
import { changes, intensities, likelihoods, natures, presences, uptakes } from './vocabulary.ts';

const reader = { kind: 'reader' } as const;
const optional = <T>(values: readonly T[]) => fc.option(fc.constantFrom(...values), { nil: undefined });
const anyInput = fc.record({
  site: fc.constantFrom('l4', 'knee-left'),
  presence: fc.constantFrom(...presences),
  nature: optional(natures),
  likelihood: optional(likelihoods),
  change: optional(changes),
  uptake: optional(uptakes),
  intensity: optional(intensities),
  source: fc.constant(reader),
});

describe('a finding is valid from birth', () => {
  test.each<[Omit<FindingInput, 'site' | 'source'>, string]>([
    [{ presence: 'present', nature: 'metastatic' }, 'a stated cause needs a likelihood'],
    [{ presence: 'present', nature: 'unspecified', likelihood: 'possible' }, 'only where a cause is stated'],
    [{ presence: 'present', likelihood: 'possible' }, 'only where a cause is stated'],
    [{ presence: 'present', change: 'resolved' }, 'a resolved finding is absent'],
    [{ presence: 'absent', nature: 'metastatic', likelihood: 'definite' }, 'an absent finding has no nature'],
    [{ presence: 'absent', uptake: 'increased' }, 'an absent finding has no uptake'],
    [{ presence: 'absent', intensity: 'mild' }, 'an absent finding has no intensity'],
  ])('%j is refused: %s', (input, rule) => {
    expect(() => makeFinding({ site: 'l4', source: reader, ...input })).toThrow(rule);
  });

  test('the error names the site and the rule', () => {
    expect(() => makeFinding({ site: 'l4', source: reader, presence: 'present', likelihood: 'probable' })).toThrow(
      'Invalid finding at "l4": a likelihood stands only where a cause is stated',
    );
  });

  test('what is made never breaks a rule, and what is refused always does', () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        const rule = brokenRule(input as FindingInput);
        if (rule) expect(() => makeFinding(input as FindingInput)).toThrow(rule);
        else expect(brokenRule(makeFinding(input as FindingInput))).toBeUndefined();
      }),
    );
  });

  test('a malformed presence is refused with its path', () => {
    expect(() => makeFinding({ site: 'l4', source: reader, presence: 'maybe' as 'present' })).toThrow('presence');
  });
});

describe('equality', () => {
  const base = makeFinding({ site: 'l4', presence: 'present', uptake: 'increased', source: reader });
  test('neither evidence, source nor id count', () => {
    const other = makeFinding({
      id: 'second',
      site: 'l4',
      presence: 'present',
      uptake: 'increased',
      source: { kind: 'model', name: 'm' },
      evidence: [{ kind: 'probability', model: 'm', value: 0.8 }],
    });
    expect(equalFindings(base, other)).toBe(true);
  });
  test('every attribute counts', () => {
    const changed = [{ intensity: 'mild' }, { uptake: 'decreased' }, { change: 'new' }, { site: 'l5' }] as const;
    for (const part of changed) expect(equalFindings(base, makeFinding({ ...base, ...part }))).toBe(false);
  });
});
