import { readPack } from '@radiolect/findings/node';
import type { Example, ModelInput } from '@radiolect/learning';
import {
  createWarpEstimator,
  estimateWarps,
  loadModel,
  MemoryRunFolder,
  modelInput,
  readingGrid,
  trainModel,
} from '@radiolect/learning';
import { makePhantomStudy } from '@radiolect/phantom';
import { labelsOfReading } from '@radiolect/reading-room';
import { createRuleReader } from '@radiolect/reports';
import { expect, test } from 'vitest';
import { recipe } from '../recipes/smoke.ts';

// The smoke recipe to its expected figure: phantoms, their reports read by the rule reader, a model, a new study read.

const pack = await readPack('bone-scan');
const atlas = pack.atlas!;
const { labelSpace } = pack;
const estimator = createWarpEstimator(atlas);
const reader = createRuleReader(pack);
const grid = readingGrid(atlas, recipe.windows.rows, recipe.windows.columns);
const studies = 40;
const kept = 14;

test('learns from reports to the figure in its header, and reads a study it has not seen', async () => {
  const inputs = new Map<string, ModelInput>();
  const examples: Example[] = [];
  for (let index = 0; index < studies; index++) {
    const { accessionNumber, views, report } = makePhantomStudy({ seed: 5, index, mix: 'training', pack });
    inputs.set(accessionNumber, modelInput(views, estimateWarps(estimator, views), grid));
    examples.push({
      studyKey: accessionNumber,
      patientKey: String(index),
      ...labelsOfReading(reader.read(report.text), labelSpace),
      views: {},
      split: index < studies - kept ? 'train' : 'validation',
    });
  }
  const run = new MemoryRunFolder();
  const result = await trainModel(
    recipe,
    (async function* () {
      yield* examples;
    })(),
    run,
    { atlas, labelSpace, inputs: async ({ studyKey }) => inputs.get(studyKey)!, now: () => 0 },
  );
  const best = result.history[result.bestEpoch - 1]!;
  expect(best.measures.sites).toBeGreaterThan(10);
  expect(best.measures.validationAuroc).toBeGreaterThan(0.8);

  const files = Object.fromEntries(run.files) as unknown as Parameters<typeof loadModel>[0];
  const model = await loadModel(files, { atlas, name: 'smoke' });
  const { views } = makePhantomStudy({ seed: 6, index: 0, mix: 'training', pack });
  const prediction = await model.predict(views);
  expect(Object.keys(prediction.presence)).toEqual(labelSpace.positions);
  expect(prediction.boneScan).toBeGreaterThan(0.5);
  await model.dispose();
}, 300_000);
