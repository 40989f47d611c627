import { expect, test } from 'vitest';
import { overrideRecipe, RecipeOverrideError } from './recipe-overrides.ts';

const recipe = { name: 'r', seed: 1, labels: { uncertain: 'masked' as 'masked' | number }, sizes: [3, 5], keep: false };

test('one setting changes, the rest is the same object or equal', () => {
  const next = overrideRecipe(overrideRecipe(recipe, 'seed', '7'), 'labels.uncertain', '0.5');
  expect(next).toEqual({ ...recipe, seed: 7, labels: { uncertain: 0.5 } });
  expect(next.sizes).toBe(recipe.sizes);
  expect(overrideRecipe(recipe, 'sizes.1', '9').sizes).toEqual([3, 9]);
  expect(overrideRecipe(recipe, 'keep', 'true').keep).toBe(true);
  expect(overrideRecipe(recipe, 'name', 'other').name).toBe('other');
});

test.each([
  ['sead', '1'],
  ['labels.certain', '1'],
  ['seed.deeper', '1'],
  ['toString', '1'],
  ['__proto__.seed', '1'],
  ['seed', 'many'],
  ['keep', '1'],
  ['sizes', '3'],
])('%s = %s is refused', (key, value) => {
  expect(() => overrideRecipe(recipe, key, value)).toThrow(RecipeOverrideError);
});
