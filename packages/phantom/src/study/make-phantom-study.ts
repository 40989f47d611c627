import type { GreyImage, NuclearMedicineFrame } from '@radiolect/dicom';
import { writeNuclearMedicine } from '@radiolect/dicom';
import type { Language, Pack, Point, StudyTruth, TruthFinding, View } from '@radiolect/findings';
import { views } from '@radiolect/findings';
import type { PhantomCase } from '../phantom-case.ts';
import type { RenderedPhantom } from '../picture/render-phantom.ts';
import { renderPhantom } from '../picture/render-phantom.ts';
import { RandomStream } from '../random-stream.ts';
import type { HouseStyle } from '../report/habits.ts';
import { writeReport } from '../report/write-report.ts';
import type { ClinicalBackground } from '../sampling/clinical-background.ts';
import type { Mix } from '../sampling/disease.ts';
import type { PhantomVisit } from '../sampling/sample-visit.ts';
import { sampleVisit } from '../sampling/sample-visit.ts';
import { randomUid } from './study-uids.ts';

/** Which study to make. The same request gives the same bytes on every machine. */
export interface PhantomRequest {
  /** A whole number, not negative. */
  readonly seed: number;
  /** The study's number under that seed, from 0. Each is made by its number alone, in any order. */
  readonly index: number;
  readonly mix: Mix;
  /** A pack with an atlas. */
  readonly pack: Pack;
}

export interface PhantomStudy {
  readonly accessionNumber: string;
  readonly patientId: string;
  /** YYYYMMDD. */
  readonly studyDate: string;
  /** One NM Image Storage object with both views. */
  readonly dicom: Uint8Array;
  readonly report: { readonly language: Language; readonly text: string };
  readonly truth: StudyTruth;
  /** Counts, 1024 rows × 256 columns of 2.26 mm. */
  readonly views: Readonly<Record<View, GreyImage>>;
  readonly phantomCase: PhantomCase;
  readonly clinical: ClinicalBackground;
  readonly style: HouseStyle;
  readonly priorDate?: string;
  readonly rendered: RenderedPhantom;
  /** The same acquisition without what lies at these sites; the noise elsewhere is the same. */
  redrawWithout(sites: readonly string[]): Record<View, GreyImage>;
}

/** Makes one synthetic study: picture, DICOM object, report and truth. Throws a RangeError where the pack has no atlas. */
export function makePhantomStudy({ seed, index, mix, pack }: PhantomRequest): PhantomStudy {
  if (!pack.atlas) throw new RangeError(`pack "${pack.name}" has no atlas to draw a phantom from`);
  const accessionNumber = accessionNumberOf(seed, index, mix);
  const visit = sampleVisit(seed, index, mix);
  const random = RandomStream.of('study', seed, mix, index);
  const rendered = renderPhantom(visit.phantomCase, pack.atlas, random.child('picture'));
  const { style, language, text, stated } = writeReport(visit, accessionNumber, random.child('report'));
  const image = imageTruth(visit.phantomCase, rendered);
  const told = (site: string) => stated[site]?.state === 'present' || stated[site]?.state === 'uncertain';
  const abnormal = new Set(image.findings.map(({ site }) => site));
  return {
    accessionNumber,
    patientId: visit.patient.patientId,
    studyDate: visit.studyDate,
    dicom: writeNuclearMedicine(describe(visit, accessionNumber, rendered, random.child('uids'))),
    report: { language, text },
    truth: { accessionNumber, image, stated, omitted: [...abnormal].filter((site) => !told(site)) },
    views: rendered.views,
    phantomCase: visit.phantomCase,
    clinical: visit.clinical,
    style,
    ...(visit.priorDate ? { priorDate: visit.priorDate } : {}),
    rendered,
    redrawWithout: (sites) =>
      rendered.redrawWithout(visit.phantomCase.lesions.filter(({ site }) => sites.includes(site)).map(({ id }) => id)),
  };
}

/** Names a study by what it is made from. Throws a RangeError above 16 characters, the limit of DICOM (VR SH). */
export function accessionNumberOf(seed: number, index: number, mix: Mix): string {
  const accessionNumber = `${mix === 'low' ? 'L' : 'T'}${seed}-${String(index).padStart(5, '0')}`;
  if (accessionNumber.length > 16) throw new RangeError(`seed ${seed} is too long: at most nine digits`);
  return accessionNumber;
}

