import type { NamedTensors } from '@radiolect/onnx';
import type { Example } from './example.ts';
import { examplesOfRun } from './examples-by-split.ts';
import { trainLocaliser } from './localisation/train-localiser.ts';
import { boneScanPictures } from './pictures/bone-scan-pictures.ts';
import { pretrain } from './pretrain.ts';
import { sourceAugmentation } from './pretraining/shown-cases.ts';
import type { StatementsOf } from './pretraining/training-texts.ts';
import type { Recipe } from './recipe.ts';
import { trainClassifier } from './training/classifier-task.ts';
import type { RunFolder } from './training/run-folder.ts';
import type { SiteReaderContext } from './training/site-reader-task.ts';
import { trainSiteReader } from './training/site-reader-task.ts';
import type { RunOutcome } from './training/training-loop.ts';

/** What a run may use of its surroundings. */
export interface TrainingContext extends SiteReaderContext {
  /** Weights of a pretrained backbone, by name. */
  readonly pretrained?: NamedTensors;
  /** What the reports of the studies state, for a pretraining on images and reports. */
  readonly statements?: StatementsOf;
}

/**
 * Trains what the recipe says on labelled studies, and leaves a run folder that is a model folder when it ends. The
 * steps are those of `training/training-loop.ts`. A folder that holds a checkpoint of the same recipe and data is gone on
 * with. Throws UnusableDatasetError, ResumeMismatchError.
 */
export async function trainModel(
  recipe: Recipe,
  examples: AsyncIterable<Example>,
  run: RunFolder,
  context: TrainingContext,
): Promise<RunOutcome> {
  const bySplit = await examplesOfRun(examples, context.labelSpace);
  switch (recipe.kind) {
    case 'site-reader':
      return trainSiteReader(recipe, bySplit, run, context);
    case 'classifier': {
      const { picture } = recipe.backbone;
      return trainClassifier(recipe, boneScanPictures(bySplit, { ...recipe, picture }, context), run, context);
    }
    case 'localiser':
      return trainLocaliser(recipe, bySplit, run, context);
    case 'byol':
    case 'masked-autoencoder':
    case 'image-report': {
      const settings = {
        picture: recipe.backbone.picture,
        outputs: 'positions',
        augmentation: sourceAugmentation(recipe.showing),
      } as const;
      return pretrain(recipe, boneScanPictures(bySplit, settings, context), run, context);
    }
  }
}
