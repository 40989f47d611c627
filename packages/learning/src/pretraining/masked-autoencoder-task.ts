import { floatTensor } from '@radiolect/onnx';
import { createBackbone } from '../backbones/create-backbone.ts';
import { vitShape } from '../backbones/vit.ts';
import { InvalidBackboneError } from '../errors.ts';
import type { PictureSource } from '../pictures/picture-source.ts';
import type { TrainingTask } from '../training/training-task.ts';
import { asChannels } from './feature-reader.ts';
import { drawMasks, maskedAutoencoderLoss, maskInputs, visiblePatches } from './masked-autoencoder-loss.ts';
import type { MaskedAutoencoderRecipe } from './pretraining-recipe.ts';
import type { PretrainingSurroundings } from './pretraining-task.ts';
import { pretrainingTask } from './pretraining-task.ts';
import { showCases } from './shown-cases.ts';

/** Masked autoencoder on all views of a case. Throws InvalidBackboneError unless the backbone is a vision transformer. */
export async function maskedAutoencoderTask(
  recipe: MaskedAutoencoderRecipe,
  source: PictureSource,
  surroundings: PretrainingSurroundings,
): Promise<TrainingTask> {
  if (recipe.backbone.kind !== 'vit')
    throw new InvalidBackboneError(
      recipe.backbone.kind,
      'a masked autoencoder leaves patches out, which only a vision transformer can',
      'choose kind "vit", or pretrain with "byol"',
    );
  const backbone = createBackbone(recipe.backbone);
  const shape = vitShape(recipe.backbone);
  const patches = shape.lattice[0] * shape.lattice[1];
  const visible = visiblePatches(patches, recipe.masking);
  const { views, picture } = source;
  return pretrainingTask(recipe, source, surroundings, {
    backbone,
    advice:
      `lower optimizer.learningRate (${recipe.optimizer.learningRate}) or lengthen warmupSteps; ` +
      'else hide fewer patches (masking.maskRatio) or let the decoder be shallower, so that the encoder has to tell more.',
    build(g, p, batch) {
      const pictures = g.input('pictures', 'float32', [batch * views, ...picture]);
      const masks = maskInputs(g, batch * views, patches, visible);
      return {
        loss: maskedAutoencoderLoss(g, p, shape, asChannels(g, pictures, backbone), masks, recipe.masking),
      };
    },
    async batch({ indices, random }) {
      const chosen = indices.map((index) => source.examples.train[index]!);
      const { images, seen } = await showCases(source, chosen, { showing: recipe.showing, random });
      const pictures = floatTensor([indices.length * views, ...picture]);
      pictures.data.set(images.data as Float32Array);
      withoutGaps(pictures.data, seen.data as Float32Array, views);
      return { pictures, ...drawMasks(indices.length * views, patches, visible, random) };
    },
  });
}

/** A view that is missing is replaced by one that is there: an empty picture teaches to say nothing. */
function withoutGaps(pictures: Float32Array, seen: Float32Array, views: number): void {
  const cells = pictures.length / seen.length;
  for (let first = 0; first < seen.length; first += views) {
    const there = seen.subarray(first, first + views).indexOf(1);
    for (let view = 0; view < views && there >= 0; view++)
      if (seen[first + view] === 0)
        pictures.copyWithin((first + view) * cells, (first + there) * cells, (first + there + 1) * cells);
  }
}
