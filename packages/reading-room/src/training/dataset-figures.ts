import { join } from 'node:path';
import type { LabelSpace } from '@radiolect/findings';
import { readRecipe } from '@radiolect/learning/node';
import { countDistinct, isNotNull, sql } from 'drizzle-orm';
import { archiveExamples } from '../dataset/archive-examples.ts';
import type { SiteCounts } from '../dataset/write-dataset.ts';
import { siteCounts, splitCounts } from '../dataset/write-dataset.ts';
import type { Room } from '../room.ts';
import { study } from '../store/schema.ts';
import { readSetting } from '../store/settings.ts';

/** With fewer labelled studies there is nothing to learn from, and no validation worth the name. */
export const fewestStudies = 20;

/** What the archive would teach, before anything is trained. */
export interface DatasetFigures {
  readonly studies: number;
  readonly syntheticStudies: number;
  readonly patients: number;
  readonly withReport: number;
  readonly withSignedFindings: number;
  readonly usable: number;
  readonly split: { readonly train: number; readonly validation: number; readonly test: number };
  readonly tooFew?: string;
  readonly perSite: readonly SiteCounts[];
}

export async function datasetFigures(room: Room): Promise<DatasetFigures> {
  const { db } = room.store;
  const examples = await archiveExamples(room);
  const [figures] = await db
    .select({
      studies: sql<number>`count(*)::int`,
      syntheticStudies: sql<number>`count(*) filter (where ${study.synthetic})::int`,
      patients: countDistinct(sql`coalesce(${study.patientId}, ${study.studyInstanceUid})`),
      withReport: sql<number>`count(*) filter (where ${isNotNull(study.reportOnFile)})::int`,
    })
    .from(study);
  const space: LabelSpace = room.pack.labelSpace;
  const plain = examples.map(({ example }) => example);
  return {
    ...figures!,
    withSignedFindings: examples.filter(({ labelsFrom }) => labelsFrom === 'signed').length,
    usable: examples.length,
    split: splitCounts(plain),
    perSite: siteCounts(plain, space),
    ...(examples.length < fewestStudies
      ? { tooFew: `${examples.length} studies have labels; training needs at least ${fewestStudies}` }
      : {}),
  };
}

/** A recipe as a person chooses it. */
export interface RecipeCard {
  readonly name: string;
  readonly description: string;
  readonly estimatedHours?: number;
}

/**
 * What each recipe would take on this archive: epochs × studies at the speed last measured on this computer, so without
 * an estimate before anything was trained here.
 */
export async function recipeCards(
  room: Room,
  { recipesFolder }: { readonly recipesFolder: string },
  names: readonly string[],
  trainingStudies: number,
): Promise<RecipeCard[]> {
  const imagesPerSecond = await readSetting(room.store.db, 'imagesPerSecond');
  const cards: RecipeCard[] = [];
  for (const name of names) {
    const recipe = await readRecipe(join(recipesFolder, `${name}.ts`)).catch(() => undefined);
    if (recipe?.kind !== 'site-reader') continue;
    const seconds = imagesPerSecond ? (recipe.epochs * trainingStudies) / imagesPerSecond : undefined;
    const { width, siteBlocks, windowBlocks } = recipe.model;
    cards.push({
      name,
      description: `width ${width}, ${windowBlocks + siteBlocks} blocks, at most ${recipe.epochs} epochs`,
      ...(seconds === undefined ? {} : { estimatedHours: Math.round((seconds / 3600) * 100) / 100 }),
    });
  }
  return cards;
}
