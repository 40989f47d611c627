import type { GridSize } from '../input/reading-grid.ts';
import type { AugmentationSettings } from '../recipe.ts';
import type { Schedule } from '../training/schedule.ts';
import type { LocaliserSettings } from './localiser.ts';

/** Where hot spots lie: a mask of every bone at the resolution of the picture, learnt from outlines. */
export interface LocaliserRecipe extends Schedule {
  readonly kind: 'localiser';
  readonly pack: string;
  /** The plane it reads on: about one cell for a pixel of 2.26 mm, so that a lesion of four pixels is not averaged away. */
  readonly grid: GridSize;
  readonly model: LocaliserSettings;
  /** Places a study is shown at in a step. `batchSize` counts studies. */
  readonly placesPerStudy: number;
  /** Views are not shifted: the places are. */
  readonly augmentation: Omit<AugmentationSettings, 'shift'>;
  readonly loss: {
    /** What a cell of a lesion of 60 cells counts; smaller lesions count more by cell, larger ones less. */
    readonly lesion: number;
    readonly malignant: number;
  };
  /** Studies from which the normal picture is estimated. */
  readonly normalisationStudies: number;
  /** Validation studies that choose the epoch. */
  readonly validationStudies: number;
}
