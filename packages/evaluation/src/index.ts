export type { BootstrapOptions, Estimate } from './bootstrap.ts';
export { bootstrap, quantile } from './bootstrap.ts';
export type { ReliabilityBin } from './calibration.ts';
export { brierScore, expectedCalibrationError, reliability } from './calibration.ts';
export type { DrafterAnswer, DrafterVerdict, PicturePair } from './drafter-audit/audit-drafter.ts';
export { auditDrafter, suggestionRecord } from './drafter-audit/audit-drafter.ts';
export type { Tally } from './finding-agreement.ts';
export { addTallies, f1, macroF1, tallyAnswers, tallyFindings } from './finding-agreement.ts';
export type { ConfusionMatrix } from './kappa.ts';
export { cohenKappa, confusionMatrix } from './kappa.ts';
export type { Box } from './localisation/box.ts';
export { boxArea, boxIou, boxOf } from './localisation/box.ts';
export type { BoxedPicture, BoxPrecision } from './localisation/box-precision.ts';
export { boxPrecision } from './localisation/box-precision.ts';
export type { FreeResponse, FreeResponsePoint, MarkedScan } from './localisation/free-response.ts';
export { freeResponse } from './localisation/free-response.ts';
export type { NamedCurve } from './localisation/free-response-svg.ts';
export { freeResponseSvg } from './localisation/free-response-svg.ts';
export type { HitCriterion } from './localisation/hit-criterion.ts';
export { findsOf, hitCriteria } from './localisation/hit-criterion.ts';
export { meanInterval } from './mean-interval.ts';
export type { PermutationResult } from './permutation.ts';
export { permutationTest } from './permutation.ts';
export { cleanContext } from './planted-errors/clean-context.ts';
export type { CaseContext, PlantableReport, PlantedCase, PlantedKind } from './planted-errors/planted-case.ts';
export { plantedKinds } from './planted-errors/planted-case.ts';
export type {
  CheckerAnswer,
  CheckerUnderTest,
  PlantedOutcome,
  PlantedRow,
  PlantedScorecard,
} from './planted-errors/planted-suite.ts';
export { plantErrors, rightKinds, runPlanted } from './planted-errors/planted-suite.ts';
export type { IdentitySet } from './planted-identities/identity-set.ts';
export { parseIdentitySet } from './planted-identities/identity-set.ts';
export type { IdentityKind, PlantedReport, PlantedSpan } from './planted-identities/plant-identities.ts';
export { identityKinds, plantIdentities } from './planted-identities/plant-identities.ts';
export type { RemovalCase, RemovalFigures } from './planted-identities/removal-figures.ts';
export { removalFigures } from './planted-identities/removal-figures.ts';
export { proportion } from './proportion.ts';
export type { RankedUnits } from './ranking.ts';
export { auroc, averagePrecision, rank, sensitivityAtFalsePositiveRate } from './ranking.ts';
export type {
  ComparedAttribute,
  ReaderComparison,
  ReaderFigures,
  ReaderLabels,
  ReadingCost,
} from './readers/compare-readers.ts';
export { comparedAttributes, compareReaders } from './readers/compare-readers.ts';
export type { LabelledReport } from './readers/gold-labels.ts';
export { expandedLabels, labelledReportSchema } from './readers/gold-labels.ts';
export type { Metric, Scorecard, ScorecardManifest } from './scorecard.ts';
export { scorecardTable } from './scorecard.ts';
export type { SiteRow, SiteScores, SiteTable } from './site-table.ts';
export { siteTable } from './site-table.ts';
