import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Pack } from '@radiolect/findings';
import { readPack } from '@radiolect/findings/node';
import type { Mix } from '@radiolect/phantom';
import { accessionNumberOf } from '@radiolect/phantom';
import type { DatasetResult, GradingResult, StudyGrade } from '@radiolect/reading-room';
import { gradeDataset, gradeLocaliser, gradingResult, openModels } from '@radiolect/reading-room';
import { SingleBar } from 'cli-progress';
import { Command, Option } from 'commander';
import type { GradingAnswer, GradingSettings, GradingTask } from '../grading/grade-studies.ts';
import { datasetTable, gradingTable } from '../grading/grading-table.ts';
import { localiserCurves, localiserTable } from '../grading/localiser-table.ts';
import { gradePictureFile, pictureSplits, pictureTable } from '../grading/picture-grading.ts';
import type { GlobalOptions } from '../main.ts';
import type { ModelOptions } from '../model-options.ts';
import { mirrorOption, modelOption } from '../model-options.ts';
import { progressLine } from '../progress-line.ts';
import { interruption, modelsFolder } from '../surroundings.ts';
import { wholeNumberFrom } from '../whole-number.ts';
import { answersInOrder } from '../worker-threads.ts';

interface EvaluateOptions extends GlobalOptions, ModelOptions {
  readonly count?: number;
  readonly localise: number;
  readonly redraw: number;
  readonly ceiling: boolean;
  readonly localiser?: string;
  readonly curve?: string;
  readonly grades?: string;
  readonly split?: keyof typeof pictureSplits;
  readonly out?: string;
  readonly json?: boolean;
}

interface PhantomManifest {
  readonly kind: 'phantom';
  readonly seed: number;
  readonly mix: Mix;
  readonly count: number;
}

export const evaluate = new Command('evaluate')
  .description('Grades a model: on synthetic studies against their pictures, on a dataset against its labels.')
  .argument('<path...>', 'folders that radiolect phantom made, graded as one; one dataset; or one .npz file')
  .addOption(modelOption('the shipped model'))
  .addOption(mirrorOption())
  .option('--count <n>', 'the first n studies of each folder', wholeNumberFrom(0))
  .option('--localise <n>', 'true positives a study whose heat map is asked where the lesion is', wholeNumberFrom(0), 2)
  .option(
    '--redraw <n>',
    'of these, how many are drawn again without the lesion, in every third study',
    wholeNumberFrom(0),
    1,
  )
  .option('--no-ceiling', 'leave out the matched filter')
  .option(
    '--localiser <folder>',
    'grade a localiser instead: where hot spots are, against the outlines of what is there',
  )
  .option('--curve <file>', 'with --localiser: draw the free-response curves as SVG')
  .option('--grades <file>', 'keep the grade of every study as JSON lines; a stopped run goes on from them')
  .addOption(
    new Option('--split <name>', 'of an .npz file (default: test where it has one, else val)').choices(
      Object.keys(pictureSplits),
    ),
  )
  .option('--out <file>', 'write the result there instead of printing it')
  .option('--json', 'print everything as JSON')
  .addHelpText(
    'after',
    `
Every figure stands with its 95 % bootstrap interval over studies, beside a floor (z-score of a site's mean count under
the estimated warp) and a ceiling (matched filter that knows the warp and the background). Of an .npz file of MedMNIST
form: AUROC and accuracy of a classifier, or of several that read as one.

With --localiser: sensitivity by lesion at 0.3, 0.5 and 1 false positives per scan (a study, both views), and average
precision of boxes, beside two readers that nobody trained. Published for malignant lesions of real scans: 0.532, 0.613
and 0.690 at 0.94; phantoms are easier.

Examples:
  radiolect phantom --count 500 --seed 9001 --out unseen
  radiolect evaluate unseen --count 200 --localiser models/localiser
  radiolect evaluate unseen
  radiolect evaluate unseen more --model runs/first --json > scorecard.json
  radiolect evaluate dataset --model runs/first
  radiolect evaluate unseen --model runs/first --model runs/second --mirror
  radiolect evaluate pneumoniamnist.npz --model models/pneumonia-mnist`,
  )
  .action(async (folders: string[], _options: unknown, command: Command) => {
    const options = command.optsWithGlobals<EvaluateOptions>();
    const tell = (result: unknown, table: () => string): void => {
      const text = `${options.json ? JSON.stringify(result, null, 2) : table()}\n`;
      if (options.out === undefined) process.stdout.write(text);
      else writeFileSync(options.out, text);
    };
    if (folders.some((path) => path.endsWith('.npz'))) {
      if (folders.length > 1) throw new Error('an .npz file is graded alone: name one path');
      if (options.mirror) throw new Error('--mirror swaps the sides of a skeleton: it is not for an .npz file');
      if (!options.model) throw new Error('no model is shipped for every .npz file: name one with --model');
      const result = await gradePictureFile(folders[0]!, options.model, options.split);
      tell(result, () => pictureTable(result));
      return;
    }
    const pack = await readPack(options.pack);
    if (options.localiser !== undefined) {
      const line = progressLine();
      const result = await gradeLocaliser(
        folders.map((folder) => resolve(folder)),
        resolve(options.localiser),
        pack,
        {
          count: options.count,
          signal: interruption(),
          onProgress: (done, total) => line.show('graded', done, total),
        },
      );
      line.end();
      if (options.curve !== undefined) writeFileSync(options.curve, localiserCurves(result));
      tell(result, () => localiserTable(result));
      return;
    }
    const shipped = options.model ? undefined : (await openModels(pack, modelsFolder)).shipped?.folder;
    const models = options.model ?? (shipped === undefined ? [] : [shipped]);
    if (models.length === 0) throw new Error(`no model is shipped for the pack ${pack.name}: name one with --model`);
    const reader = { models, mirror: options.mirror ?? false };
    if (folders.length === 1 && existsSync(join(folders[0]!, 'examples.jsonl'))) {
      const result = await gradeOneDataset(folders[0]!, reader, pack);
      tell(result, () => datasetTable(result));
      return;
    }
    const tasks = folders.flatMap((folder) => tasksOf(resolve(folder), options));
    const grades = await gradeAll(tasks, { pack: options.pack, ...reader }, options.grades);
    if (grades.length === 0) throw new Error('no study could be graded; the reasons are above');
    const result: GradingResult = gradingResult(grades, pack.labelSpace.positions);
    tell(result, () => gradingTable(result));
  });