/** What to ask for to make the study of this accession number again; undefined where it is not of a phantom. */
export function phantomOfAccession(accessionNumber: string): Omit<PhantomRequest, 'pack'> | undefined {
  const parts = /^([TL])(\d+)-(\d{5,})$/.exec(accessionNumber);
  if (!parts) return undefined;
  return { seed: Number(parts[2]), index: Number(parts[3]), mix: parts[1] === 'L' ? 'low' : 'training' };
}

function imageTruth(phantomCase: PhantomCase, rendered: RenderedPhantom): StudyTruth['image'] {
  return {
    findings: phantomCase.lesions.map(
      ({ id, site, nature, uptake, intensity }): TruthFinding => ({
        site,
        nature,
        uptake,
        intensity,
        views: Object.fromEntries(
          views.flatMap((view) => {
            const polygon = rendered.lesionOutlines[id]?.[view];
            return polygon ? [[view, { polygon: polygon.map(rounded) }]] : [];
          }),
        ),
      }),
    ),
    sites: Object.fromEntries(
      Object.entries(rendered.siteOutlines).map(([site, outlines]) => [
        site,
        Object.fromEntries(
          views
            .filter((view) => outlines[view].length > 0)
            .map((view) => [view, outlines[view].map((polygon) => polygon.map(rounded))]),
        ),
      ]),
    ),
    warp: {
      anterior: { ...rendered.warp.anterior, points: rendered.warp.anterior.points.map(roundedFine) },
      posterior: { ...rendered.warp.posterior, points: rendered.warp.posterior.points.map(roundedFine) },
    },
    metastasis: phantomCase.lesions.some(({ nature }) => nature === 'metastatic'),
    distractors: phantomCase.distractors.map(({ kind }) => kind),
  };
}

/** To a tenth of a pixel: enough for every use and a third of the file. */
const rounded = ([x, y]: Point): Point => [Math.round(x * 10) / 10, Math.round(y * 10) / 10];
const roundedFine = ([x, y]: Point): Point => [Math.round(x * 100) / 100, Math.round(y * 100) / 100];

function describe(
  visit: PhantomVisit,
  accessionNumber: string,
  { views: pictures }: RenderedPhantom,
  uids: RandomStream,
) {
  const { patient, studyTime, uptakeHours } = visit;
  const { body } = visit.phantomCase;
  const injectionHour = String(Number(studyTime.slice(0, 2)) - uptakeHours).padStart(2, '0');
  return {
    studyInstanceUid: randomUid(uids.child('study')),
    seriesInstanceUid: randomUid(uids.child('series')),
    sopInstanceUid: randomUid(uids.child('instance')),
    patientId: patient.patientId,
    patientName: `${patient.familyName}^${patient.givenName}`,
    birthDate: patient.birthDate,
    sex: patient.sex === 'male' ? ('M' as const) : ('F' as const),
    heightMeters: body.heightCm / 100,
    weightKilograms: 22 * body.build * body.stoutness * (body.heightCm / 100) ** 2,
    accessionNumber,
    studyDate: visit.studyDate,
    studyTime,
    injectionTime: `${injectionHour}${studyTime.slice(2)}`,
    studyDescription: 'Whole body bone scan',
    manufacturer: 'Radiolect',
    modelName: 'Phantom',
    softwareVersion: '0.1.0',
    stationName: 'SYNTHETIC',
    injectedActivityMegabecquerels: visit.activityMegabecquerels,
    pixelSizeMm: 2.26,
    scanVelocityMillimetersPerSecond: visit.scanVelocityMillimetersPerSecond,
    synthetic: true,
    anterior: frameOf(pictures.anterior),
    posterior: frameOf(pictures.posterior),
  };
}

function frameOf({ rows, columns, pixels }: GreyImage): NuclearMedicineFrame {
  if (!(pixels instanceof Uint16Array)) throw new TypeError('a phantom is drawn in 16-bit counts');
  return { rows, columns, pixels };
}
