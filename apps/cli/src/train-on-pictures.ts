import type { ClassifierContext, Recipe, RunFolder, RunOutcome } from '@radiolect/learning';
import { plainPictures, trainClassifier } from '@radiolect/learning';
import { readLabelledNpz } from '@radiolect/learning/node';

/** Trains a classifier on the pictures of an `.npz` file: its train split to learn, its val split to choose. */
export async function trainOnPictures(
  recipe: Recipe,
  file: string,
  run: RunFolder,
  context: ClassifierContext,
): Promise<RunOutcome> {
  if (recipe.kind !== 'classifier')
    throw new Error(`${recipe.name} is no recipe of a classifier, and ${file} holds pictures: name another recipe`);
  const data = await readLabelledNpz(file, ['train', 'validation']);
  for (const split of ['train', 'validation'] as const)
    if (!data.splits[split]) throw new Error(`${file} has no pictures for ${split}: both splits are needed`);
  const source = plainPictures(data, recipe.backbone.picture, recipe.augmentation, recipe.distortion);
  return await trainClassifier(recipe, source, run, context);
}
