export type { Device, DeviceChoice } from '@radiolect/onnx';
export { chooseDevice, DeviceUnavailableError, devices } from '@radiolect/onnx';
export type { Backbone, BackboneContext, BackboneOutputs } from './backbones/backbone.ts';
export type { BackboneSettings } from './backbones/create-backbone.ts';
export { createBackbone } from './backbones/create-backbone.ts';
export type { ExportOptions } from './backbones/export-model.ts';
export { exportedModel } from './backbones/export-model.ts';
export { configOfSettings, settingsOfConfig } from './backbones/hugging-face-config.ts';
export type { LoadOptions } from './backbones/load-weights.ts';
export { backboneWeights, exportedWeights } from './backbones/load-weights.ts';
export type { WeightNames } from './backbones/weight-names.ts';
export type { Calibration, CalibrationKind } from './calibration/calibration.ts';
export { calibrated } from './calibration/calibration.ts';
export type { ScoredLabels } from './calibration/scored-labels.ts';
export type { ThresholdRule } from './calibration/thresholds.ts';
export { bestF1Threshold } from './calibration/thresholds.ts';
export { ensemble } from './ensemble.ts';
export {
  InvalidBackboneError,
  InvalidModelError,
  ResumeMismatchError,
  UnfitWeightsError,
  UnusableDatasetError,
} from './errors.ts';
export type { Example, Region, Split, ViewReference } from './example.ts';
export { hashFraction, splitOf } from './example.ts';
export type { Fold } from './folds.ts';
export { foldOf, inFold } from './folds.ts';
export type { GateAnswer } from './gate/bone-scan-gate.ts';
export { boneScanGate } from './gate/bone-scan-gate.ts';
export type { InputCache } from './input/input-cache.ts';
export { MemoryInputCache } from './input/input-cache.ts';
export type { GridView, ModelInput, StudyViews } from './input/model-input.ts';
export { modelInput } from './input/model-input.ts';
export type { ReadingGrid } from './input/reading-grid.ts';
export { readingGrid } from './input/reading-grid.ts';
export type { Classifier } from './loaded-classifier.ts';
export { loadClassifier } from './loaded-classifier.ts';
export type { HeatMap, Model, ModelContext } from './loaded-model.ts';
export { loadModel } from './loaded-model.ts';
export type { HotSpot } from './localisation/hot-spot.ts';
export type { Localiser, PreparedStudy } from './localisation/load-localiser.ts';
export { loadLocaliser } from './localisation/load-localiser.ts';
export type { LocaliserFiles, LocaliserManifest } from './localisation/localiser-files.ts';
export type { LocaliserRecipe } from './localisation/localiser-recipe.ts';
export type { PlainReader } from './localisation/plain-readers.ts';
export { plainReaders, plainSpots } from './localisation/plain-readers.ts';
export type { ModelFiles } from './model-files.ts';
export { modelFileNames } from './model-files.ts';
export type { LossSettings } from './network/losses.ts';
export type { FinetuningSettings } from './network/parameter-policy.ts';
export type { PictureExample, PictureSource } from './pictures/picture-source.ts';
export type { LabelledPictures, LabelledSplit } from './pictures/plain-pictures.ts';
export { plainPictures } from './pictures/plain-pictures.ts';
export type { PretrainingContext, PretrainingManifest, PretrainingRecord } from './pretrain.ts';
export { pretrain } from './pretrain.ts';
export type { Diagnostics } from './pretraining/diagnostics.ts';
export { diagnose } from './pretraining/diagnostics.ts';
export type { EpochChoice, EpochRecord } from './pretraining/epoch-choice.ts';
export type {
  ByolRecipe,
  ImageReportRecipe,
  MaskedAutoencoderRecipe,
  PretrainingRecipe,
} from './pretraining/pretraining-recipe.ts';
export { sourceAugmentation } from './pretraining/shown-cases.ts';
export type { Statement } from './pretraining/statement.ts';
export type { StatementsOf } from './pretraining/training-texts.ts';
export type { ClassifierRecipe, LabelPolicy, Recipe, SiteReaderRecipe } from './recipe.ts';
export { gridOfRecipe } from './recipe.ts';
export { overrideRecipe, RecipeOverrideError } from './recipe-overrides.ts';
export type { TrainingContext } from './train.ts';
export { trainModel } from './train.ts';
export type { EpochMetrics } from './training/checkpoint.ts';
export type { ClassifierContext, ClassifierManifest, OutputOperations } from './training/classifier-task.ts';
export { trainClassifier } from './training/classifier-task.ts';
export type { RunManifest } from './training/manifest.ts';
export type { OperatingPointSettings, OperatingPoints, PositionOperation } from './training/operating-points.ts';
export { positionOperations } from './training/operating-points.ts';
export type { RunFolder } from './training/run-folder.ts';
export { MemoryRunFolder } from './training/run-folder.ts';
export type { RunContext, RunOutcome } from './training/training-loop.ts';
export { encodeMeanPicture, meanPicture } from './warp/mean-picture.ts';
export type { WarpEstimate, WarpEstimator } from './warp/warp-estimator.ts';
export { createWarpEstimator } from './warp/warp-estimator.ts';
export { estimateWarps } from './warps-of-study.ts';
export type {
  CaseView,
  EpochLine,
  RunEnd,
  RunStart,
  RunWatcher,
  SiteRow,
  StepReport,
  ValidationReport,
  WorstCase,
} from './watching/run-watcher.ts';
export { watchTogether } from './watching/run-watcher.ts';
export type { WatchedFolder, WatchSettings } from './watching/watch-run-folder.ts';
export { watchRunFolder } from './watching/watch-run-folder.ts';
