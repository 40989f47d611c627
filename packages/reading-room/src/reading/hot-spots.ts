import type { Pack, Prediction } from '@radiolect/findings';
import type { HotSpot } from '@radiolect/learning';
import { loadLocaliser } from '@radiolect/learning';
import { readLocaliserFolder } from '@radiolect/learning/node';
import { RefusedError } from '../errors.ts';
import type { StudyPictures } from './models.ts';

/**
 * The hot spots of a study that a localiser shows, surest first, named by the pack's atlas. Throws RefusedError where
 * the pack has no atlas, InvalidModelError where the folder is of no localiser.
 */
export async function findHotSpots(
  folder: string,
  pictures: StudyPictures,
  warps: Prediction['warps'],
  { atlas, name }: Pack,
): Promise<HotSpot[]> {
  if (!atlas) throw new RefusedError(`the pack ${name} has no atlas`, 'use a pack with atlas.json');
  const localiser = await loadLocaliser(await readLocaliserFolder(folder), { atlas });
  try {
    const spots = await localiser.localise(pictures, warps);
    return spots.filter(({ score }) => score >= localiser.threshold);
  } finally {
    await localiser.dispose();
  }
}
