import { expect, test } from 'vitest';
import type { StudyGrade } from './grade-study.ts';
import { gradingResult } from './grading-result.ts';

const positions = ['l4', 'l5', 'knee-right'];

/** Forty studies, of which every second has a lesion at L4; the reader is told how sure to be and what to call. */
const studies = (reader: (abnormal: boolean, index: number) => Partial<StudyGrade>): StudyGrade[] =>
  Array.from({ length: 40 }, (_, index) => {
    const abnormal = index % 2 === 0;
    return {
      accessionNumber: `T1-${index}`,
      truth: abnormal ? { l4: 'metastatic' as const, ...(index % 4 === 0 ? { l5: 'degenerative' as const } : {}) } : {},
      metastasisTruth: abnormal,
      presence: { l4: 0.1, l5: 0.1, 'knee-right': 0.1 },
      natures: {},
      called: [],
      metastasis: 0.5,
      refused: false,
      floor: { l4: { anterior: 1 + (abnormal ? 1 : 0) + 0.01 * index } },
      localisations: [],
      warpErrors: [1, 3],
      draft: { text: 'Nothing.', present: [] },
      report: { read: {}, stated: {} },
      ...reader(abnormal, index),
    };
  });

const perfect = studies((abnormal, index) => ({
  presence: { l4: abnormal ? 0.9 : 0.1, l5: index % 4 === 0 ? 0.9 : 0.1, 'knee-right': 0 },
  called: abnormal ? ['l4', ...(index % 4 === 0 ? ['l5'] : [])] : [],
  natures: abnormal ? { l4: 'metastatic' as const, l5: 'degenerative' as const } : {},
  metastasis: abnormal ? 0.8 : 0.2,
  localisations: abnormal
    ? [{ site: 'l4', siteLength: 90, distance: 4, baselineDistance: 20, peakWithoutLesion: 0.2 }]
    : [],
  draft: {
    text: `Draft ${'abcdefghij'[index % 10]}`,
    present: abnormal ? ['l4', ...(index % 4 === 0 ? ['l5'] : [])] : [],
  },
}));

test('a reader that is right scores 1 where it can be, and the floor is beside it', () => {
  const result = gradingResult(perfect, positions);
  expect(result).toMatchObject({
    n: 40,
    meanAuroc: { value: 1, sites: 2 },
    nature: { macroF1: { value: 1 }, n: 30 },
    metastasis: { auroc: { value: 1 }, positives: 20 },
    presentF1: { value: 1 },
    localisation: { hits: 20, n: 20, share: { value: 1 }, baseline: { value: 0 }, longSites: { n: 20 } },
    drafts: { permutation: { observed: 1 } },
    warp: { medianPixels: 2, n: 80 },
  });
  expect(result.drafts.permutation.p).toBeLessThan(0.001);
  expect(result.drafts.swapped).toBeLessThan(0.5);
  expect(result.floor.value).toBeGreaterThan(0.7);
  expect(result.floor.value).toBeLessThan(1);
});

test('a reader that says the same of every study is found out', () => {
  const result = gradingResult(
    studies(() => ({ called: ['l4'], draft: { text: 'L4 shows uptake.', present: ['l4'] } })),
    positions,
  );
  expect(result.drafts.distinct).toBe(1);
  expect(result.drafts.permutation.p).toBe(1);
  expect(result.meanAuroc.value).toBe(0.5);
});

test('"all negative" has a good Brier score and is worth nothing', () => {
  const result = gradingResult(
    studies(() => ({})),
    positions,
  );
  expect(result.brier.value).toBeLessThan(0.25);
  expect(result.presentF1.value).toBe(0);
  expect(result.meanAuroc.value).toBe(0.5);
});
