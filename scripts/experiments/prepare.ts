/**
 * The data of the experiments, from phantom folders. Each variant is a dataset folder; pictures are prepared once.
 *
 *   npx radiolect phantom --count 2000 --seed 4101 --mix training --out runs/experiments/phantoms
 *   npx radiolect phantom --count 1600 --seed 4102 --mix low --out runs/experiments/screening-phantoms
 *   npx radiolect dataset --from runs/experiments/phantoms --out runs/experiments/data
 *   npx radiolect dataset --from runs/experiments/screening-phantoms --out runs/experiments/screening-data
 *   node --import tsx scripts/experiments/prepare.ts
 *
 * Leaves `runs/experiments/{reports,truth,screening}`. In `reports` training and validation are labelled by the rule
 * reader; test studies carry the truth everywhere. Time: 40 minutes on two cores, most of it drawing and registering.
 */
import { mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { StudyTruth } from '@radiolect/findings';
import { readPack } from '@radiolect/findings/node';
import type { Example, Split } from '@radiolect/learning';
import { hashFraction } from '@radiolect/learning';
import { datasetInputs, readExamples } from '@radiolect/learning/node';

const { values } = parseArgs({ options: { folder: { type: 'string', default: 'runs/experiments' } } });
const root = resolve(values.folder);
const pack = await readPack('bone-scan');
const { labelSpace, atlas } = pack;
if (!atlas) throw new Error('the pack has no atlas');

const rich = await labelled('data', 'phantoms');
await write(
  'reports',
  rich.map(({ example, truth }) => (example.split === 'test' ? withTruth(example, truth) : example)),
  'data',
);
await write(
  'truth',
  rich.map(({ example, truth }) => withTruth(example, truth)),
  'data',
);
const screening = await labelled('screening-data', 'screening-phantoms');
await write('screening', counted(screening.map(({ example, truth }) => withTruth(example, truth))), 'screening-data');

interface Labelled {
  readonly example: Example;
  readonly truth: StudyTruth;
}

async function labelled(dataset: string, phantoms: string): Promise<Labelled[]> {
  const truths = new Map<string, StudyTruth>();
  for (const line of (await readFile(join(root, phantoms, 'truth.jsonl'), 'utf8')).split('\n'))
    if (line !== '') {
      const truth = JSON.parse(line) as StudyTruth & { readonly accessionNumber: string };
      truths.set(truth.accessionNumber, truth);
    }
  const inputs = datasetInputs(join(root, dataset), atlas!);
  const all: Labelled[] = [];
  for await (const example of readExamples(join(root, dataset))) {
    await inputs(example);
    all.push({ example, truth: truths.get(example.studyKey)! });
    if (all.length % 100 === 0) process.stderr.write(`${dataset}: ${all.length} prepared\n`);
  }
  return all;
}

function withTruth(example: Example, { image }: StudyTruth): Example {
  const abnormal = new Set(image.findings.map(({ site }) => site));
  return {
    ...example,
    labels: {
      labelSpace: { name: labelSpace.name, version: labelSpace.version },
      states: labelSpace.positions.map((id) => (abnormal.has(id) ? 'present' : 'absent')),
    },
    natures: Object.fromEntries(
      image.findings.flatMap(({ site, nature }) => (nature === 'unspecified' ? [] : [[site, nature]])),
    ),
    metastasis: image.metastasis ? 'present' : 'absent',
  };
}

/** 200 studies for test, 200 for validation, 1,000 for training, whole patients in the order of their hash. */
function counted(examples: readonly Example[]): Example[] {
  const wanted: [Split, number][] = [
    ['test', 200],
    ['validation', 200],
    ['train', 1000],
  ];
  const patients = [...new Set(examples.map(({ patientKey }) => patientKey))];
  patients.sort((a, b) => hashFraction(a) - hashFraction(b));
  const chosen: Example[] = [];
  let filled = 0;
  for (const patient of patients) {
    const [split, count] = wanted[0] ?? [undefined, 0];
    if (split === undefined) break;
    const own = examples.filter(({ patientKey }) => patientKey === patient);
    // A patient who does not fit whole is passed over.
    if (filled + own.length > count) continue;
    chosen.push(...own.map((example) => ({ ...example, split })));
    filled += own.length;
    if (filled === count) {
      wanted.shift();
      filled = 0;
    }
  }
  if (wanted.length > 0) throw new Error(`not enough studies: ${examples.length}`);
  return chosen;
}

async function write(name: string, examples: readonly Example[], inputsOf: string): Promise<void> {
  const folder = join(root, name);
  await mkdir(folder, { recursive: true });
  await rm(join(folder, 'inputs'), { force: true });
  await symlink(join(root, inputsOf, 'inputs'), join(folder, 'inputs'));
  await writeFile(join(folder, 'examples.jsonl'), examples.map((one) => `${JSON.stringify(one)}\n`).join(''));
  const of = (split: Split): number => examples.filter((one) => one.split === split).length;
  process.stderr.write(
    `${name}: ${of('train')} training, ${of('validation')} validation, ${of('test')} test studies\n`,
  );
}
