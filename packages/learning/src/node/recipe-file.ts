import { pathToFileURL } from 'node:url';
import type { Recipe } from '../recipe.ts';

/** The recipe that a file exports as `recipe`. Throws where it exports none. */
export async function readRecipe(file: string): Promise<Recipe> {
  const exported = (await import(pathToFileURL(file).href)) as { readonly recipe?: Recipe };
  if (!exported.recipe || typeof exported.recipe.batchSize !== 'number')
    throw new TypeError(`${file} exports no recipe: it must hold \`export const recipe: Recipe = { … }\``);
  return exported.recipe;
}
