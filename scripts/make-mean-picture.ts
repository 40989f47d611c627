// Makes packs/bone-scan/mean-picture.json: the mean of synthetic scans on the atlas plane, against which the pictures of
// a study are registered. No label and no true warp is used. Takes about two minutes.
//   npx tsx scripts/make-mean-picture.ts [studies]
import { writeFileSync } from 'node:fs';
import { views } from '@radiolect/findings';
import { readPack, shippedPackFolder } from '@radiolect/findings/node';
import { createWarpEstimator, encodeMeanPicture, meanPicture } from '@radiolect/learning';
import { RandomStream, renderPhantom, sampleVisit } from '@radiolect/phantom';

const seed = 77;
const studies = Number(process.argv[2] ?? 80);
const pack = await readPack('bone-scan');
if (!pack.atlas) throw new Error('packs/bone-scan/atlas.json is missing: run npx tsx scripts/make-atlas.ts');
// Registered to the outlines, not to the means of an earlier run.
const { meanPictures: _, ...atlas } = pack.atlas;
const estimator = createWarpEstimator(atlas);
const drawn = Array.from({ length: studies }, (_, index) => {
  process.stderr.write(`\rdrawing ${index + 1} of ${studies}`);
  return renderPhantom(sampleVisit(seed, index, 'training').phantomCase, atlas, RandomStream.of('mean', seed, index))
    .views;
});
const means = views.map((view) => {
  const registered = drawn.flatMap((picture) => {
    const estimate = estimator.estimate(picture[view], view);
    return estimate ? [{ image: picture[view], warp: estimate.warp }] : [];
  });
  return [view, encodeMeanPicture(meanPicture(registered, atlas))];
});
const source = `trimmed mean of ${studies} synthetic scans, seed ${seed}, registered to the drawn outlines (scripts/make-mean-picture.ts)`;
const file = `${shippedPackFolder('bone-scan')}/mean-picture.json`;
writeFileSync(file, `${JSON.stringify({ source, meanPictures: Object.fromEntries(means) })}\n`);
process.stderr.write('\n');
