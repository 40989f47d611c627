import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { expect, test } from 'vitest';
import type { MarkedScan } from './free-response.ts';
import { freeResponse } from './free-response.ts';
import { freeResponseSvg } from './free-response-svg.ts';

const mark = (score: number, ...finds: number[]) => ({ score, finds });

/** Five lesions in four scans. By score: 9 finds, 8 false, 7 finds two, 6 finds one again, 5 false, 4 finds; one is missed. */
const scans: MarkedScan[] = [
  { patient: 'a', lesions: 2, marks: [mark(9, 0), mark(8)] },
  { patient: 'b', lesions: 2, marks: [mark(7, 0, 1), mark(6, 1)] },
  { patient: 'c', lesions: 1, marks: [mark(4, 0)] },
  { patient: 'd', lesions: 0, marks: [mark(5)] },
];

test('the curve by hand', () => {
  const { points, lesions } = freeResponse(scans);
  expect(lesions).toBe(5);
  expect(points.map(({ falsePositivesPerScan: f, sensitivity: s, threshold }) => [threshold, f, s])).toEqual([
    [Number.POSITIVE_INFINITY, 0, 0],
    [9, 0, 0.2],
    [8, 0.25, 0.2],
    [7, 0.25, 0.6],
    [5, 0.5, 0.6],
    [4, 0.5, 0.8],
  ]);
});

test('sensitivity at a budget is the highest at any threshold that keeps it', () => {
  const { at } = freeResponse(scans, [0, 0.2, 0.25, 0.3, 0.5, 1]);
  expect(at.map(({ value }) => value)).toEqual([0.2, 0.2, 0.6, 0.6, 0.8, 0.8]);
  for (const { low, high, value } of at) {
    expect(low).toBeLessThanOrEqual(value);
    expect(high).toBeGreaterThanOrEqual(value);
  }
});

test('marks of one score are shown together', () => {
  const tied = [{ patient: 'a', lesions: 1, marks: [mark(1, 0), mark(1)] }];
  expect(freeResponse(tied, [0.5, 1]).at.map(({ value }) => value)).toEqual([0, 1]);
});

test('a reader that knows has sensitivity 1 at no false positive; one that guesses has what guessing gives', () => {
  const generator = xoroshiro128plus(5);
  const random = () => (generator.next() >>> 0) / 2 ** 32;
  const known: MarkedScan[] = [];
  const guessed: MarkedScan[] = [];
  for (let scan = 0; scan < 400; scan++) {
    const patient = `${scan}`;
    known.push({ patient, lesions: 2, marks: [mark(1 + random(), 0), mark(1 + random(), 1), mark(random())] });
    // Of 20 places two hold lesions; scores know nothing.
    const marks = Array.from({ length: 20 }, (_, place) => mark(random(), ...(place < 2 ? [place] : [])));
    guessed.push({ patient, lesions: 2, marks });
  }
  expect(freeResponse(known, [0], { replicates: 50 }).at[0]).toMatchObject({ value: 1, low: 1, high: 1 });
  // One false positive per scan shows 1 of 18 of the places, and as many of the lesions.
  const [one] = freeResponse(guessed, [1], { replicates: 200 }).at;
  expect(one!.low).toBeLessThan(1 / 18);
  expect(one!.high).toBeGreaterThan(1 / 18);
});

test('two scans of one patient are drawn together: the interval is wider than if they were apart', () => {
  const generator = xoroshiro128plus(9);
  const outcomes = Array.from({ length: 60 }, () => generator.next() % 2 === 0);
  const width = (patientOf: (scan: number) => string): number => {
    const twice = [...outcomes, ...outcomes].map((found, scan) => ({
      patient: patientOf(scan),
      lesions: 1,
      marks: found ? [mark(1, 0)] : [],
    }));
    const [at] = freeResponse(twice, [1]).at;
    return at!.high - at!.low;
  };
  const together = width((scan) => `${scan % 60}`);
  const apart = width((scan) => `${scan}`);
  expect(together / apart).toBeGreaterThan(1.2);
});

test('no lesion anywhere has no sensitivity; a lesion that is not there is refused', () => {
  expect(freeResponse([{ patient: 'a', lesions: 0, marks: [] }], [1]).at[0]!.value).toBeNaN();
  expect(() => freeResponse([{ patient: 'a', lesions: 1, marks: [mark(1, 1)] }])).toThrow(
    'a mark of patient a finds lesion 1 of 1',
  );
});

test('the picture holds one line per curve, within its frame, names escaped', () => {
  const { points } = freeResponse(scans);
  const svg = freeResponseSvg('a < b', [
    { name: 'one', points },
    { name: 'two & three', points: points.slice(0, 2) },
  ]);
  expect(svg.match(/<polyline/g)).toHaveLength(2);
  expect(svg).toContain('two &#38; three');
  expect(svg).toContain('a &#60; b');
  expect(svg).not.toContain('NaN');
  expect(svg).not.toContain('Infinity');
});
