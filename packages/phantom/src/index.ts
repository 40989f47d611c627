export type {
  LesionShape,
  PhantomBody,
  PhantomCase,
  PhantomDistractor,
  PhantomLesion,
  PhantomPhysiology,
  PhantomScanner,
} from './phantom-case.ts';
export { intensityShares, lesionShapes } from './phantom-case.ts';
export type { PicturePatch } from './picture/piece.ts';
export type { ExpectedCounts, RenderedPhantom } from './picture/render-phantom.ts';
export { renderPhantom } from './picture/render-phantom.ts';
export { RandomStream } from './random-stream.ts';
export type { HouseStyle } from './report/habits.ts';
export { houseStyles } from './report/habits.ts';
export type { PhantomReport } from './report/write-report.ts';
export { writeReport } from './report/write-report.ts';
export type { ClinicalBackground } from './sampling/clinical-background.ts';
export type { Mix } from './sampling/disease.ts';
export { mixes } from './sampling/disease.ts';
export type { PhantomVisit } from './sampling/sample-visit.ts';
export { sampleVisit } from './sampling/sample-visit.ts';
export type { PhantomRequest, PhantomStudy } from './study/make-phantom-study.ts';
export { accessionNumberOf, makePhantomStudy, phantomOfAccession } from './study/make-phantom-study.ts';
