import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { DraftReport, Finding, Language, Prediction, View } from '@radiolect/findings';
import { languages, views } from '@radiolect/findings';
import { readPack } from '@radiolect/findings/node';
import type { HotSpot } from '@radiolect/learning';
import type { ReadyModel, Room } from '@radiolect/reading-room';
import {
  findHotSpots,
  findingsHeatMaps,
  findStudyByName,
  isSynthetic,
  listModels,
  openModels,
  picturesOf,
  RefusedError,
  readFiles,
  readStudy,
  studyOfPath,
  unvalidatedNote,
} from '@radiolect/reading-room';
import { createDrafter, draftText } from '@radiolect/reports';
import { Command, Option } from 'commander';
import type { GlobalOptions } from '../main.ts';
import type { ModelOptions } from '../model-options.ts';
import { mirrorOption, modelOption } from '../model-options.ts';
import { modelsFolder, withRoom } from '../surroundings.ts';

interface ReadOptions extends GlobalOptions, ModelOptions {
  readonly out: string;
  readonly language: Language;
  readonly view?: View;
  readonly unvalidated?: boolean;
  readonly localiser?: string;
  readonly json?: boolean;
}

/** What `findings.json` holds. */
interface ReadingFile {
  readonly accessionNumber?: string;
  readonly model?: string;
  readonly unvalidated: boolean;
  readonly note?: string;
  readonly metastasis?: number;
  readonly boneScan?: number;
  readonly findings: readonly Finding[];
  /** Of the localiser, where one was named: surest first. */
  readonly hotSpots?: readonly HotSpot[];
}

type HeatMaps = Partial<Record<'anterior' | 'posterior', Uint8Array>>;

export const readCommand = new Command('read')
  .description('Reads one study: findings, a draft, and where the model looked.')
  .argument('<study|path>', 'accession number, study id or Study Instance UID in the data folder; or a file or folder')
  .requiredOption('--out <folder>', 'where to')
  .addOption(modelOption('the shipped model; paths only'))
  .addOption(mirrorOption())
  .addOption(new Option('--language <language>', 'of the draft (paths only)').choices(languages).default('en'))
  .addOption(new Option('--view <view>', 'of a single picture that does not tell (paths only)').choices(views))
  .option('--unvalidated', 'let a model trained on synthetic scans read a real one (paths only)')
  .option('--localiser <folder>', 'find hot spots too, with a localiser (paths only)')
  .option('--json', 'print findings.json too')
  .addHelpText(
    'after',
    `
Writes findings.json, draft.txt, heatmap-anterior.png and heatmap-posterior.png. A path is read without a database. A
study of the data folder is given as it stands there: what a reader decided is kept. With --localiser findings.json lists
hot spots (site, view, outline, box, area, contrast, score), and the heat maps show their outlines.

Examples:
  radiolect read phantoms/dicom/T7-00003.dcm --out reading
  radiolect read T7-00003 --out reading
  radiolect read scan.dcm --localiser models/localiser --out reading
  radiolect read scan.dcm --model runs/first --model runs/second --mirror --out reading
  radiolect read scan.dcm --unvalidated --language zh-Hant --out reading`,
  )
  .action(async (name: string, _options: unknown, command: Command) => {
    const options = command.optsWithGlobals<ReadOptions>();
    const reading = existsSync(name)
      ? await readPath(name, options)
      : await withRoom(options, (room) => readStored(room, name, options));
    if (options.json) process.stdout.write(`${JSON.stringify(reading, null, 2)}\n`);
    else {
      const count = (presence: Finding['presence']): number =>
        reading.findings.filter((finding) => finding.presence === presence).length;
      process.stdout.write(
        `${count('present')} present, ${count('uncertain')} uncertain, ${count('absent')} absent → ${resolve(options.out)}\n`,
      );
    }
    if (reading.note) process.stderr.write(`note: ${reading.note}\n`);
  });

