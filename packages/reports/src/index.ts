export type {
  Assertion,
  AssertionReader,
  Experiencer,
  Temporality,
  TextSpan,
} from './assertion/assertion-reader.ts';
export { createAssertionReader } from './assertion/assertion-reader.ts';
export type { AssertionRules } from './assertion/assertion-rules.ts';
export { parseAssertionRules } from './assertion/assertion-rules.ts';
export { assertionRules } from './assertion/language-rules.ts';
export type { TextReader } from './checks/check-draft.ts';
export { checkDraft } from './checks/check-draft.ts';
export type { DraftMark, MarkKind, ReportComparison, ReportMark, SiteMark } from './checks/compare-report.ts';
export { compareReportWithFindings } from './checks/compare-report.ts';
export type { DraftCheck, DraftCheckCode } from './checks/draft-check.ts';
export { draftCheckCodes } from './checks/draft-check.ts';
export type {
  DeidentifiedText,
  Deidentifier,
  DeidentifierOptions,
  ReplacedSpan,
  TextPseudonyms,
} from './de-identification/deidentifier.ts';
export { createDeidentifier } from './de-identification/deidentifier.ts';
export type { KnownIdentity } from './de-identification/find-identities.ts';
export type { IdentityKind } from './de-identification/rules.ts';
export type { DateOrder } from './de-identification/written-date.ts';
export { changesSincePrior } from './drafter/changes-since-prior.ts';
export type { LaidOutDraft } from './drafter/draft-text.ts';
export { draftText, layOutDraft } from './drafter/draft-text.ts';
export type { Drafter, DraftInput } from './drafter/drafter.ts';
export { createDrafter } from './drafter/drafter.ts';
export type { StudyAttributes } from './drafter/header.ts';
export type { DraftTemplate } from './drafter/template.ts';
export { parseTemplate } from './drafter/template.ts';
export { guidelineOf } from './language-model/guideline.ts';
export type {
  Completion,
  CompletionOptions,
  CompletionRequest,
  CompletionUsage,
  ImagePart,
  LanguageModel,
} from './language-model/language-model.ts';
export type {
  Abstention,
  LanguageModelReader,
  LanguageModelReading,
  ReadingCounts,
} from './language-model/language-model-reader.ts';
export { createLanguageModelReader, sumUsage } from './language-model/language-model-reader.ts';
export type { SiteDisagreement, TwoReadings } from './language-model/two-readings.ts';
export { compareTwoReadings } from './language-model/two-readings.ts';
export type {
  DraftWriter,
  DraftWriterInput,
  DraftWriterOptions,
  ProposedSentence,
  Replacement,
  ReplacementReason,
  Suggestion,
  WrittenDraft,
} from './language-model-drafter/draft-writer.ts';
export { ruleDraftWriter } from './language-model-drafter/draft-writer.ts';
export { createLanguageModelDrafter } from './language-model-drafter/language-model-drafter.ts';
export { IncompleteSignatureError, UnconfirmedSentenceError } from './lifecycle/errors.ts';
export type { Signature } from './lifecycle/signed-report.ts';
export { amendReport, signedReportJson, signedReportText, signReport } from './lifecycle/signed-report.ts';
export { checkPack } from './pack-check/check-pack.ts';
export type { PackProblem } from './pack-check/pack-problem.ts';
export type { ExplainInput, PlainSentence } from './plain-language/explain.ts';
export { explain, plainText } from './plain-language/explain.ts';
export type { LabelLine } from './reader/label-line.ts';
export { labelLine } from './reader/label-line.ts';
export type { RuleReader } from './reader/rule-reader.ts';
export { createRuleReader } from './reader/rule-reader.ts';
export { InvalidCheckContextError, parseCheckContext } from './report-checks/check-context.ts';
export type {
  CheckContext,
  CheckSeverity,
  CompletenessItem,
  ImageFinding,
  QualityMeasure,
  ReportCheck,
  ReportCheckCode,
} from './report-checks/report-check.ts';
export { reportCheckCodes } from './report-checks/report-check.ts';
export type { ReportChecker } from './report-checks/report-checker.ts';
export { createReportChecker } from './report-checks/report-checker.ts';
export type { FilledValue } from './structure/bound-elements.ts';
export { fillFromFindings } from './structure/bound-elements.ts';
export type { LintedReport, StructureProblem, StructureProblemCode } from './structure/lint.ts';
export { lintStructured, structureProblemCodes } from './structure/lint.ts';
export type { Structurer } from './structure/structurer.ts';
export { cdeSetsOfPack, createStructurer } from './structure/structurer.ts';
export { synopticPage } from './structure/synoptic-page.ts';
