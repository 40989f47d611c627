import { greyImage } from '@radiolect/dicom';
import type { Finding, Prediction, View, Warp } from '@radiolect/findings';
import { views } from '@radiolect/findings';
import { changesSincePrior } from '@radiolect/reports';
import { and, asc, ne, sql } from 'drizzle-orm';
import type { Room } from '../room.ts';
import type { StudyReading } from '../store/records.ts';
import type { StudyRecord, StudyViewRecord } from '../store/schema.ts';
import { study } from '../store/schema.ts';
import { readSetting } from '../store/settings.ts';
import { changeStudy, listOf } from '../study/change-study.ts';
import { proposeFindings, withoutProposals } from '../study/finding-list.ts';
import { findStudy, latestPriorFindings, viewsOf } from '../study/load-study.ts';
import { unpackCounts } from '../study/picture-figures.ts';
import { findingsInPictures } from './findings-of-prediction.ts';
import type { ModelInUse, StudyPictures } from './models.ts';
import { modelInUse } from './models.ts';

/** Below this the picture is taken for something else than a whole-body bone scan. */
export const boneScanFrom = 0.5;
export const unvalidatedNote = 'trained on synthetic scans, unvalidated';

/**
 * Reads one study with the model in use and puts its findings on the list as proposed; what a reader decided on stays.
 * Where there is no model, or the shipped one is not switched on for real studies, the study says so. Throws
 * NotFoundError and ConflictError (signed); a model that fails is the study's state, not an error.
 */
export async function readStudy(room: Room, id: string): Promise<StudyReading> {
  const target = await findStudy(room.store.db, id);
  const { reading, findings } = await answerOf(room, target);
  await changeStudy(room, id, async (current, tx) => {
    const cleared = withoutProposals(listOf(current));
    const prior = await latestPriorFindings(tx, current);
    return { reading, ...proposeFindings(cleared, changesSincePrior(findings, prior), !reading.unvalidated) };
  });
  return reading;
}

interface Answer {
  readonly reading: StudyReading;
  readonly findings: readonly Finding[];
}

async function answerOf(room: Room, target: StudyRecord): Promise<Answer> {
  const without = (reading: Omit<StudyReading, 'unvalidated'>): Answer => ({
    reading: { unvalidated: false, ...reading },
    findings: [],
  });
  const chosen = await modelInUse(room);
  if (!chosen) return without({ state: 'no-model' });
  if (!(await mayRead(room, chosen, target))) return without({ state: 'shipped-model-off', model: chosen.card.id });
  const pictures = await picturesOf(room, target.id);
  if (!pictures.anterior && !pictures.posterior)
    return without({ state: 'failed', note: 'no view is known as anterior or posterior: name the views first' });
  try {
    const model = await room.models.load(chosen.folder, chosen.card.id);
    const prediction = await model.predict(pictures);
    const unvalidated = chosen.card.synthetic && !target.synthetic;
    const { presence, metastasis, boneScan } = prediction;
    const kept = { model: chosen.card.id, unvalidated, boneScan, warps: keptWarps(prediction.warps) };
    if (boneScan < boneScanFrom)
      return {
        reading: { ...kept, state: 'not-a-bone-scan', note: 'the picture does not look like a whole-body bone scan' },
        findings: [],
      };
    return {
      reading: {
        ...kept,
        state: 'read',
        probabilities: presence,
        metastasis,
        ...(unvalidated ? { note: unvalidatedNote } : {}),
      },
      findings: findingsInPictures(prediction, model, room.pack, pictures),
    };
  } catch (error) {
    // The model's failure is worth showing, and holds nothing of the patient: inputs are arrays of counts.
    return without({ state: 'failed', model: chosen.card.id, note: (error as Error).message.slice(0, 300) });
  }
}

/** A model trained on synthetic scans reads real ones only after a person switched it on. */
export async function mayRead(room: Room, chosen: ModelInUse, target: StudyRecord): Promise<boolean> {
  if (target.synthetic || !chosen.card.synthetic) return true;
  return (await readSetting(room.store.db, 'shippedOnForRealStudies')) ?? false;
}

/** The study's pictures by view, from the counts that the store keeps. */
export async function picturesOf(room: Room, studyId: string): Promise<StudyPictures> {
  const pictures: Partial<Record<View, ReturnType<typeof greyImage>>> = {};
  for (const record of await viewsOf(room.store.db, studyId))
    if (record.view && !pictures[record.view]) pictures[record.view] = await pictureOf(room, record);
  return pictures;
}

async function pictureOf({ store }: Room, record: StudyViewRecord): Promise<ReturnType<typeof greyImage>> {
  const counts = unpackCounts(await store.blobs.get(record.countsBlob));
  return greyImage(record.rowCount, record.columnCount, counts, record.pixelSpacing ?? undefined);
}

export interface ReadUnreadOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: (done: number, total: number) => void;
}

/**
 * Reads every study that nobody has signed and that the model in use has not read yet: after an import, and after
 * another model was chosen. Returns how many were read.
 */
export async function readUnread(room: Room, options: ReadUnreadOptions = {}): Promise<number> {
  const chosen = await modelInUse(room);
  const waiting = await room.store.db
    .select({ id: study.id, reading: study.reading, synthetic: study.synthetic })
    .from(study)
    .where(and(ne(study.status, 'signed'), ne(study.status, 'amending')))
    .orderBy(sql`${study.studyDate} desc nulls last`, asc(study.id));
  const switchedOn = (await readSetting(room.store.db, 'shippedOnForRealStudies')) ?? false;
  const due = waiting.filter(({ reading, synthetic }) => {
    if (reading.model === chosen?.card.id && ['read', 'not-a-bone-scan'].includes(reading.state)) return false;
    if (!chosen) return reading.state !== 'no-model';
    const off = chosen.card.synthetic && !synthetic && !switchedOn;
    return !(off && reading.state === 'shipped-model-off');
  });
  let done = 0;
  options.onProgress?.(0, due.length);
  for (const { id } of due) {
    options.signal?.throwIfAborted();
    await readStudy(room, id);
    done++;
    options.onProgress?.(done, due.length);
  }
  return done;
}

/** A warp on every second lattice point, to a hundredth of a pixel: enough to name a place, small enough to keep. */
function keptWarps(warps: Prediction['warps']): Prediction['warps'] {
  return Object.fromEntries(
    views.flatMap((view) => {
      const warp = warps[view];
      return warp ? [[view, thinned(warp)]] : [];
    }),
  );
}

function thinned({ rows, columns, points }: Warp): Warp {
  const every = (count: number): number[] =>
    (count - 1) % 2 === 0 && count > 16
      ? Array.from({ length: (count - 1) / 2 + 1 }, (_, i) => i * 2)
      : [...Array(count).keys()];
  const keptRows = every(rows);
  const keptColumns = every(columns);
  return {
    rows: keptRows.length,
    columns: keptColumns.length,
    points: keptRows.flatMap((row) =>
      keptColumns.map((column) => {
        const [x, y] = points[row * columns + column]!;
        return [Math.round(x * 100) / 100, Math.round(y * 100) / 100] as const;
      }),
    ),
  };
}
