import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { deadline } from './deadline.ts';

test('ends by itself with a TimeoutError', async () => {
  const signal = deadline(0.01);
  expect(signal.aborted).toBe(false);
  await setTimeout(60);
  expect(signal.reason).toMatchObject({ name: 'TimeoutError' });
});

test("ends with the caller's signal and its reason, before or after", () => {
  const caller = new AbortController();
  const signal = deadline(60, caller.signal);
  caller.abort(new Error('enough'));
  expect(signal.reason).toMatchObject({ message: 'enough' });
  expect(deadline(60, caller.signal).aborted).toBe(true);
});