async function gradeOneDataset(
  folder: string,
  { models: folders, mirror }: Omit<GradingSettings, 'pack'>,
  pack: Pack,
): Promise<DatasetResult> {
  const line = progressLine();
  const models = await openModels(pack, undefined);
  const result = await gradeDataset(resolve(folder), await models.load(folders, 'graded', { mirror }), pack, {
    signal: interruption(),
    onProgress: (done, total) => line.show('graded', done, total),
    onRefusal: (studyKey, reason) => {
      line.say(`radiolect evaluate: ${studyKey}: ${reason}`);
      process.exitCode = 1;
    },
  });
  line.end();
  return result;
}

function tasksOf(folder: string, { count, localise, redraw, ceiling }: EvaluateOptions): GradingTask[] {
  const file = join(folder, 'manifest.json');
  if (!existsSync(file)) throw new Error(`${file} is missing: make the folder with radiolect phantom`);
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as Partial<PhantomManifest>;
  const { kind, seed, mix, count: made } = manifest;
  if (kind !== 'phantom' || seed === undefined || mix === undefined || made === undefined)
    throw new Error(`${file} is not of radiolect phantom: only studies with known truth can be graded`);
  return Array.from({ length: Math.min(count ?? made, made) }, (_, index) => ({
    folder,
    seed,
    index,
    mix,
    localisations: localise,
    redraws: index % 3 === 0 ? redraw : 0,
    ceiling,
    mirror: index % 5 === 0,
  }));
}

const gradingThread = new URL('../grading/grading-worker.mjs', import.meta.url);

/** Grades on all cores. A study that cannot be graded is named on stderr, and the rest goes on. */
async function gradeAll(
  tasks: readonly GradingTask[],
  settings: GradingSettings,
  keep: string | undefined,
): Promise<StudyGrade[]> {
  // What was kept counts only where the same model was asked the same.
  const header = JSON.stringify({ asked: fingerprint(settings, tasks) });
  const [kept, ...lines] = keep && existsSync(keep) ? wholeLines(keep) : [];
  const grades = kept === header ? lines.map((line) => JSON.parse(line) as StudyGrade) : [];
  if (keep) writeFileSync(keep, [header, ...grades.map((grade) => JSON.stringify(grade)), ''].join('\n'));
  const done = new Set(grades.map(({ accessionNumber }) => accessionNumber));
  const todo = tasks.filter(({ seed, index, mix }) => !done.has(accessionNumberOf(seed, index, mix)));
  const bar = new SingleBar({ format: 'graded {bar} {value}/{total}, {eta_formatted} left', stream: process.stderr });
  bar.start(tasks.length, grades.length);
  const take = (answer: GradingAnswer): void => {
    bar.increment();
    if ('refused' in answer) {
      process.stderr.write(`\nradiolect evaluate: ${answer.refused}\n`);
      process.exitCode = 1;
      return;
    }
    grades.push(answer.grade);
    if (keep) writeFileSync(keep, `${JSON.stringify(answer.grade)}\n`, { flag: 'a' });
  };
  try {
    await answersInOrder(gradingThread, settings, todo, take);
  } finally {
    bar.stop();
  }
  return grades;
}

/** Of the models' weights and thresholds, how they read, and of every task. */
function fingerprint({ models, mirror }: GradingSettings, tasks: readonly GradingTask[]): string {
  const hash = createHash('sha256').update(JSON.stringify(tasks));
  if (mirror) hash.update('mirror');
  for (const model of models)
    for (const file of ['model.onnx', 'operating-points.json']) hash.update(readFileSync(join(model, file)));
  return hash.digest('hex');
}

const wholeLines = (file: string): string[] => readFileSync(file, 'utf8').split('\n').slice(0, -1);
