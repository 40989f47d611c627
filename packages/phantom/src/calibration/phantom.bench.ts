// Prints every figure of real whole-body bone scans beside the phantom's. Fails where one is off by more than a quarter,
// or the share of counts in a twentieth of the body by more than 0.015. Takes about a second per four studies.
// `npm run bench -- phantom [--studies=N] [--seed=S]`
import type { View } from '@radiolect/findings';
import { views } from '@radiolect/findings';
import { readPack } from '@radiolect/findings/node';
import { renderPhantom } from '../picture/render-phantom.ts';
import { RandomStream } from '../random-stream.ts';
import { sampleVisit } from '../sampling/sample-visit.ts';
import type { LesionMeasures, PictureMeasures } from './measure-picture.ts';
import { measureLesion, measurePicture, percentile, thumbnail } from './measure-picture.ts';
import type { Spread } from './real-figures.ts';
import { countProfile, lesionFigures, pictureFigures } from './real-figures.ts';

const option = (name: string, otherwise: number): number =>
  Number(process.argv.find((argument) => argument.startsWith(`--${name}=`))?.split('=')[1] ?? otherwise);
const studies = option('studies', 150);
const seed = option('seed', 11);
/** Grey value of the mean body count in an export: the one free number of the comparison, the same for every scan. */
const greyOfMean = option('grey', 11.35);

const pack = await readPack('bone-scan');
if (!pack.atlas) throw new Error('packs/bone-scan/atlas.json is missing: run npx tsx scripts/make-atlas.ts');
const pictures: Record<View, PictureMeasures[]> = { anterior: [], posterior: [] };
const lesions: LesionMeasures[] = [];
const lesionsPerView: number[] = [];
const started = performance.now();
let rendering = 0;
for (let index = 0; index < studies; index++) {
  const { phantomCase } = sampleVisit(seed, index, 'training');
  const before = performance.now();
  const drawn = renderPhantom(phantomCase, pack.atlas, RandomStream.of('bench', seed, index));
  rendering += performance.now() - before;
  // The outlines of the real scans mark what was read as tumour; joints and implants were left out of them.
  const tumours = phantomCase.lesions.filter(({ nature }) => nature === 'metastatic' || nature === 'malignant-other');
  for (const view of views) {
    const picture = drawn.views[view];
    const measured = measurePicture(picture);
    pictures[view].push(measured);
    const small = thumbnail(picture);
    let outlined = 0;
    for (const { id } of tumours) {
      const polygon = drawn.lesionOutlines[id]?.[view];
      // A superscan is one diffuse finding: it has no single outlines, and no surroundings that are normal.
      if (!polygon || phantomCase.superscan) continue;
      outlined++;
      const lesion = measureLesion(picture, polygon, measured, small);
      if (lesion) lesions.push(lesion);
    }
    if (outlined > 0) lesionsPerView.push(outlined);
  }
}

const spread = (values: readonly number[]): Spread => {
  const sorted = [...values].sort((a, b) => a - b);
  return [percentile(sorted, 0.1), percentile(sorted, 0.5), percentile(sorted, 0.9)];
};
const text = (numbers: readonly number[]): string =>
  numbers.map((value) => (value < 1 ? value.toFixed(2) : value < 10 ? value.toFixed(1) : value.toFixed(0))).join(' / ');
let misses = 0;
function compare(name: string, real: Spread, phantom: Spread): void {
  const off = Math.max(...real.map((value, i) => Math.abs(phantom[i]! / value - 1)));
  if (off > 0.25) misses++;
  console.log(
    `${name.padEnd(52)} ${text(real).padStart(20)} ${text(phantom).padStart(20)}  ${(off * 100).toFixed(0).padStart(4)} %${off > 0.25 ? '  off' : ''}`,
  );
}

console.log(
  `${'figure (10 / 50 / 90 %)'.padEnd(52)} ${'real'.padStart(20)} ${'phantom'.padStart(20)}  largest difference`,
);
const measureOf: Readonly<Record<string, (m: PictureMeasures) => number>> = {
  'body height, share of rows': (m) => m.height,
  'body width with arms, share of columns': (m) => m.width,
  'empty margin above the head': (m) => m.margin,
  'brightest value of 255': (m) => Math.min(255, m.brightest * greyOfMean),
  'median inside the body': (m) => m.median * greyOfMean,
  '99th percentile inside the body': (m) => m.percentile99 * greyOfMean,
};
for (const [name, real] of Object.entries(pictureFigures))
  for (const view of views) compare(`${name}, ${view}`, real[view], spread(pictures[view].map(measureOf[name]!)));
const lesionMeasureOf: Readonly<Record<string, readonly number[]>> = {
  'lesions a view': lesionsPerView,
  'lesion area, pixels': lesions.map((lesion) => lesion.area),
  'lesion mean over surroundings': lesions.map((lesion) => lesion.meanContrast),
  'lesion peak over surroundings': lesions.map((lesion) => lesion.peakContrast),
  'lesion height in the body': lesions.map((lesion) => lesion.height),
};
for (const [name, real] of Object.entries(lesionFigures)) compare(name, real, spread(lesionMeasureOf[name] ?? []));

console.log('\nshare of counts by twentieths of body height: real, phantom, difference (thousandths)');
for (const view of views) {
  const phantom = countProfile[view].map((_, i) =>
    percentile(
      pictures[view].map((m) => m.profile[i]!).sort((a, b) => a - b),
      0.5,
    ),
  );
  const difference = phantom.map((value, i) => value - countProfile[view][i]!);
  const row = (values: readonly number[]): string =>
    values.map((value) => String(Math.round(value * 1000)).padStart(4)).join('');
  const worst = Math.max(...difference.map(Math.abs));
  if (worst > 0.015) misses++;
  console.log(`${view.padEnd(10)} real ${row(countProfile[view])}`);
  console.log(`${''.padEnd(10)} here ${row(phantom)}`);
  console.log(`${''.padEnd(10)} diff ${row(difference)}  largest ${worst.toFixed(3)}${worst > 0.015 ? '  off' : ''}`);
}
const seconds = (performance.now() - started) / 1000;
console.log(
  `\n${studies} studies of the training mix, seed ${seed}, ${lesions.length} outlined tumours; ${(studies / (rendering / 1000)).toFixed(1)} studies rendered a second, ${seconds.toFixed(0)} s in all; ${misses} rows off`,
);
process.exitCode = misses === 0 ? 0 : 1;
