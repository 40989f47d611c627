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
