import { expect, test } from 'vitest';
import { Fingerprint } from './fingerprint.ts';

test('pieces count as the whole, and any change is seen', () => {
  const whole = String(new Fingerprint().add('one study, another study'));
  expect(String(new Fingerprint().add('one study, ').add('another study'))).toBe(whole);
  expect(String(new Fingerprint().add('another study, one study'))).not.toBe(whole);
  expect(String(new Fingerprint().add('one study, another study '))).not.toBe(whole);
});
