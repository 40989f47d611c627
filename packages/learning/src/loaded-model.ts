import type { Atlas, Nature, OperatingPoint, Prediction, View, Warp } from '@radiolect/findings';
import { atlasPositions } from '@radiolect/findings';
import { floatTensor, Session } from '@radiolect/onnx';
import { calibrated } from './calibration/calibration.ts';
import { InvalidModelError } from './errors.ts';
import { boneScanGate } from './gate/bone-scan-gate.ts';
import { nearSite, relevanceInPicture } from './heat-map.ts';
import { show } from './input/augmentation.ts';
import type { StudyViews } from './input/model-input.ts';
import { modelInput } from './input/model-input.ts';
import type { ReadingGrid } from './input/reading-grid.ts';
import { gridOfLattice } from './input/reading-grid.ts';
import { mirrorOf } from './model/geometry.ts';
import type { ModelFiles } from './model-files.ts';
import type { RunManifest } from './training/manifest.ts';
import type { OperatingPoints } from './training/operating-points.ts';
import { softmax } from './training/validation.ts';
import { createWarpEstimator } from './warp/warp-estimator.ts';
import { estimateViews, estimateWarps, warpsOf } from './warps-of-study.ts';

/** How a loaded model reaches what it does not hold itself. */
export interface ModelContext {
  readonly atlas: Atlas;
  /** The name that its predictions carry. */
  readonly name: string;
  readonly threads?: number;
  /** Reads every study as it is and mirrored, sides swapped back, and takes the mean: twice the time. */
  readonly mirror?: boolean;
}

/** One view's map, row-major over the picture's pixels: the part of the site's logit that each place carries, ≥ 0. */
export type HeatMap = Readonly<Partial<Record<View, Float32Array>>>;

/** A model ready to read. Reading blocks the thread for some tens of milliseconds. */
export interface Model {
  readonly name: string;
  readonly manifest: RunManifest;
  /** By position, on the calibrated probability. */
  readonly operatingPoints: Readonly<Record<string, OperatingPoint>>;
  readonly metastasisOperatingPoint: OperatingPoint;
  /** Below this probability a cause stays unnamed. */
  readonly natureThreshold: number;
  /**
   * The warps are estimated unless given, and with them whether this is a bone scan at all; given warps say that it
   * is. Throws RangeError where no view holds a body.
   */
  predict(pictures: StudyViews, warps?: Readonly<Partial<Record<View, Warp>>>): Promise<Prediction>;
  /** Why a site was called: one map per view, scaled by the site's probability. */
  heatMap(pictures: StudyViews, site: string, warps?: Readonly<Partial<Record<View, Warp>>>): Promise<HeatMap>;
  dispose(): Promise<void>;
}

