import { expect, test } from 'vitest';
import { packCounts, pictureFigures, toCounts, unpackCounts } from '../study/picture-figures.ts';
import { cleanReportText } from './clean-report-text.ts';

test('markup, entities and control characters are taken out; plain text stays', () => {
  expect(cleanReportText('<p>Uptake at L4&nbsp;&lt;2 cm&gt;.</p><script>alert(1)</script><br/>Normal.')).toBe(
    'Uptake at L4 <2 cm>.\n\nNormal.',
  );
  expect(cleanReportText('Uptake\u0000 at\u0007 L4.\r\nSUV < 3 and > 1.')).toBe('Uptake  at  L4.\nSUV < 3 and > 1.');
  expect(cleanReportText('&#9999999999; stays &bogus;')).toBe('&#9999999999; stays &bogus;');
});

test('the opening window comes from the body, not from the bladder', () => {
  const pixels = new Uint16Array(10_000);
  pixels.fill(20, 2000, 6000);
  pixels.fill(60, 6000, 6500);
  pixels.fill(5000, 6500, 6510);
  const { window, bodyCounts } = pictureFigures(pixels);
  expect(window).toEqual({ lower: 0, upper: 180, percentile95: 60, maximum: 5000 });
  expect(bodyCounts).toBe(4000 * 20 + 500 * 60 + 10 * 5000);
  expect(pictureFigures(new Uint16Array(16)).window.upper).toBeGreaterThan(0);
});

test('counts survive the store; fractions and negatives are brought into range', () => {
  const counts = Uint16Array.from([0, 1, 255, 256, 65_535]);
  expect(unpackCounts(packCounts(counts))).toEqual(counts);
  const picture = { rows: 1, columns: 3, pixels: Float32Array.from([-1, 0.5, 1]) };
  expect(toCounts(picture)).toEqual(Uint16Array.from([0, 32_768, 65_535]));
  expect(toCounts({ rows: 1, columns: 2, pixels: Int16Array.from([-5, 7]) })).toEqual(Uint16Array.from([0, 7]));
});
