import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const base = readFileSync(new URL('./base.css', import.meta.url), 'utf8');
const colours = new Map([...base.matchAll(/--([\w-]+): (#[0-9a-f]{6})/g)].map((match) => [match[1], match[2]]));

/** Relative luminance and contrast ratio after WCAG 2.2. */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
function contrast(one: string, other: string): number {
  const [a, b] = [luminance(one), luminance(other)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}
const colour = (name: string): string => {
  const found = colours.get(name);
  if (!found) throw new Error(`base.css has no --${name}`);
  return found;
};

const grounds = ['ground', 'panel', 'raised', 'accent-ground'];
const texts = [
  'text',
  'quiet',
  'accent',
  'warn',
  'stop',
  'agree',
  'contradict',
  'only-here',
  'only-there',
  'present',
  'uncertain',
];

describe('contrast, WCAG 2.2 AA', () => {
  test.each(texts)('text in --%s is at least 4.5 to 1 on every ground', (text) => {
    for (const ground of grounds) expect(contrast(colour(text), colour(ground))).toBeGreaterThanOrEqual(4.5);
  });
  test('words that are pointed at stay readable', () => {
    expect(contrast(colour('text'), colour('lit'))).toBeGreaterThanOrEqual(4.5);
  });
  test.each(['line-strong', 'focus'])('edges in --%s are at least 3 to 1 on panels', (edge) => {
    for (const ground of ['ground', 'panel']) expect(contrast(colour(edge), colour(ground))).toBeGreaterThanOrEqual(3);
  });
});
