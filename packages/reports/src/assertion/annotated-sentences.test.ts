import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { readAnnotatedSentences } from './annotated-sentences.fixture.ts';
import type { Assertion } from './assertion-reader.ts';
import { createAssertionReader } from './assertion-reader.ts';
import { assertionRules } from './language-rules.ts';

// The even lines of the 2,376 public sentences; the trigger words were tuned on the odd ones only.
const material = process.env.RADIOLECT_MATERIAL ?? fileURLToPath(new URL('../../../../../shared', import.meta.url));
const sentences = readAnnotatedSentences(material);

describe.skipIf(!sentences)(`annotated sentences${sentences ? '' : ' (skipped: not in the material folder)'}`, () => {
  const reader = createAssertionReader([assertionRules.en]);
  const even = (sentences ?? [])
    .filter(({ number }) => number % 2 === 0)
    .map((one) => ({ ...one, said: reader.assess(one.text, { start: 0, end: one.text.length }, one.mention) }));
  const f1 = (gold: (one: (typeof even)[number]) => boolean, read: (said: Assertion) => boolean): number => {
    let both = 0;
    let either = 0;
    for (const one of even) {
      both += Number(gold(one) && read(one.said));
      either += Number(gold(one)) + Number(read(one.said));
    }
    return (2 * both) / either;
  };
  test('1,188 sentences, and nearly every concept is found in its sentence', () => {
    expect(even).toHaveLength(1188);
    expect(even.filter(({ marked }) => !marked).length).toBeLessThan(15);
  });
  test('negation', () =>
    expect(
      f1(
        (one) => one.negated,
        (said) => said.presence === 'absent',
      ),
    ).toBeGreaterThanOrEqual(0.95));
  test('history, as far as a sentence alone can show it', () =>
    expect(
      f1(
        (one) => one.temporality === 'Historical',
        (said) => said.temporality === 'historical',
      ),
    ).toBeGreaterThanOrEqual(0.6));
});
