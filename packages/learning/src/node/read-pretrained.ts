import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { NamedTensors } from '@radiolect/onnx';
import { readSafetensors } from '@radiolect/onnx';
import { backboneWeights } from '../backbones/load-weights.ts';
import { UnusableDatasetError } from '../errors.ts';
import type { Recipe } from '../recipe.ts';

/**
 * The weights that a recipe's backbone begins with: of a pretraining's run folder (`backbone.safetensors`), of a folder
 * that `transformers` saved (`model.safetensors`), or of a safetensors file of `transformers` or timm. A checkpoint of colour pictures is summed for grey ones.
 * Throws UnfitWeightsError, InvalidSafetensorsError, and UnusableDatasetError where the recipe has no such backbone.
 */
export async function readPretrained(path: string, recipe: Recipe): Promise<NamedTensors> {
  if (!('backbone' in recipe) || recipe.backbone.kind === 'pixels')
    throw new UnusableDatasetError(
      `a ${recipe.kind} has no backbone that pretrained weights fit`,
      'Leave the pretrained weights out, or train a classifier.',
    );
  const file = (await stat(path)).isDirectory() ? await weightsFile(path) : path;
  const { tensors } = readSafetensors(await readFile(file));
  return backboneWeights(recipe.backbone, tensors, { adaptsChannels: true });
}

/** Of a folder: our own file where it is there, else the name that others use. */
async function weightsFile(folder: string): Promise<string> {
  const own = join(folder, 'backbone.safetensors');
  const isThere = await stat(own).then(
    () => true,
    () => false,
  );
  return isThere ? own : join(folder, 'model.safetensors');
}