/** Loads the files of a model folder. Throws {@link InvalidModelError} where they do not belong together. */
export async function loadModel(files: ModelFiles, context: ModelContext): Promise<Model> {
  const manifest = json<RunManifest>(files, 'manifest.json');
  if (manifest.kind !== 'site-reader')
    throw new InvalidModelError('manifest.json', `is of a ${String(manifest.kind)}, and studies take a site-reader`);
  const points = json<OperatingPoints>(files, 'operating-points.json');
  const { positions } = manifest.labelSpace;
  const missing = positions.find((id) => !points.positions[id]);
  if (missing) throw new InvalidModelError('operating-points.json', `has no entry for "${missing}"`);
  if (!manifest.grid) throw new InvalidModelError('manifest.json', 'says nothing of the grid that the model reads');
  const grid = gridOfLattice(manifest.grid, context.atlas);
  const estimator = createWarpEstimator(context.atlas);
  let session: Session;
  try {
    session = await Session.create(files['model.onnx'], { threads: context.threads ?? 2 });
  } catch (cause) {
    throw new InvalidModelError('model.onnx', `cannot be loaded: ${(cause as Error).message}`);
  }

  // Inverting a warp at every pixel costs most of a heat map, and a study is asked for many sites.
  const inverses = new WeakMap<Warp, Float32Array>();
  const positionsOf = (warp: Warp, rows: number, columns: number): Float32Array => {
    const known = inverses.get(warp);
    if (known?.length === 2 * rows * columns) return known;
    const made = atlasPositions(warp, rows, columns);
    inverses.set(warp, made);
    return made;
  };
  const asIs = positions.map((_, site) => site);
  const turns = context.mirror ? [asIs, mirrorOf(positions)] : [asIs];
  /** One reading a turn. `order` tells which position of the network stands for each site. */
  const readings = async (
    pictures: StudyViews,
    warps: Readonly<Partial<Record<View, Warp>>>,
    chosen: number,
  ): Promise<SiteReading[]> => {
    if (Object.keys(warps).length === 0) throw new RangeError('no view of the study holds a body');
    const { images, seen } = feed(pictures, warps, grid);
    const made: SiteReading[] = [];
    for (const order of turns) {
      const turned = order !== asIs;
      const selection = new Float32Array(positions.length);
      if (chosen >= 0) selection[order[chosen]!] = 1;
      const results = await session.run({
        images: floatTensor([1, 2, grid.rows * grid.columns], turned ? flipped(images, grid) : images),
        seen: floatTensor([1, 2], seen),
        chosen: floatTensor([1, positions.length], selection),
      });
      const logits = results.presenceLogits!.data as Float32Array;
      const causes = results.natureLogits!.data as Float32Array;
      const relevance = results.relevance!.data as Float32Array;
      const count = manifest.natures.length;
      made.push({
        presence: order.map((at) => calibrated(points.positions[positions[at]!]!, logits[at]!)),
        nature: order.map((at) => softmax(causes.subarray(at * count, (at + 1) * count))),
        metastasis: calibrated(points.metastasis, Number(results.metastasisLogits!.data[0])),
        relevance: turned ? flipped(relevance, grid) : relevance,
      });
    }
    return made;
  };

  return {
    name: context.name,
    manifest,
    operatingPoints: Object.fromEntries(positions.map((id) => [id, pointOf(points.positions[id]!)])),
    metastasisOperatingPoint: pointOf(points.metastasis),
    natureThreshold: points.natureThreshold,
    async predict(pictures, given) {
      const estimates = given ? undefined : estimateViews(estimator, pictures);
      const warps = given ?? warpsOf(estimates!);
      const read = await readings(pictures, warps, -1);
      return {
        model: context.name,
        presence: Object.fromEntries(positions.map((id, site) => [id, mean(read, (one) => one.presence[site]!)])),
        nature: Object.fromEntries(
          positions.map((id, site) => [
            id,
            Object.fromEntries(
              manifest.natures.map((nature, n) => [nature as Nature, mean(read, (one) => one.nature[site]![n]!)]),
            ),
          ]),
        ),
        metastasis: mean(read, (one) => one.metastasis),
        boneScan: estimates ? boneScanGate(estimates).probability : 1,
        warps,
      };
    },
    async heatMap(pictures, site, given) {
      const index = positions.indexOf(site);
      if (index < 0) throw new RangeError(`site "${site}" is not in label space ${manifest.labelSpace.name}`);
      const warps = given ?? estimateWarps(estimator, pictures);
      const read = await readings(pictures, warps, index);
      const relevance = read[0]!.relevance.map((_, cell) => mean(read, (one) => one.relevance[cell]!));
      return relevanceInPicture(
        nearSite(relevance, context.atlas, site, grid),
        mean(read, (one) => one.presence[index]!),
        pictures,
        warps,
        grid,
        positionsOf,
      );
    },
    dispose: () => session.dispose(),
  };
}

const pointOf = ({ low, high }: OperatingPoint): OperatingPoint => ({ low, high });

/** What the network says of one study in one turn, by site. */
interface SiteReading {
  /** Calibrated. */
  readonly presence: readonly number[];
  readonly nature: readonly (readonly number[])[];
  readonly metastasis: number;
  /** (2, cells): of the chosen site. */
  readonly relevance: Float32Array;
}

const mean = (read: readonly SiteReading[], of: (one: SiteReading) => number): number =>
  read.reduce((sum, one) => sum + of(one), 0) / read.length;

function feed(
  pictures: StudyViews,
  warps: Readonly<Partial<Record<View, Warp>>>,
  grid: ReadingGrid,
): { readonly images: Float32Array; readonly seen: Float32Array } {
  const images = new Float32Array(2 * grid.rows * grid.columns);
  const seen = new Float32Array(2);
  show(modelInput(pictures, warps, grid), grid, images, seen);
  return { images, seen };
}

/** (2, cells) with each row turned around. */
const flipped = (values: Float32Array, { columns }: ReadingGrid): Float32Array =>
  values.map((_, at) => values[at - 2 * (at % columns) + columns - 1]!);

function json<T>(files: ModelFiles, name: 'manifest.json' | 'operating-points.json'): T {
  try {
    return JSON.parse(new TextDecoder().decode(files[name])) as T;
  } catch (cause) {
    throw new InvalidModelError(name, `is not JSON: ${(cause as Error).message}`);
  }
}
