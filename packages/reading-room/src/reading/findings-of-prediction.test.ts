import type { Prediction } from '@radiolect/findings';
import { identityWarp, insidePolygon, siteOutline } from '@radiolect/findings';
import { readPack } from '@radiolect/findings/node';
import { expect, test } from 'vitest';
import { findingsOfPrediction } from './findings-of-prediction.ts';
import { uptakeDirection } from './uptake-direction.ts';

const pack = await readPack('bone-scan');
const atlas = pack.atlas!;

test('two thresholds make three states; a cause below its threshold is undetermined', () => {
  const space = { name: 'three', version: '1', positions: ['l3', 'l4', 'l5', 'sacrum'] };
  const points = Object.fromEntries(space.positions.map((site) => [site, { low: 0.2, high: 0.6 }]));
  const prediction: Prediction = {
    model: 'm',
    presence: { l3: 0.1, l4: 0.7, l5: 0.4, sacrum: 0.9 },
    nature: { l4: { metastatic: 0.5, degenerative: 0.3 }, sacrum: { metastatic: 0.1, degenerative: 0.85 } },
    metastasis: 0.5,
    boneScan: 1,
    warps: {},
  };
  const findings = findingsOfPrediction(prediction, points, 0.6, space, () => 'decreased');
  expect(findings.map(({ presence, nature, likelihood, uptake }) => [presence, nature, likelihood, uptake])).toEqual([
    ['absent', undefined, undefined, undefined],
    ['present', 'unspecified', undefined, 'decreased'],
    ['uncertain', undefined, undefined, 'decreased'],
    ['present', 'degenerative', 'probable', 'decreased'],
  ]);
  expect(findings[1]?.evidence).toEqual([{ kind: 'probability', model: 'm', value: 0.7 }]);
});

/** The atlas itself as a picture: 20 counts everywhere, and what is given at single sites. */
function picture(counts: Readonly<Record<string, number>>) {
  const pixels = new Uint16Array(atlas.width * atlas.height).fill(20);
  for (const [site, count] of Object.entries(counts))
    for (const polygon of siteOutline(atlas, 'posterior', site))
      for (let row = 0; row < atlas.height; row++)
        for (let column = 0; column < atlas.width; column++)
          if (insidePolygon(polygon, [column + 0.5, row + 0.5])) pixels[row * atlas.width + column] = count;
  return { posterior: { rows: atlas.height, columns: atlas.width, pixels } };
}

test('cold beside the other side or the neighbours is decreased, hot or like them is increased', () => {
  const warps = { posterior: identityWarp };
  const pictures = picture({ 'knee-left': 5, l3: 4, 'rib-7-right': 60 });
  const abnormal = ['knee-left', 'l3', 'rib-7-right', 'l5'];
  const normal = (site: string): boolean => !abnormal.includes(site);
  const direction = (site: string) => uptakeDirection(site, pictures, warps, atlas, normal);
  expect(['knee-left', 'l3', 'rib-7-right', 'l5', 'knee-right'].map(direction)).toEqual([
    'decreased',
    'decreased',
    'increased',
    'increased',
    'increased',
  ]);
  expect(uptakeDirection('l4', {}, warps, atlas, normal)).toBe('increased');
});

test('beside a hot lesion nothing is called cold', () => {
  const warps = { posterior: identityWarp };
  const pictures = picture({ t11: 200, 'ilium-left': 200 });
  const normal = (site: string): boolean => !['t11', 't12', 't10', 'ilium-left', 'ilium-right'].includes(site);
  for (const site of ['t12', 'ilium-right', 't10'])
    expect(uptakeDirection(site, pictures, warps, atlas, normal)).toBe('increased');
});
