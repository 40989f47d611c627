import type { Atlas, Finding, Nature, Pack, SiteLabel, View } from '@radiolect/findings';
import { innerPoint, mirrorSite, siteLabelsOf, siteOutline, views, warpToPicture } from '@radiolect/findings';
import type { Mix, PhantomStudy } from '@radiolect/phantom';
import { makePhantomStudy } from '@radiolect/phantom';
import type { Drafter, RuleReader } from '@radiolect/reports';
import { draftText } from '@radiolect/reports';
import { RefusedError } from '../errors.ts';
import { findingsOfPrediction } from '../reading/findings-of-prediction.ts';
import type { ReadyModel, StudyPictures } from '../reading/models.ts';
import { boneScanFrom } from '../reading/read-study.ts';
import { matchedFilterScores } from './ceiling-reader.ts';
import type { SiteMeans } from './floor-reader.ts';
import { siteMeans } from './floor-reader.ts';
import type { Localisation } from './localisation.ts';
import { localise } from './localisation.ts';

/** Everything that one study contributes to the figures, as plain data: threads hand it over, files keep it. */
export interface StudyGrade {
  readonly accessionNumber: string;
  /** Sites with an abnormality in the picture, and the cause where one is drawn. */
  readonly truth: Readonly<Record<string, Nature>>;
  readonly metastasisTruth: boolean;
  readonly presence: Readonly<Record<string, number>>;
  /** Most probable cause of each site that is abnormal in the picture. */
  readonly natures: Readonly<Record<string, Nature | undefined>>;
  /** Sites called present by the operating points. */
  readonly called: readonly string[];
  readonly metastasis: number;
  readonly refused: boolean;
  readonly floor: SiteMeans;
  readonly ceiling?: Readonly<Record<string, number>>;
  readonly localisations: readonly Localisation[];
  /** Distance of every site's middle between the true and the estimated warp, pixels at 256 × 1024. */
  readonly warpErrors: readonly number[];
  /** The draft without header, digits and dates; present sites are what the rule reader finds in it. */
  readonly draft: { readonly text: string; readonly present: readonly string[] };
  /** Present sites of a draft from the mirrored pictures, sides turned back; only for studies that were asked. */
  readonly mirroredPresent?: readonly string[];
  /** What the rule reader reads from the report on file, beside what its writer stated. */
  readonly report: {
    readonly read: Readonly<Record<string, SiteLabel>>;
    readonly stated: Readonly<Record<string, SiteLabel>>;
  };
}

export interface GradingTools {
  readonly pack: Pack;
  readonly model: ReadyModel;
  readonly drafter: Drafter;
  readonly reader: RuleReader;
}

export interface GradingRequest {
  readonly seed: number;
  readonly index: number;
  readonly mix: Mix;
  /** True positives to point at, at most. */
  readonly localisations: number;
  /** Of these, how many are also drawn again without their lesion. */
  readonly redraws: number;
  readonly ceiling: boolean;
  readonly mirror: boolean;
  /** The DICOM file as it lies in the folder: refused where the seed now draws another study. */
  readonly file: Uint8Array;
}

/**
 * Draws a synthetic study again from its seed and grades what the model says of it against what is in the picture.
 * The model sees the pictures alone.
 */
