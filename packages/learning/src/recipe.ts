import type { AdamWSettings } from '@radiolect/onnx';
import type { WindowSettings } from './model/geometry.ts';
import type { SiteReaderSettings } from './model/site-reader.ts';

/** What a label state means for the loss. Written to the manifest; never decided inside a parser. */
export interface LabelPolicy {
  /** `masked`: silence says nothing. `absent`: silence denies. */
  readonly unmentioned: 'masked' | 'absent';
  /** `masked`, or the share (0 to 1) with which an uncertain site counts as present. */
  readonly uncertain: 'masked' | number;
}

export interface AugmentationSettings {
  /** Chance of mirroring the patient, sides and labels with the picture. */
  readonly mirror: number;
  /** Largest shift in cells, each view on its own. */
  readonly shift: number;
  /** Views are scaled by e^(±gain). */
  readonly gain: number;
  /** Counts are thinned to between this share and all of them. */
  readonly thinning: number;
  /** Chance that one of two views is left out. */
  readonly viewDropout: number;
}

/** Typed training settings: together with a data set and its seed they give the model. */
export interface Recipe {
  readonly name: string;
  readonly seed: number;
  readonly pack: string;
  readonly labels: LabelPolicy;
  readonly windows: WindowSettings;
  readonly model: SiteReaderSettings;
  readonly augmentation: AugmentationSettings;
  readonly optimizer: AdamWSettings & {
    readonly learningRate: number;
    readonly warmupSteps: number;
    /** Weights for reading are a moving average of those in training. */
    readonly averaging: number;
  };
  readonly loss: {
    /** Positive weight of a site is (negatives ÷ positives)^power, at most `largestPositiveWeight`. */
    readonly positivePower: number;
    readonly largestPositiveWeight: number;
    readonly nature: number;
    /** A cause's weight is (mean count of the causes ÷ its count)^power: rare ones are not drowned. 0 weighs all alike. */
    readonly naturePower: number;
    readonly metastasis: number;
  };
  readonly batchSize: number;
  readonly epochs: number;
  /** Epochs without a better validation score before the run stops. */
  readonly patience: number;
  readonly checkpointEverySteps: number;
  /** Studies from which the normal picture is estimated. */
  readonly normalisationStudies: number;
}
