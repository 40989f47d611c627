// What docs/scale.md rests on: bytes and processor time of a study on its way into training, and what a job array costs.
// Processor seconds count what the work took on all cores together, whatever else the machine did meanwhile.
// `npm run bench -- scale [--studies=24] [--tasks=200]`
import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { readPack } from '@radiolect/findings/node';
import type { Example } from '@radiolect/learning';
import {
  createWarpEstimator,
  estimateWarps,
  MemoryRunFolder,
  modelInput,
  overrideRecipe,
  readingGrid,
  trainModel,
} from '@radiolect/learning';
import { FolderInputCache, readPictures, readRecipe } from '@radiolect/learning/node';
import { makePhantomStudy } from '@radiolect/phantom';
import { createRuleReader } from '@radiolect/reports';
import { slurmIsMissing, startSlurm } from './cluster/slurm.fixture.ts';
import { labelsOfReading } from './dataset/example-labels.ts';

const { values } = parseArgs({
  options: { studies: { type: 'string', default: '24' }, tasks: { type: 'string', default: '200' } },
});
const studies = Number(values.studies);
const tasks = Number(values.tasks);
const inRepository = (path: string): string => fileURLToPath(new URL(`../../../${path}`, import.meta.url));
const tell = (figure: string, value: string): void => console.log(`${figure.padEnd(66)} ${value}`);

/** Processor and wall seconds of a piece of work. */
async function timed<T>(work: () => T | Promise<T>): Promise<{ result: T; processor: number; wall: number }> {
  const before = process.cpuUsage();
  const start = performance.now();
  const result = await work();
  const { user, system } = process.cpuUsage(before);
  return { result, processor: (user + system) / 1e6, wall: (performance.now() - start) / 1000 };
}
const milliseconds = ({ processor, wall }: { processor: number; wall: number }, count: number): string =>
  `${((1000 * processor) / count).toFixed(1)} ms of processor, ${((1000 * wall) / count).toFixed(1)} ms passed`;

// ---- A study: DICOM, report, prepared input ---------------------------------------------------------------------------
const pack = await readPack('bone-scan');
const atlas = pack.atlas!;
const folder = await mkdtemp(join(tmpdir(), 'radiolect-scale-'));
const reader = createRuleReader(pack);
const examples: Example[] = [];
const texts: string[] = [];
let dicomBytes = 0;
for (let index = 0; index < studies; index++) {
  const { accessionNumber, dicom, report } = makePhantomStudy({ seed: 12, index, mix: 'training', pack });
  await writeFile(join(folder, `${accessionNumber}.dcm`), dicom);
  dicomBytes += dicom.length;
  texts.push(report.text);
  const file = `${accessionNumber}.dcm`;
  examples.push({
    studyKey: accessionNumber,
    patientKey: String(index),
    ...labelsOfReading(reader.read(report.text), pack.labelSpace),
    views: { anterior: { file, frame: 1 }, posterior: { file, frame: 2 } },
    split: index % 4 === 3 ? 'validation' : 'train',
  });
}
tell('a study as DICOM, both views, mean', `${Math.round(dicomBytes / studies)} bytes`);
tell('a report, mean', `${Math.round(texts.join('').length / studies)} characters`);
const rounds = 20;
const labelled = await timed(() => {
  for (let round = 0; round < rounds; round++) for (const text of texts) reader.read(text);
});
tell('a report read by rules', milliseconds(labelled, studies * rounds));

const estimator = createWarpEstimator(atlas);
const grid = readingGrid(atlas);
const pictures = await timed(async () => {
  const all: Awaited<ReturnType<typeof readPictures>>[] = [];
  for (const example of examples) all.push(await readPictures(folder, example));
  return all;
});
tell('a study decoded', milliseconds(pictures, studies));
const warped = await timed(() => pictures.result.map((views) => estimateWarps(estimator, views)));
tell('its warps estimated', milliseconds(warped, studies));
const inputs = await timed(() => pictures.result.map((views, index) => modelInput(views, warped.result[index]!, grid)));
tell('brought onto the reading grid', milliseconds(inputs, studies));
const cache = new FolderInputCache(join(folder, 'inputs'));
for (const [index, { studyKey }] of examples.entries()) await cache.put(studyKey, inputs.result[index]!);
const bytes = await Promise.all(examples.map(({ studyKey }) => readFile(join(folder, 'inputs', `${studyKey}.input`))));
const total = bytes.reduce((sum, one) => sum + one.length, 0);
tell('a prepared input', `${Math.round(total / studies)} bytes`);
tell('the same by gzip -6', `${Math.round(bytes.reduce((sum, one) => sum + gzipSync(one).length, 0) / studies)} bytes`);
const read = await timed(async () => {
  for (let round = 0; round < rounds; round++) for (const { studyKey } of examples) await cache.get(studyKey);
});
tell('a prepared input read again (from the page cache)', milliseconds(read, studies * rounds));