export async function gradeStudy(request: GradingRequest, tools: GradingTools): Promise<StudyGrade> {
  const { pack, model, drafter, reader } = tools;
  const atlas = pack.atlas;
  if (!atlas) throw new RangeError(`pack "${pack.name}" has no atlas to grade against`);
  const study = makePhantomStudy({ ...request, pack });
  if (!sameBytes(study.dicom, request.file))
    throw new RefusedError(
      `${study.accessionNumber}.dcm is not what its seed draws now: another version made the folder`,
      'draw the folder again with radiolect phantom',
    );
  const prediction = await model.predict(study.views);
  const findingsOf = (of: typeof prediction): Finding[] =>
    findingsOfPrediction(of, model.points, model.natureThreshold, pack.labelSpace);
  const findings = findingsOf(prediction);
  const presentIn = (given: readonly Finding[]): string[] => {
    const text = draftText(drafter.draft({ findings: given, language: 'en' }));
    return reader.read(text).findings.flatMap(({ site, presence }) => (presence === 'present' ? [site] : []));
  };
  const truth = causes(study);
  const called = findings.flatMap(({ site, presence }) => (presence === 'present' ? [site] : []));
  const hits = called.filter((site) => truth[site] !== undefined);
  const localisations: Localisation[] = [];
  for (const [order, site] of spread(hits, request.localisations, request.index).entries()) {
    const found = await localise(study, site, model, prediction.warps, atlas, order < request.redraws);
    if (found) localisations.push(found);
  }
  const mirroredPresent = request.mirror
    ? presentIn(findingsOf(await model.predict(mirrored(study.views)))).map(mirrorSite)
    : undefined;
  const draft = drafter.draft({ findings, language: 'en' });
  return {
    accessionNumber: study.accessionNumber,
    truth,
    metastasisTruth: study.truth.image.metastasis,
    presence: prediction.presence,
    natures: Object.fromEntries(Object.keys(truth).map((site) => [site, mostProbable(prediction.nature[site] ?? {})])),
    called,
    metastasis: prediction.metastasis,
    refused: prediction.boneScan < boneScanFrom,
    floor: siteMeans(study.views, prediction.warps, atlas),
    ...(request.ceiling ? { ceiling: matchedFilterScores(study) } : {}),
    localisations,
    warpErrors: views.flatMap((view) => warpErrors(study, prediction.warps[view], atlas, view)),
    draft: { text: draft.sentences.map(({ text }) => text).join(' '), present: presentIn(findings) },
    ...(mirroredPresent ? { mirroredPresent } : {}),
    report: { read: siteLabelsOf(reader.read(study.report.text)), stated: study.truth.stated },
  };
}

/** The cause drawn at each abnormal site: metastatic first, then the more intense, as the guideline says. */
function causes(study: PhantomStudy): Record<string, Nature> {
  const order = ['faint', 'mild', 'moderate', 'intense'];
  const strongest = new Map<string, { nature: Nature; weight: number }>();
  for (const { site, nature, intensity } of study.truth.image.findings) {
    const weight = order.indexOf(intensity) + (nature === 'metastatic' ? 10 : 0);
    if (weight > (strongest.get(site)?.weight ?? -1)) strongest.set(site, { nature, weight });
  }
  return Object.fromEntries([...strongest].map(([site, { nature }]) => [site, nature]));
}

/** `count` of the sites, starting at a place that differs from study to study, so that no site is always first. */
function spread(sites: readonly string[], count: number, offset: number): string[] {
  return Array.from(
    { length: Math.min(count, sites.length) },
    (_, i) => sites[(offset + i * 7) % sites.length]!,
  ).filter((site, i, all) => all.indexOf(site) === i);
}

function mirrored(pictures: PhantomStudy['views']): StudyPictures {
  const turn = (view: View) => {
    const { rows, columns, pixels } = pictures[view];
    const turned = new Uint16Array(pixels.length);
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < columns; column++)
        turned[row * columns + column] = pixels[row * columns + columns - 1 - column]!;
    return { ...pictures[view], pixels: turned };
  };
  return { anterior: turn('anterior'), posterior: turn('posterior') };
}

function warpErrors(
  study: PhantomStudy,
  warp: Parameters<typeof warpToPicture>[0] | undefined,
  atlas: Atlas,
  view: View,
) {
  if (!warp) return [];
  return atlas.views[view].outlines.map(({ site }) => {
    const point = innerPoint(siteOutline(atlas, view, site)[0]!);
    const [x, y] = warpToPicture(warp, point);
    const [truthX, truthY] = warpToPicture(study.rendered.warp[view], point);
    return Math.hypot(x - truthX, y - truthY);
  });
}

function mostProbable(natures: Readonly<Partial<Record<Nature, number>>>): Nature | undefined {
  return (Object.entries(natures) as [Nature, number][]).reduce<[Nature, number] | undefined>(
    (best, entry) => (!best || entry[1] > best[1] ? entry : best),
    undefined,
  )?.[0];
}

const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;
