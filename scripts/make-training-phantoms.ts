/**
 * Step 1 of the shipped model: synthetic studies brought onto the model's reading grid, and their reports beside them.
 * Any share of the studies can be made alone, so several processes can work on one folder, and a stopped one goes on.
 *
 *   node --import tsx scripts/make-training-phantoms.ts --seed 1001 --from 0 --to 2000 --out runs/bone-scan/dataset
 *
 * Writes `inputs/<accession>.input`, `reports/<accession>.json` ({id, accessionNumber, patientId, studyDate, language,
 * text}), and `truth/<accession>.json`, which only comparisons read, never training. About 0.7 s a study on one core.
 */
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { View, Warp } from '@radiolect/findings';
import { readPack } from '@radiolect/findings/node';
import { createWarpEstimator, modelInput, readingGrid } from '@radiolect/learning';
import { FolderInputCache } from '@radiolect/learning/node';
import { accessionNumberOf, makePhantomStudy } from '@radiolect/phantom';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1001' },
    from: { type: 'string', default: '0' },
    to: { type: 'string', default: '100' },
    out: { type: 'string', default: 'runs/bone-scan/dataset' },
  },
});
const seed = Number(values.seed);
const pack = await readPack('bone-scan');
const atlas = pack.atlas;
if (!atlas) throw new Error('the pack has no atlas');
const grid = readingGrid(atlas);
const estimator = createWarpEstimator(atlas);
const cache = new FolderInputCache(join(values.out, 'inputs'));
for (const name of ['reports', 'truth']) mkdirSync(join(values.out, name), { recursive: true });
const started = performance.now();
let made = 0;
for (let index = Number(values.from); index < Number(values.to); index++) {
  const key = accessionNumberOf(seed, index, 'training');
  if (existsSync(join(values.out, 'reports', `${key}.json`))) continue;
  const study = makePhantomStudy({ seed, index, mix: 'training', pack });
  const warps: Partial<Record<View, Warp>> = {};
  for (const view of ['anterior', 'posterior'] as const) {
    const estimate = estimator.estimate(study.views[view], view);
    if (estimate) warps[view] = estimate.warp;
  }
  await cache.put(key, modelInput(study.views, warps, grid));
  const { accessionNumber, patientId, studyDate, report, truth } = study;
  writeWhole(join(values.out, 'truth', `${key}.json`), {
    sites: truth.image.findings.map(({ site, nature, uptake, intensity }) => ({ site, nature, uptake, intensity })),
    metastasis: truth.image.metastasis,
    stated: truth.stated,
  });
  writeWhole(join(values.out, 'reports', `${key}.json`), {
    id: key,
    accessionNumber,
    patientId,
    studyDate,
    language: report.language,
    text: report.text,
  });
  made += 1;
  if (made % 50 === 0)
    process.stderr.write(`${made} made, ${((performance.now() - started) / made).toFixed(0)} ms a study\n`);
}

function writeWhole(path: string, value: unknown): void {
  writeFileSync(`${path}.part`, JSON.stringify(value));
  renameSync(`${path}.part`, path);
}
