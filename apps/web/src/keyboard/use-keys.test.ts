import { expect, test } from 'vitest';
import { keyName } from './use-keys.ts';

const press = (key: string, held: Partial<KeyboardEvent> = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...held,
});

test('letters act on the page, not while typing', () => {
  expect(keyName(press('j'), false)).toBe('j');
  expect(keyName(press('j'), true)).toBeUndefined();
});

test('control and command count alike and work in fields', () => {
  expect(keyName(press('Enter', { ctrlKey: true }), true)).toBe('Ctrl+Enter');
  expect(keyName(press('Enter', { metaKey: true }), false)).toBe('Ctrl+Enter');
});
