import { expect, test } from 'vitest';
import { addressOf, parseRoute } from './route.ts';

test.each([
  [{ page: 'worklist', search: 'status=draft&disagree=1' }],
  [{ page: 'worklist', search: '' }],
  [{ page: 'study', id: 'a/b c' }],
  [{ page: 'report' }],
  [{ page: 'report', study: 'a/b c' }],
  [{ page: 'patient-version', id: 'a/b c' }],
  [{ page: 'review' }],
  [{ page: 'training' }],
  [{ page: 'archive' }],
] as const)('an address leads back to its page: %o', (route) => {
  expect(parseRoute(addressOf(route))).toEqual(route);
});

test('an unknown address is the worklist', () => {
  expect(parseRoute('#/nowhere/at-all')).toEqual({ page: 'worklist', search: '' });
  expect(parseRoute('')).toEqual({ page: 'worklist', search: '' });
});
