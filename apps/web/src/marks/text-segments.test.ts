import fc from 'fast-check';
import { expect, test } from 'vitest';
import { textSegments } from './text-segments.ts';

test('overlapping spans are cut where they meet', () => {
  const segments = textSegments('uptake in both knees', [
    { start: 0, end: 20, value: 'a' },
    { start: 10, end: 20, value: 'b' },
  ]);
  expect(segments.map(({ text, values }) => [text, values.join('')])).toEqual([
    ['uptake in ', 'a'],
    ['both knees', 'ab'],
  ]);
});

test('whatever the spans, the segments are the text and hold the spans that cover them', () => {
  const spans = fc.array(
    fc.record({ start: fc.integer({ min: -3, max: 40 }), end: fc.integer({ min: -3, max: 40 }), value: fc.nat(9) }),
  );
  fc.assert(
    fc.property(fc.string({ maxLength: 30 }), spans, (text, given) => {
      const segments = textSegments(text, given);
      expect(segments.map((segment) => segment.text).join('')).toBe(text);
      for (const { start, text: piece, values } of segments)
        expect(values).toEqual(
          given.filter((span) => span.start <= start && span.end >= start + piece.length).map((span) => span.value),
        );
    }),
  );
});
