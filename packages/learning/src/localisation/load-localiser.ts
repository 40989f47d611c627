import type { Atlas, View, Warp } from '@radiolect/findings';
import { views } from '@radiolect/findings';
import { Session } from '@radiolect/onnx';
import { calibrated } from '../calibration/calibration.ts';
import { InvalidModelError } from '../errors.ts';
import type { ModelInput, StudyViews } from '../input/model-input.ts';
import { modelInput } from '../input/model-input.ts';
import type { Normalisation } from '../input/normalisation.ts';
import type { ReadingGrid } from '../input/reading-grid.ts';
import { gridOfLattice } from '../input/reading-grid.ts';
import { createWarpEstimator } from '../warp/warp-estimator.ts';
import { estimateWarps } from '../warps-of-study.ts';
import type { Anatomy } from './anatomy.ts';
import { anatomyOf } from './anatomy.ts';
import { candidatesOf, evidenceOf } from './candidates.ts';
import type { HotSpot } from './hot-spot.ts';
import { hotSpot } from './hot-spot.ts';
import type { LocaliserFiles, LocaliserManifest } from './localiser-files.ts';
import { decodeNormal } from './localiser-files.ts';
import { boneCells } from './places.ts';
import { readPlanes } from './read-planes.ts';
import { shownStudy } from './shown-study.ts';

/** A localiser ready to read. Reading blocks the thread for about a second. */
export interface Localiser {
  readonly manifest: LocaliserManifest;
  /** The score from which on hot spots are shown: about one false positive a study on its validation studies. */
  readonly threshold: number;
  readonly grid: ReadingGrid;
  readonly normal: Normalisation;
  /** 1 on every cell near bone, by view: where it looks. */
  readonly bone: readonly Uint8Array[];
  /** By view. */
  readonly anatomy: readonly Anatomy[];
  /** Prepared pictures, as {@link Localiser.localise} makes them of pictures and warps. */
  prepare(pictures: StudyViews, warps?: Readonly<Partial<Record<View, Warp>>>): PreparedStudy;
  /** Hot spots of both views, surest first, down to a score of 0.01. Warps are estimated unless given. */
  localise(pictures: StudyViews, warps?: Readonly<Partial<Record<View, Warp>>>): Promise<HotSpot[]>;
  localisePrepared(study: PreparedStudy): Promise<HotSpot[]>;
  dispose(): Promise<void>;
}

export interface PreparedStudy {
  readonly input: ModelInput;
  readonly warps: Readonly<Partial<Record<View, Warp>>>;
}

/** A spot begins where a cell is a lesion's with this probability. */
export const peakFloor = 0.05;
/** Spots below this score are noise, and left out. */
const scoreFloor = 0.01;
/** False positives per study that the shown hot spots may have. */
const shownBudget = '1';

/** Loads the files of a localiser's folder. Throws {@link InvalidModelError} where they do not belong together. */
export async function loadLocaliser(
  files: LocaliserFiles,
  { atlas, threads = 2 }: { readonly atlas: Atlas; readonly threads?: number },
): Promise<Localiser> {
  const manifest = manifestOf(files['manifest.json']);
  const grid = gridOfLattice(manifest.grid, atlas);
  const normal = decodeNormal(files['normal.safetensors'], grid.rows * grid.columns);
  const bone = boneCells(atlas, grid);
  const anatomy = anatomyOf(atlas, grid);
  const estimator = createWarpEstimator(atlas);
  let session: Session;
  try {
    session = await Session.create(files['model.onnx'], { threads });
  } catch (cause) {
    throw new InvalidModelError('model.onnx', `cannot be loaded: ${(cause as Error).message}`);
  }
  const prepare: Localiser['prepare'] = (pictures, given) => {
    const warps = given ?? estimateWarps(estimator, pictures);
    return { input: modelInput(pictures, warps, grid), warps };
  };
  const localisePrepared: Localiser['localisePrepared'] = async ({ input, warps }) => {
    const planes = await readPlanes(session, shownStudy(input, grid, normal), grid, bone);
    return views
      .flatMap((view, v) => {
        const plane = planes[view];
        const counts = input[view]?.values;
        const warp = warps[view];
        if (!plane || !counts || !warp) return [];
        return candidatesOf(plane.lesion, grid, peakFloor, anatomy[v]!).flatMap((candidate) => {
          const score = calibrated(manifest.calibration, evidenceOf(candidate.cells, plane.lesion));
          if (score < scoreFloor) return [];
          return [
            hotSpot(
              { ...candidate, score },
              view,
              counts,
              plane.malignant,
              { grid, atlas, anatomy: anatomy[v]! },
              warp,
            ),
          ];
        });
      })
      .sort((a, b) => b.score - a.score);
  };
  return {
    manifest,
    threshold: manifest.thresholds[shownBudget] ?? 0.5,
    grid,
    normal,
    bone,
    anatomy,
    prepare,
    localisePrepared,
    localise: (pictures, warps) => localisePrepared(prepare(pictures, warps)),
    dispose: () => session.dispose(),
  };
}

function manifestOf(bytes: Uint8Array): LocaliserManifest {
  let manifest: Partial<LocaliserManifest>;
  try {
    manifest = JSON.parse(new TextDecoder().decode(bytes)) as Partial<LocaliserManifest>;
  } catch (cause) {
    throw new InvalidModelError('manifest.json', `is not JSON: ${(cause as Error).message}`);
  }
  if (manifest.kind !== 'localiser' || !manifest.grid || !manifest.thresholds || !manifest.calibration)
    throw new InvalidModelError('manifest.json', 'is not of a localiser: train one with a recipe of kind "localiser"');
  return manifest as LocaliserManifest;
}