// ---- What a data set holds in memory: every example, and the key that tells it from others ------------------------------
const lines = examples.map((one) => JSON.stringify(one));
const copies = 20_000;
const heap = process.memoryUsage().heapUsed;
const held = Array.from({ length: copies }, (_, index) => JSON.parse(lines[index % studies]!) as Example);
tell('an example in examples.jsonl, mean', `${Math.round(lines.join('').length / studies)} bytes`);
tell('the same in memory', `${Math.round((process.memoryUsage().heapUsed - heap) / held.length)} bytes`);
const states = examples.reduce((sum, { labels }) => sum + labels.states.join().length, 0) / studies;
tell('its part of the key of a run, about', `${Math.round(states) + 30} characters`);

// ---- Training on them -------------------------------------------------------------------------------------------------
const shipped = await readRecipe(inRepository('recipes/bone-scan.ts'));
const recipe = [
  ['epochs', '3'],
  ['checkpointEverySteps', '1000'],
].reduce((known, [key, value]) => overrideRecipe(known, key!, value!), shipped);
const run = new MemoryRunFolder();
let steps = 0;
let training = { processor: 0, wall: 0 };
const batches = 4;
const repeated = examples.flatMap((one) =>
  Array.from({ length: batches }, (_, copy) => ({ ...one, studyKey: `${one.studyKey}-${copy}` })),
);
let from: { readonly usage: NodeJS.CpuUsage; readonly at: number } | undefined;
await trainModel(
  recipe,
  (async function* () {
    yield* repeated;
  })(),
  run,
  {
    atlas,
    labelSpace: pack.labelSpace,
    inputs: async ({ studyKey }) => (await cache.get(studyKey.replace(/-\d$/, '')))!,
    now: () => performance.now(),
    watcher: {
      onStep() {
        // The first step pays for the session; validation, between epochs, is no step.
        if (from) {
          const { user, system } = process.cpuUsage(from.usage);
          training = {
            processor: training.processor + (user + system) / 1e6,
            wall: training.wall + (performance.now() - from.at) / 1000,
          };
          steps += 1;
        }
        from = { usage: process.cpuUsage(), at: performance.now() };
      },
      onEpoch() {
        from = undefined;
      },
    },
  },
);
const seen = steps * recipe.batchSize;
tell(
  `a study learnt from once by the recipe bone-scan (${steps} steps of ${recipe.batchSize})`,
  milliseconds(training, seen),
);
tell('… both cores', `${(seen / training.wall).toFixed(1)} studies/s`);
const checkpoint = run.files.get('checkpoint.safetensors')!.length;
tell('its checkpoint', `${checkpoint} bytes`);

// ---- A job array ------------------------------------------------------------------------------------------------------
const program = inRepository('apps/cli/bin/radiolect.mjs');
const help = await timed(() => promisify(execFile)(process.execPath, [program, 'train', '--help']));
tell('radiolect train until it reads its arguments', `${help.wall.toFixed(1)} s passed`);
const missing = slurmIsMissing();
if (missing) tell('a job array', `not measured: ${missing}`);
else {
  const slurm = await startSlurm(process.env);
  const environment = { ...process.env, SLURM_CONF: slurm.configuration };
  await mkdir(join(folder, 'job'));
  await writeFile(join(folder, 'job/run'), '#!/bin/sh\nexit 0\n');
  const submitting = await timed(() =>
    execFileSync(
      'sbatch',
      ['--parsable', `--array=0-${tasks - 1}`, '-c1', '--mem=100', '--output=/dev/null', join(folder, 'job/run')],
      { env: environment, encoding: 'utf8' },
    ),
  );
  tell(`an array of ${tasks} tasks submitted`, `${(submitting.wall * 1000).toFixed(0)} ms passed`);
  const asked = await timed(() =>
    spawnSync('scontrol', ['-o', 'show', 'job', submitting.result.trim()], { env: environment }),
  );
  tell('asked how it stands', `${(asked.wall * 1000).toFixed(0)} ms passed`);
  const running = (): boolean =>
    spawnSync('squeue', ['-h', '-o', '%i'], { env: environment, encoding: 'utf8' }).stdout.trim() !== '';
  const start = performance.now();
  while (running()) await new Promise((done) => setTimeout(done, 100));
  const each = (performance.now() - start) / tasks;
  tell('a task that does nothing, two at a time', `${each.toFixed(0)} ms passed`);
  await slurm.stop();
}
await rm(folder, { recursive: true });
