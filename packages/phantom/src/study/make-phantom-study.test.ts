import { readStudies, wholeBodyViews } from '@radiolect/dicom';
import { mirrorSite } from '@radiolect/findings';
import { readPack } from '@radiolect/findings/node';
import { describe, expect, test } from 'vitest';
import { accessionNumberOf, makePhantomStudy, phantomOfAccession } from './make-phantom-study.ts';

const pack = await readPack('bone-scan');
const study = makePhantomStudy({ seed: 7, index: 4, mix: 'training', pack });

describe('a phantom study', () => {
  test('is the same bytes for the same seed and number, in whatever order studies are made', () => {
    makePhantomStudy({ seed: 7, index: 9, mix: 'training', pack });
    const again = makePhantomStudy({ seed: 7, index: 4, mix: 'training', pack });
    expect(Buffer.compare(again.dicom, study.dicom)).toBe(0);
    expect(JSON.stringify(again.truth)).toBe(JSON.stringify(study.truth));
    expect(again.report).toEqual(study.report);
  });
  test('is another for another seed', () => {
    const other = makePhantomStudy({ seed: 8, index: 4, mix: 'training', pack });
    expect(Buffer.compare(other.dicom, study.dicom)).not.toBe(0);
    expect(other.accessionNumber).not.toBe(study.accessionNumber);
  });
  test('is read back by the reader of DICOM as the pictures that were drawn', async () => {
    const source = { name: 'phantom.dcm', open: async () => study.dicom };
    for await (const event of readStudies([source], {})) {
      if (event.kind !== 'study') continue;
      const views = await wholeBodyViews(event.study);
      expect(views.anterior?.pixels).toEqual(study.views.anterior.pixels);
      expect(views.posterior?.pixels).toEqual(study.views.posterior.pixels);
      return;
    }
    throw new Error('no study was read');
  });
  test('outlines every lesion in a view at least, inside the picture', () => {
    for (const { views } of study.truth.image.findings) {
      const polygons = Object.values(views).map(({ polygon }) => polygon);
      expect(polygons.length).toBeGreaterThan(0);
      for (const [x, y] of polygons.flat()) {
        expect(x).toBeGreaterThanOrEqual(-1);
        expect(x).toBeLessThanOrEqual(257);
        expect(y).toBeGreaterThanOrEqual(-1);
        expect(y).toBeLessThanOrEqual(1025);
      }
    }
  });
  test('has the sides right: the left foot is at the right of the anterior picture', () => {
    const middle = (site: string) => {
      const points = study.truth.image.sites[site]!.anterior!.flat();
      return points.reduce((sum, [x]) => sum + x, 0) / points.length;
    };
    for (const site of ['foot-left', 'shoulder-left', 'ilium-left'])
      expect(middle(site)).toBeGreaterThan(middle(mirrorSite(site)));
  });
  test('keeps what is in the picture, what is stated and what is left out apart', () => {
    const { image, stated, omitted } = study.truth;
    const abnormal = new Set(image.findings.map(({ site }) => site));
    for (const site of omitted) {
      expect(abnormal.has(site)).toBe(true);
      expect(['present', 'uncertain']).not.toContain(stated[site]?.state);
    }
    for (const site of abnormal)
      if (!omitted.includes(site)) expect(['present', 'uncertain']).toContain(stated[site]?.state);
    expect(image.metastasis).toBe(image.findings.some(({ nature }) => nature === 'metastatic'));
  });
  test('can be made again from its accession number', () => {
    expect(phantomOfAccession(study.accessionNumber)).toEqual({ seed: 7, index: 4, mix: 'training' });
    expect(phantomOfAccession(accessionNumberOf(12, 123_456, 'low'))).toEqual({ seed: 12, index: 123_456, mix: 'low' });
    expect(phantomOfAccession('A-2024-1')).toBeUndefined();
  });
  test('can be drawn without a lesion, and only its surroundings change', () => {
    const [lesion] = study.truth.image.findings.filter(
      ({ intensity, views }) => intensity !== 'faint' && views.posterior,
    );
    const without = study.redrawWithout([lesion!.site]);
    const polygon = lesion!.views.posterior!.polygon;
    const [top, bottom] = [Math.min(...polygon.map(([, y]) => y)) - 40, Math.max(...polygon.map(([, y]) => y)) + 40];
    let [changed, outside] = [0, 0];
    study.views.posterior.pixels.forEach((value, at) => {
      if (value === without.posterior.pixels[at]) return;
      changed++;
      const row = Math.floor(at / 256);
      if (row < top || row > bottom) outside++;
    });
    expect(changed).toBeGreaterThan(10);
    expect(outside).toBe(0);
  });
});
