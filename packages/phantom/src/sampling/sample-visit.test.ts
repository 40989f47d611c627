import { describe, expect, test } from 'vitest';
import type { Mix } from './disease.ts';
import { sampleVisit } from './sample-visit.ts';
import { allSites } from './site-groups.ts';

const visits = (mix: Mix, count: number) => Array.from({ length: count }, (_, index) => sampleVisit(5, index, mix));
const training = visits('training', 4000);
const low = visits('low', 2500);

/** Share of studies in which each site is abnormal. */
function prevalence(all: typeof training): Map<string, number> {
  const counts = new Map(allSites.map((site) => [site, 0]));
  for (const { phantomCase } of all)
    for (const site of new Set(phantomCase.lesions.map((lesion) => lesion.site)))
      counts.set(site, counts.get(site)! + 1);
  return new Map([...counts].map(([site, count]) => [site, count / all.length]));
}
const meanOf = (map: Map<string, number>) => [...map.values()].reduce((a, b) => a + b) / map.size;

describe('how often sites are abnormal', () => {
  test('the training mix: 2 % to 25 % by site, near 15 % on the whole', () => {
    const found = prevalence(training);
    expect(found.size).toBe(91);
    expect(Math.min(...found.values())).toBeGreaterThan(0.02);
    // Half a point beyond the quarter is what chance does to 4,000 draws.
    expect(Math.max(...found.values())).toBeLessThan(0.255);
    expect(meanOf(found)).toBeGreaterThan(0.135);
    expect(meanOf(found)).toBeLessThan(0.165);
  });
  test('the low mix: a quarter of that', () => {
    expect(meanOf(prevalence(low))).toBeLessThan(0.045);
  });
  test('lesions per abnormal study spread as in real archives: few in most, very many in some', () => {
    const counts = training.map(({ phantomCase }) => phantomCase.lesions.length).filter((count) => count > 0);
    counts.sort((a, b) => a - b);
    expect(counts[Math.floor(counts.length / 2)]).toBeLessThan(10);
    expect(counts[Math.floor(counts.length * 0.9)]).toBeGreaterThan(25);
  });
});

describe('patients who come back', () => {
  const byPatient = new Map<string, typeof training>();
  for (const visit of training)
    byPatient.set(visit.patient.patientId, [...(byPatient.get(visit.patient.patientId) ?? []), visit]);

  test('are a share of all', () => {
    const returning = training.filter(({ priorDate }) => priorDate).length / training.length;
    expect(returning).toBeGreaterThan(0.15);
    expect(returning).toBeLessThan(0.4);
  });
  test('come in order, each naming the date of the visit before', () => {
    for (const list of byPatient.values())
      expect(list.map(({ priorDate }) => priorDate)).toEqual([
        undefined,
        ...list.slice(0, -1).map(({ studyDate }) => studyDate),
      ]);
  });
  test('show every kind of change, and what is resolved is gone', () => {
    const kinds = new Set(training.flatMap(({ changes }) => Object.values(changes)));
    expect([...kinds].sort()).toEqual(['decreased', 'increased', 'new', 'stable']);
    for (const { resolved, phantomCase } of training)
      for (const site of resolved) expect(phantomCase.lesions.some((lesion) => lesion.site === site)).toBe(false);
    expect(training.some(({ resolved }) => resolved.length > 0)).toBe(true);
  });
});

describe('a case', () => {
  test('has one cause per site and ids of its own', () => {
    for (const { phantomCase } of training) {
      expect(new Set(phantomCase.lesions.map(({ site }) => site)).size).toBe(phantomCase.lesions.length);
      expect(new Set(phantomCase.lesions.map(({ id }) => id)).size).toBe(phantomCase.lesions.length);
    }
  });
  test('is drawn by its number alone', () => {
    expect(sampleVisit(5, 77, 'training')).toEqual(training[77]);
    expect(sampleVisit(6, 77, 'training')).not.toEqual(training[77]);
  });
  test('has a background that goes with it: markers rise with spread', () => {
    const psa = (many: boolean) => {
      const values = training.flatMap(({ clinical, phantomCase }) => {
        const spread = phantomCase.lesions.filter(({ nature }) => nature === 'metastatic').length;
        return clinical.psa !== undefined && (many ? spread > 8 : spread === 0) ? [clinical.psa] : [];
      });
      return values.sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
    };
    expect(psa(true)).toBeGreaterThan(3 * psa(false));
  });
  test('keeps to what the renderer documents', () => {
    for (const { phantomCase } of training) {
      const { body, scanner } = phantomCase;
      expect(body.age).toBeGreaterThanOrEqual(17);
      expect(body.age).toBeLessThanOrEqual(96);
      expect(scanner.counts).toBeGreaterThanOrEqual(0.7e6);
      expect(scanner.counts).toBeLessThanOrEqual(4e6);
    }
  });
});
