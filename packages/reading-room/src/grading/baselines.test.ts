import { readPack } from '@radiolect/findings/node';
import { makePhantomStudy } from '@radiolect/phantom';
import { expect, test } from 'vitest';
import { matchedFilterScores } from './ceiling-reader.ts';
import { siteMeans, zScores } from './floor-reader.ts';

const pack = await readPack('bone-scan');
const studies = Array.from({ length: 8 }, (_, index) => makePhantomStudy({ seed: 404, index, mix: 'training', pack }));

test('the ceiling sees most lesions and stays near counting noise elsewhere', () => {
  const seen: number[] = [];
  const empty: number[] = [];
  for (const study of studies.filter(({ phantomCase }) => !phantomCase.superscan)) {
    const abnormal = new Set(study.truth.image.findings.map(({ site }) => site));
    for (const [site, score] of Object.entries(matchedFilterScores(study)))
      (abnormal.has(site) ? seen : empty).push(score);
  }
  const median = (values: number[]): number => values.sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
  // The largest of some hundred independent draws of counting noise lies near 3.
  expect(median(empty)).toBeGreaterThan(2);
  expect(median(empty)).toBeLessThan(5);
  expect(median(seen)).toBeGreaterThan(2 * median(empty));
});

test('the floor is higher for a site with a hot lesion than for the same site without', () => {
  const means = studies.map((study) => siteMeans(study.views, study.rendered.warp, pack.atlas!));
  const scores = zScores(means, 'l4');
  expect(scores).toHaveLength(studies.length);
  expect(scores.every(Number.isFinite)).toBe(true);
  const without = studies.map((study) =>
    siteMeans(
      study.rendered.redrawWithout(study.phantomCase.lesions.map(({ id }) => id)),
      study.rendered.warp,
      pack.atlas!,
    ),
  );
  const hot = studies.flatMap((study, i) =>
    study.truth.image.findings
      .filter(({ uptake, intensity }) => uptake === 'increased' && intensity === 'intense')
      .flatMap(({ site, views }) =>
        views.posterior ? [means[i]![site]!.posterior! > without[i]![site]!.posterior!] : [],
      ),
  );
  expect(hot.length).toBeGreaterThan(3);
  expect(hot.filter(Boolean).length / hot.length).toBeGreaterThan(0.85);
});