async function readPath(path: string, options: ReadOptions): Promise<ReadingFile> {
  const pack = await readPack(options.pack);
  const models = await openModels(pack, modelsFolder);
  const folders = options.model ?? (models.shipped ? [models.shipped.folder] : []);
  if (folders.length === 0)
    throw new Error('No model is shipped for this pack: name a run folder with --model, or train one');
  const study = await studyOfPath(path);
  const unvalidated = options.model === undefined && !isSynthetic(study);
  if (unvalidated && !options.unvalidated)
    throw new RefusedError(
      'the study is not synthetic, and the shipped model was trained on synthetic scans alone',
      'add --unvalidated to see what it says all the same, or train on your own archive',
    );
  const named = options.model?.join(' + ') ?? models.shipped!.card.id;
  const model = await models.load(folders, named, { mirror: options.mirror ?? false });
  const { accessionNumber, prediction, findings, draft, pictures } = await readFiles(study, model, {
    pack,
    drafter: createDrafter(pack),
    language: options.language,
    view: options.view,
  });
  const hotSpots = options.localiser
    ? await findHotSpots(options.localiser, pictures, prediction.warps, pack)
    : undefined;
  const heat = await findingsHeatMaps(model, pictures, findings, prediction.warps, hotSpots);
  const reading: ReadingFile = {
    ...(accessionNumber === undefined ? {} : { accessionNumber }),
    model: prediction.model,
    unvalidated,
    ...(unvalidated ? { note: unvalidatedNote } : {}),
    metastasis: prediction.metastasis,
    boneScan: prediction.boneScan,
    findings,
    ...(hotSpots ? { hotSpots } : {}),
  };
  await write(options.out, reading, draft, heat);
  return reading;
}

async function readStored(room: Room, name: string, options: ReadOptions): Promise<ReadingFile> {
  const found = await findStudyByName(room.store.db, name);
  if (found.reading.state === 'not-yet-read' && found.status !== 'signed') await readStudy(room, found.id);
  const { accessionNumber, reading: state, findings: listed, draft } = await findStudyByName(room.store.db, found.id);
  const findings = listed.map(({ finding }) => finding);
  const chosen = (await listModels(room)).find(({ card }) => card.id === state.model);
  const note = noteOf(state.state, state.note);
  const reading: ReadingFile = {
    ...(accessionNumber === null ? {} : { accessionNumber }),
    ...(state.model === undefined ? {} : { model: state.model }),
    unvalidated: state.unvalidated,
    ...(note === undefined ? {} : { note }),
    ...(state.metastasis === undefined ? {} : { metastasis: state.metastasis }),
    ...(state.boneScan === undefined ? {} : { boneScan: state.boneScan }),
    findings,
  };
  const model = chosen && state.state === 'read' ? await room.models.load(chosen.folder, chosen.card.id) : undefined;
  await write(
    options.out,
    reading,
    draft ?? undefined,
    model ? await heatOf(room, model, found.id, findings, state.warps) : {},
  );
  return reading;
}

const heatOf = async (
  room: Room,
  model: ReadyModel,
  id: string,
  findings: readonly Finding[],
  warps: Prediction['warps'] | undefined,
): Promise<HeatMaps> => findingsHeatMaps(model, await picturesOf(room, id), findings, warps ?? {});

/** Why there are no findings of a model, in words. */
function noteOf(state: string, note: string | undefined): string | undefined {
  if (note !== undefined) return note;
  if (state === 'no-model') return 'no model in use: findings come from you and the report on file';
  if (state === 'shipped-model-off')
    return 'the shipped model was trained on synthetic scans and is off for real studies until you switch it on';
  return undefined;
}

async function write(out: string, reading: ReadingFile, draft: DraftReport | undefined, heat: HeatMaps): Promise<void> {
  await mkdir(out, { recursive: true });
  await writeFile(join(out, 'findings.json'), `${JSON.stringify(reading, null, 2)}\n`);
  await writeFile(join(out, 'draft.txt'), draft ? draftText(draft) : '');
  for (const [view, png] of Object.entries(heat)) await writeFile(join(out, `heatmap-${view}.png`), png);
}
