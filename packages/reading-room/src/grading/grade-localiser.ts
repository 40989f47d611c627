import { join } from 'node:path';
import { instancesOf, readStudies, wholeBodyViews } from '@radiolect/dicom';
import { folderSources } from '@radiolect/dicom/node';
import type { BoxPrecision, FreeResponse, FreeResponsePoint, HitCriterion } from '@radiolect/evaluation';
import { boxOf, boxPrecision, findsOf, freeResponse, hitCriteria, proportion } from '@radiolect/evaluation';
import type { Pack, View } from '@radiolect/findings';
import { views } from '@radiolect/findings';
import type { Example, HotSpot } from '@radiolect/learning';
import { loadLocaliser, plainReaders, plainSpots } from '@radiolect/learning';
import { readLocaliserFolder } from '@radiolect/learning/node';
import { phantomRegions } from '../dataset/phantom-regions.ts';
import { RefusedError } from '../errors.ts';
import type { StudyPictures } from '../reading/models.ts';

/** How well hot spots are found, on studies whose lesions are outlined. A scan is a study: both of its views. */
export interface LocaliserResult extends LocaliserFigures {
  /**
   * The same without studies of diffuse disease, which have more than {@link mostFocal} lesions: there lesions run into
   * each other, nobody counts them, and a few such studies outweigh all others. Absent where no study is of diffuse
   * disease, or all are.
   */
  readonly focal?: LocaliserFigures;
  /** Of the shown spots on a lesion, those that bear its site's name. */
  readonly named: ReturnType<typeof proportion> & { readonly n: number };
  /** Spots are shown from this score on. */
  readonly threshold: number;
}

export interface LocaliserFigures {
  readonly scans: number;
  readonly pictures: number;
  /** Outlines of raised uptake; a lesion that both views show counts once in each. */
  readonly lesions: number;
  readonly malignantLesions: number;
  readonly readers: readonly ReaderResult[];
}

export interface ReaderResult {
  readonly name: 'localiser' | (typeof plainReaders)[number];
  /** All lesions, by hit criterion. */
  readonly all: Readonly<Record<HitCriterion, FreeResponse>>;
  /** Malignant lesions alone: a spot on a benign one is a false positive. */
  readonly malignant: FreeResponse;
  readonly precision: readonly BoxPrecision[];
  /** For the reader by background: what fixed multiples of it give. */
  readonly multiples?: readonly FreeResponsePoint[];
}

/** Lesions of both views together that a study with countable disease has at most. */
export const mostFocal = 50;

/** IoU from which a box counts as right; lesions are small, so no more than the usual half is asked. */
const ious = [0.1, 0.25, 0.5] as const;
const multiples = [1.5, 2, 2.5, 3, 4] as const;
const malignantNatures: readonly string[] = ['metastatic', 'malignant-other'];
/** Spots that one reader may mark in one study; a department would stop reading long before. */
const mostSpots = 80;

interface GradedStudy {
  readonly patient: string;
  readonly regions: NonNullable<Example['regions']>;
  readonly seen: readonly View[];
  readonly spots: Readonly<Record<ReaderResult['name'], readonly HotSpot[]>>;
}

