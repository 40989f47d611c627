export type { ClusterTask, SweepPlan } from './cluster/cluster-tasks.ts';
export { clusterTasks } from './cluster/cluster-tasks.ts';
export type { FollowOptions, TaskStatus } from './cluster/follow-job.ts';
export { cancelJob, followJob, statusOfJob } from './cluster/follow-job.ts';
export type { ClusterResults, TaskResult } from './cluster/gather-results.ts';
export { gatherResults, resultsTable } from './cluster/gather-results.ts';
export type { ClusterJob, ClusterJobPlan, CommandsOf } from './cluster/job-folder.ts';
export { JobFolder } from './cluster/job-folder.ts';
export type { SlurmResources } from './cluster/slurm.ts';
export { Slurm, SlurmError } from './cluster/slurm.ts';
export { endingInWords } from './cluster/slurm-job-state.ts';
export { progressWriter } from './cluster/task-progress.ts';
export { buildDataset, buildPhantomDataset } from './dataset/build-dataset.ts';
export { labelsOfReading } from './dataset/example-labels.ts';
export { statementsOfReport } from './dataset/report-statements.ts';
export type { DatasetManifest } from './dataset/write-dataset.ts';
export type { AuditedStudy, AuditOptions, DraftingAudit } from './drafting/audit-drafting.ts';
export { auditDrafting } from './drafting/audit-drafting.ts';
export type { AuditRecord } from './drafting/audit-record.ts';
export { auditFile, readAudit } from './drafting/audit-record.ts';
export { imageParts } from './drafting/image-parts.ts';
export type { DraftUnderWay, KeptDraft, WriteDraftsOptions, WriteDraftsRequest } from './drafting/write-drafts.ts';
export { languageModelsOn, listDrafts, takeDraft, writeDrafts } from './drafting/write-drafts.ts';
export { ConflictError, NotFoundError, RefusedError, StoreUnavailableError } from './errors.ts';
export type { DatasetResult } from './grading/grade-dataset.ts';
export { gradeDataset } from './grading/grade-dataset.ts';
export type { LocaliserFigures, LocaliserResult, ReaderResult } from './grading/grade-localiser.ts';
export { gradeLocaliser, mostFocal } from './grading/grade-localiser.ts';
export type { PictureResult } from './grading/grade-pictures.ts';
export { gradePictures } from './grading/grade-pictures.ts';
export type { GradingRequest, GradingTools, StudyGrade } from './grading/grade-study.ts';
export { gradeStudy } from './grading/grade-study.ts';
export type { GradingResult } from './grading/grading-result.ts';
export { gradingResult } from './grading/grading-result.ts';
export type { ImportOptions, ImportProgress, ImportRefusal, ImportResult } from './import/import-archive.ts';
export { importArchive } from './import/import-archive.ts';
export { labelReports } from './import/label-reports.ts';
export type { ImportRun, Matches, MatchProposal } from './import/matches.ts';
export { decideMatch, listImports, listMatches } from './import/matches.ts';
export { patientOf } from './import/pseudonyms.ts';
export type { PseudonymisedReport, ReportPseudonyms, ReportPseudonymsOptions } from './import/report-pseudonyms.ts';
export { createReportPseudonyms } from './import/report-pseudonyms.ts';
export type { LanguageModelCard, LanguageModelLoans, LanguageModels } from './language-models/language-models.ts';
export { openLanguageModels } from './language-models/language-models.ts';
export type { OpenRoomOptions } from './open-room.ts';
export { openRoom } from './open-room.ts';
export { findingsOfPrediction } from './reading/findings-of-prediction.ts';
export type { HeatMapPicture } from './reading/heat-map.ts';
export { heatMapPicture } from './reading/heat-map.ts';
export { findHotSpots } from './reading/hot-spots.ts';
export type { ModelInUse, Models, ReadyModel } from './reading/models.ts';
export { goBackToPreviousModel, listModels, modelInUse, selectModel, switchShippedModel } from './reading/models.ts';
export { openModels } from './reading/open-models.ts';
export type { FileReading } from './reading/read-files.ts';
export { findingsHeatMaps, isSynthetic, readFiles, studyOfPath } from './reading/read-files.ts';
export { picturesOf, readStudy, readUnread, unvalidatedNote } from './reading/read-study.ts';
export type { TextEncoding } from './report-files/decode-text.ts';
export { decodeText } from './report-files/decode-text.ts';
export type { ReadReportTablesOptions, ReportTableEvent } from './report-files/read-report-tables.ts';
export { readReportTables } from './report-files/read-report-tables.ts';
export type { ReportColumns } from './report-files/report-columns.ts';
export { parseColumns } from './report-files/report-columns.ts';
export type { FillOptions, ReviewFilling, UnreadReport } from './review-queue/fill-review-queue.ts';
export { fillReviewQueue } from './review-queue/fill-review-queue.ts';
export type { ReviewCounts, ReviewDecision, ReviewFilter, ReviewItem } from './review-queue/review-queue.ts';
export {
  countReviewItems,
  listReviewItems,
  loadReviewItem,
  reopenReviewItem,
  resolveReviewItem,
} from './review-queue/review-queue.ts';
export type { Room } from './room.ts';
export type { OpenStoreOptions, Store } from './store/open-store.ts';
export { openStore } from './store/open-store.ts';
export type { ListedFinding, ModelCard, ModelScores, StudyStatus } from './store/records.ts';
export type { StudyRecord, StudyViewRecord } from './store/schema.ts';
export { identityKey, readSetting, writeSetting } from './store/settings.ts';
export type { Check } from './study/checks.ts';
export type { PriorStudy, StudyPage } from './study/load-study.ts';
export { findStudy, findStudyByName, loadStudy, viewCounts } from './study/load-study.ts';
export type { SignRequest } from './study/sign-report.ts';
export { cancelAmendment, signReport, startAmendment, versionsOf } from './study/sign-report.ts';
export { studyActs } from './study/study-acts.ts';
export type { ModelComparison } from './training/compare-models.ts';
export { compareModels } from './training/compare-models.ts';
export type { DatasetFigures, RecipeCard } from './training/dataset-figures.ts';
export { datasetFigures, recipeCards } from './training/dataset-figures.ts';
export type { TrainingJob, TrainingSurroundings } from './training/train-on-archive.ts';
export {
  cancelTraining,
  findTraining,
  latestTraining,
  listRecipes,
  resumeTraining,
  startTraining,
  stopTrainings,
} from './training/train-on-archive.ts';
export type { TrainingProgress } from './training/training-messages.ts';
export type { WorklistEntry, WorklistFilter } from './worklist/list-studies.ts';
export { listStudies } from './worklist/list-studies.ts';
