import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shiftedSpans } from './shifted-spans.ts';

test('an insertion moves what comes after it and drops what it cuts', () => {
  const before = 'Uptake at L4. Knees normal.';
  const span = (start: number, end: number) => ({ start, end, value: before.slice(start, end) });
  const after = 'Uptake at L4, L5. Knees normal.';
  const moved = shiftedSpans([span(0, 12), span(7, 13), span(14, 27)], before, after);
  expect(moved.map(({ start, end }) => after.slice(start, end))).toEqual(['Uptake at L4', 'Knees normal.']);
});

test('whatever is typed, deleted or replaced, a span that is kept still covers its own words', () => {
  fc.assert(
    fc.property(
      fc.string({ maxLength: 30 }),
      fc.nat(30),
      fc.nat(30),
      fc.string({ maxLength: 8 }),
      fc.array(fc.tuple(fc.nat(30), fc.nat(30))),
      (before, at, removed, typed, pairs) => {
        const after = before.slice(0, at) + typed + before.slice(at + removed);
        const spans = pairs
          .map(([a, b]) => ({ start: Math.min(a, b), end: Math.max(a, b) }))
          .filter(({ end }) => end <= before.length)
          .map(({ start, end }) => ({ start, end, value: before.slice(start, end) }));
        for (const { start, end, value } of shiftedSpans(spans, before, after))
          expect(after.slice(start, end)).toBe(value);
      },
    ),
  );
});