export interface LocaliserGradingOptions {
  readonly count?: number | undefined;
  readonly threads?: number;
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

/**
 * Finds hot spots in the studies of phantom folders and compares them with the outlines of what is in the pictures,
 * beside two readers that nobody trained. Throws RefusedError where a folder has no truth.
 */
export async function gradeLocaliser(
  folders: readonly string[],
  localiserFolder: string,
  pack: Pack,
  { count, threads = 2, onProgress, signal }: LocaliserGradingOptions = {},
): Promise<LocaliserResult> {
  const { atlas } = pack;
  if (!atlas) throw new RefusedError(`the pack ${pack.name} has no atlas`, 'use a pack with atlas.json');
  const localiser = await loadLocaliser(await readLocaliserFolder(localiserFolder), { atlas, threads });
  const graded: GradedStudy[] = [];
  for (const folder of folders) {
    const regions = await phantomRegions(folder);
    const total = Math.min(count ?? regions.size, regions.size);
    let done = 0;
    for await (const event of readStudies(folderSources([join(folder, 'dicom')]), signal ? { signal } : {})) {
      if (done >= total) break;
      if (event.kind !== 'study') continue;
      const { study } = event;
      const known = regions.get(study.accessionNumber ?? '');
      if (!known) continue;
      signal?.throwIfAborted();
      onProgress?.(done, total);
      const { anterior, posterior } = await wholeBodyViews(study);
      const pictures: StudyPictures = { ...(anterior ? { anterior } : {}), ...(posterior ? { posterior } : {}) };
      const prepared = localiser.prepare(pictures);
      const spots = {
        localiser: (await localiser.localisePrepared(prepared)).slice(0, mostSpots),
        deviation: plainSpots('deviation', prepared, localiser, atlas).slice(0, mostSpots),
        background: plainSpots('background', prepared, localiser, atlas).slice(0, mostSpots),
      };
      const patient = study.patient.id ?? instancesOf(study)[0]?.uid ?? study.uid;
      graded.push({ patient, regions: known, seen: views.filter((view) => pictures[view]), spots });
      done++;
    }
  }
  await localiser.dispose();
  if (graded.length === 0)
    throw new RefusedError('no study could be graded', 'name a folder that radiolect phantom made');
  const focal = graded.filter((study) => lesionCount([study], any) <= mostFocal);
  return {
    ...figuresOf(graded),
    ...(focal.length > 0 && focal.length < graded.length ? { focal: figuresOf(focal) } : {}),
    named: namedShare(graded, localiser.threshold),
    threshold: localiser.threshold,
  };
}

function figuresOf(graded: readonly GradedStudy[]): LocaliserFigures {
  return {
    scans: graded.length,
    pictures: graded.reduce((sum, { seen }) => sum + seen.length, 0),
    lesions: lesionCount(graded, any),
    malignantLesions: lesionCount(graded, ({ nature }) => malignantNatures.includes(nature)),
    readers: (['localiser', ...plainReaders] as const).map((name) => readerResult(name, graded)),
  };
}

type Region = NonNullable<NonNullable<Example['regions']>[View]>[number];

const any = (): boolean => true;

function hotRegions({ regions }: GradedStudy, view: View, kept: (region: Region) => boolean): readonly Region[] {
  return (regions[view] ?? []).filter((region) => region.uptake === 'increased' && kept(region));
}

const lesionCount = (graded: readonly GradedStudy[], kept: (region: Region) => boolean): number =>
  graded.reduce(
    (sum, study) => sum + study.seen.reduce((own, view) => own + hotRegions(study, view, kept).length, 0),
    0,
  );

function readerResult(name: ReaderResult['name'], graded: readonly GradedStudy[]): ReaderResult {
  const response = (
    criterion: HitCriterion,
    kept: (region: Region) => boolean,
    scoreOf: (spot: HotSpot) => number,
  ): FreeResponse =>
    freeResponse(
      graded.map((study) => {
        let lesions = 0;
        const marks = study.seen.flatMap((view) => {
          const own = study.spots[name].filter((spot) => spot.view === view);
          const outlines = hotRegions(study, view, kept).map(({ polygon }) => polygon);
          const before = lesions;
          lesions += outlines.length;
          const finds = findsOf(
            own.map(({ outline }) => outline),
            outlines,
            criterion,
          );
          return own.map((spot, index) => ({
            score: scoreOf(spot),
            finds: finds[index]!.map((lesion) => lesion + before),
          }));
        });
        return { patient: study.patient, lesions, marks };
      }),
    );
  const score = (spot: HotSpot): number => spot.score;
  const all = Object.fromEntries(
    hitCriteria.map((criterion) => [criterion, response(criterion, any, score)]),
  ) as ReaderResult['all'];
  return {
    name,
    all,
    malignant: response(
      'overlap',
      ({ nature }) => malignantNatures.includes(nature),
      name === 'localiser' ? (spot) => spot.score * spot.malignant : score,
    ),
    precision: ious.map((iou) =>
      boxPrecision(
        graded.flatMap((study) =>
          study.seen.map((view) => ({
            patient: study.patient,
            truth: hotRegions(study, view, any).map(({ polygon }) => boxOf(polygon)),
            marked: study.spots[name].filter((spot) => spot.view === view),
          })),
        ),
        iou,
        { replicates: 300 },
      ),
    ),
    ...(name === 'background' ? { multiples: multiples.map((multiple) => pointAt(all.overlap.points, multiple)) } : {}),
  };
}

/** What a reader shows whose marks are those of at least this score. */
function pointAt(points: readonly FreeResponsePoint[], threshold: number): FreeResponsePoint {
  const shown = points.filter((point) => point.threshold >= threshold);
  return { ...shown.at(-1)!, threshold };
}

function namedShare(graded: readonly GradedStudy[], threshold: number): LocaliserResult['named'] {
  let right = 0;
  let n = 0;
  for (const study of graded)
    for (const view of study.seen) {
      const regions = hotRegions(study, view, any);
      const own = study.spots.localiser.filter((spot) => spot.view === view && spot.score >= threshold);
      const finds = findsOf(
        own.map(({ outline }) => outline),
        regions.map(({ polygon }) => polygon),
        'overlap',
      );
      own.forEach((spot, index) => {
        if (finds[index]!.length === 0) return;
        n += 1;
        if (finds[index]!.some((lesion) => regions[lesion]!.site === spot.site)) right += 1;
      });
    }
  return { ...proportion(right, n), n };
}
