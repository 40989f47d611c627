import type { BackboneSettings, PixelSettings } from './backbones/create-backbone.ts';
import type { GridSize } from './input/reading-grid.ts';
import { usualGrid } from './input/reading-grid.ts';
import type { LocaliserRecipe } from './localisation/localiser-recipe.ts';
import type { Readout } from './model/classifier.ts';
import type { WindowSettings } from './model/geometry.ts';
import type { SiteReaderSettings } from './model/site-reader.ts';
import type { LossSettings } from './network/losses.ts';
import type { FinetuningSettings } from './network/parameter-policy.ts';
import type { PretrainingRecipe } from './pretraining/pretraining-recipe.ts';
import type { OperatingPointSettings } from './training/operating-points.ts';
import type { Schedule } from './training/schedule.ts';

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
  /** Chance that a study is shown as exported pictures are: few grey values, few pixels, a window. 0 where left out. */
  readonly exports?: number;
}

/** Changes that suit pictures which stand for themselves, beside mirror, shift and gain. */
export interface DistortionSettings {
  /** Turned by up to so many degrees either way. */
  readonly rotation: number;
  /** Sides are scaled by e^(±scale), each on its own by a quarter of it. */
  readonly scale: number;
  /** Grey values are raised to the power e^(±gamma), between the picture's darkest and brightest. */
  readonly gamma: number;
  /** Deviation of added noise at most, in deviations of the picture. */
  readonly noise: number;
  /** Chance that a rectangle of up to a third of each side is set to the mean. */
  readonly erased: number;
}

/** How much a positive label counts. */
export interface PositiveWeighting {
  /** Positive weight of an output is (negatives ÷ positives)^power, at most `largestPositiveWeight`; 0 weighs alike. */
  readonly positivePower: number;
  readonly largestPositiveWeight: number;
}

/** The reader of bone scans: windows placed on the skeleton, a token for each site. */
export interface SiteReaderRecipe extends Schedule {
  readonly kind: 'site-reader';
  readonly pack: string;
  readonly labels: LabelPolicy;
  readonly windows: WindowSettings;
  readonly model: SiteReaderSettings;
  readonly augmentation: AugmentationSettings;
  readonly loss: PositiveWeighting &
    LossSettings & {
      readonly nature: number;
      /** A cause's weight is (mean count of the causes ÷ its count)^power: rare ones are not drowned. 0 weighs all alike. */
      readonly naturePower: number;
      readonly metastasis: number;
    };
  /** How validation turns logits into calls; Platt scaling and the best F1 where left out. */
  readonly operatingPoints?: OperatingPointSettings;
  /** Studies from which the normal picture is estimated. */
  readonly normalisationStudies: number;
}

/** Any backbone over the views of a case, and a linear head with one output for each label. */
export interface ClassifierRecipe extends Schedule {
  readonly kind: 'classifier';
  /** The pack whose label space and atlas the data set uses; left out for pictures that stand for themselves. */
  readonly pack?: string;
  /** Its `picture` is the size in which the cases are shown. */
  readonly backbone: BackboneSettings | PixelSettings;
  readonly readout: Readout;
  /** `positions`: each position of the label space; `abnormal`: one output, whether any position is present. */
  readonly outputs: 'positions' | 'abnormal';
  readonly labels: LabelPolicy;
  readonly augmentation: AugmentationSettings;
  /** For pictures of an `.npz` file, which are changed as photographs are; bone scans leave it out. */
  readonly distortion?: DistortionSettings;
  readonly loss: PositiveWeighting & LossSettings;
  /** What of a pretrained model is trained on; everything where left out. */
  readonly finetuning?: FinetuningSettings;
  /** How validation turns logits into calls; Platt scaling and the best F1 where left out. */
  readonly operatingPoints?: OperatingPointSettings;
  /** Largest share of pictures whose residual branch is skipped in a step, 0 to below 1; rises with depth. */
  readonly dropPath?: number;
}

/** The reading grid on which a recipe wants its studies. */
export function gridOfRecipe(recipe: Recipe): GridSize {
  if (recipe.kind === 'site-reader') return recipe.windows;
  return recipe.kind === 'localiser' ? recipe.grid : usualGrid;
}

/** Typed training settings: together with a data set and its seed they give the model. */
export type Recipe = SiteReaderRecipe | ClassifierRecipe | LocaliserRecipe | PretrainingRecipe;
