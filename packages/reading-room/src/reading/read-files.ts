import type { Study } from '@radiolect/dicom';
import { instancesOf, readStudies, wholeBodyViews } from '@radiolect/dicom';
import { folderSources } from '@radiolect/dicom/node';
import type { DraftReport, Finding, Language, Pack, Prediction, View } from '@radiolect/findings';
import { views } from '@radiolect/findings';
import type { HotSpot } from '@radiolect/learning';
import type { Drafter } from '@radiolect/reports';
import { RefusedError } from '../errors.ts';
import { findingsInPictures } from './findings-of-prediction.ts';
import { scaledToOne } from './heat-map.ts';
import { heatOverPicturePng } from './heat-png.ts';
import type { ReadyModel, StudyPictures } from './models.ts';
import { boneScanFrom } from './read-study.ts';

/** A study in files, read without a store. */
export interface FileReading {
  readonly accessionNumber?: string;
  readonly synthetic: boolean;
  readonly prediction: Prediction;
  readonly findings: readonly Finding[];
  readonly draft: DraftReport;
  readonly pictures: StudyPictures;
}

/** The one study that the path holds. Throws RefusedError where there is none or several. */
export async function studyOfPath(path: string): Promise<Study> {
  const studies: Study[] = [];
  let refused: { rule: string; fix: string } | undefined;
  for await (const event of readStudies(folderSources([path]))) {
    if (event.kind === 'study') studies.push(event.study);
    else if (event.kind === 'refused') refused ??= event;
  }
  const [only] = studies;
  if (!only) throw new RefusedError(refused?.rule ?? `${path} holds no study`, refused?.fix ?? 'name a DICOM file');
  if (studies.length > 1)
    throw new RefusedError(`${path} holds ${studies.length} studies`, 'name the files of one study');
  return only;
}

/** Whether the study is marked as not taken from a patient, Synthetic Data (0008,001C). */
export const isSynthetic = (study: Study): boolean => instancesOf(study)[0]?.header.text('0008001C') === 'YES';

/**
 * Pictures to findings to draft, for one study in files. Throws RefusedError where it holds no whole-body view or does
 * not look like a bone scan.
 */
export async function readFiles(
  study: Study,
  model: ReadyModel,
  {
    pack,
    drafter,
    language,
    view,
  }: {
    readonly pack: Pack;
    readonly drafter: Drafter;
    readonly language: Language;
    /** Which view a single picture is that nothing tells. */
    readonly view?: View | undefined;
  },
): Promise<FileReading> {
  const found = await wholeBodyViews(study);
  const told = view && found.unknown.length === 1 ? { [view]: found.unknown[0] } : {};
  const { anterior, posterior } = { ...told, ...found };
  const pictures = { ...(anterior ? { anterior } : {}), ...(posterior ? { posterior } : {}) };
  if (!anterior && !posterior)
    throw new RefusedError(
      'no picture is known as an anterior or posterior whole-body view',
      found.unknown.length === 1
        ? 'say which it is: --view anterior or --view posterior'
        : 'import it and name its views',
    );
  const prediction = await model.predict(pictures);
  if (prediction.boneScan < boneScanFrom)
    throw new RefusedError('the picture does not look like a whole-body bone scan', 'name a bone scan');
  const findings = findingsInPictures(prediction, model, pack, pictures);
  const pharmaceutical = instancesOf(study)[0]?.header.items('00540016')[0]?.text('00180031');
  const draft = drafter.draft({
    findings,
    language,
    ...(pharmaceutical === undefined ? {} : { study: { radiopharmaceutical: pharmaceutical } }),
  });
  const { accessionNumber } = study;
  return {
    ...(accessionNumber === undefined ? {} : { accessionNumber }),
    synthetic: isSynthetic(study),
    prediction,
    findings,
    draft,
    pictures,
  };
}

/**
 * Per view, where the model looked for its findings that are not absent, over the picture, as PNG; each finding's hottest
 * place weighs its probability. Outlines are drawn on top.
 */
export async function findingsHeatMaps(
  model: ReadyModel,
  pictures: StudyPictures,
  findings: readonly Finding[],
  warps: Prediction['warps'],
  outlined: readonly Pick<HotSpot, 'view' | 'outline'>[] = [],
): Promise<Partial<Record<'anterior' | 'posterior', Uint8Array>>> {
  const heat = new Map(views.map((view) => [view, new Float32Array(pictures[view]?.pixels.length ?? 0)]));
  for (const { site, evidence } of findings.filter(({ presence }) => presence !== 'absent')) {
    const probability = evidence.find((one) => one.kind === 'probability')?.value ?? 1;
    const map = await model.heatMap(pictures, site, warps);
    for (const view of views) {
      const [sum, own] = [heat.get(view)!, map[view]];
      if (own)
        for (const [index, value] of scaledToOne(own).entries())
          sum[index] = Math.max(sum[index]!, value * probability);
    }
  }
  return Object.fromEntries(
    views.flatMap((view) => {
      const picture = pictures[view];
      const outlines = outlined.filter((spot) => spot.view === view).map(({ outline }) => outline);
      return picture ? [[view, heatOverPicturePng(heat.get(view)!, picture, outlines)]] : [];
    }),
  );
}
