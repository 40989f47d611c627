export type { Atlas, AtlasOutline, AtlasView, MeanPicture, Warp } from './atlas.ts';
export {
  distanceToEdge,
  distanceToPolygon,
  innerPoint,
  insidePolygon,
  outlineInPicture,
  polygonArea,
  siteAt,
  siteOutline,
} from './atlas-geometry.ts';
export type { AtlasSvgOptions } from './atlas-svg.ts';
export { atlasSvg } from './atlas-svg.ts';
export type {
  CdeDomain,
  CdeElement,
  CdeForm,
  CdeProblem,
  CdeProblemCode,
  CdeSet,
  CdeStatus,
  CdeValue,
  IndexCode,
} from './cde/cde-set.ts';
export { cdeStatuses, codedValue, elementOf } from './cde/cde-set.ts';
export { NotACdeSetError } from './cde/errors.ts';
export { parseCdeSet } from './cde/parse-cde-set.ts';
export type {
  ElementConflict,
  ElementValue,
  ReportSpan,
  StructuredReport,
  UnmappedStatement,
} from './cde/structured-report.ts';
export type { Comparison, SiteComparison } from './comparison.ts';
export { compareFindings } from './comparison.ts';
export type { ConceptPosition } from './concept-position.ts';
export { parseConcepts } from './concept-position.ts';
export { InvalidFindingError, InvalidPackError } from './errors.ts';
export type { Evidence, ImageEvidence, Point, ProbabilityEvidence, TextEvidence } from './evidence.ts';
export { fillPolygon } from './fill-polygon.ts';
export type { CodedConcept, Finding, FindingAttributes, FindingInput, FindingSource } from './finding.ts';
export { abnormalUptake, brokenRule, equalFindings, findingSchema, makeFinding } from './finding.ts';
export type { LabelSpace, LabelVector, OperatingPoint } from './label-space.ts';
export {
  findingsOfLabelVector,
  findingsOfProbabilities,
  labelVectorOf,
  siteLabelsOf,
  stateOfProbability,
} from './label-space.ts';
export type { Pack, PackKind } from './pack.ts';
export { packJson, parsePack } from './pack.ts';
export type {
  ClinicalPanel,
  DeniedCause,
  DraftHeader,
  DraftReport,
  DraftSentence,
  ExtraosseousStatement,
  Prediction,
  ReadingWarning,
  RegionalStatement,
  ReportReading,
  ReportText,
  SignedReport,
  SiteLabel,
  StudyTruth,
  TruthFinding,
} from './report.ts';
export type { AnatomicSite } from './site.ts';
export { mirrorSite, parseSites } from './site.ts';
export type {
  Change,
  ImpressionClass,
  Intensity,
  LabelState,
  Language,
  Laterality,
  Likelihood,
  Nature,
  Presence,
  Uptake,
  View,
} from './vocabulary.ts';
export {
  changes,
  impressionClasses,
  intensities,
  languages,
  lateralities,
  likelihoods,
  natures,
  presences,
  uptakes,
  views,
} from './vocabulary.ts';
export {
  atlasHeight,
  atlasPositions,
  atlasWidth,
  identityWarp,
  makeWarp,
  mirrorWarp,
  warpToAtlas,
  warpToPicture,
} from './warp.ts';
