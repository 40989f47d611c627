/** A setting of a recipe that was named but cannot be changed so. */
export class RecipeOverrideError extends Error {
  readonly fix: string;
  constructor(key: string, problem: string, fix: string) {
    super(`The setting "${key}" ${problem}`);
    this.name = 'RecipeOverrideError';
    this.fix = fix;
  }
}

/**
 * The recipe with one setting changed, for sweeps: `optimizer.learningRate` to `3e-4`. `value` is JSON, or text where
 * the recipe holds text. A setting keeps its type, so that a typing mistake is refused here and not after hours.
 * Throws RecipeOverrideError where the recipe has no such setting or holds another type there.
 */
export function overrideRecipe<R extends object>(recipe: R, key: string, value: string): R {
  return changed(recipe, key.split('.'), key, value) as R;
}

function changed(held: unknown, path: readonly string[], key: string, text: string): unknown {
  const [name, ...rest] = path;
  if (name === undefined) return parsed(held, key, text);
  if (typeof held !== 'object' || held === null || !Object.hasOwn(held, name))
    throw new RecipeOverrideError(key, 'is not in the recipe', `name one of: ${settingsOf(held).join(', ') || 'none'}`);
  const next = changed((held as Record<string, unknown>)[name], rest, key, text);
  if (Array.isArray(held)) return held.map((item: unknown, index) => (String(index) === name ? next : item));
  return { ...held, [name]: next };
}

function parsed(held: unknown, key: string, text: string): unknown {
  if (typeof held === 'string') {
    // A label policy holds a word or a share in one place.
    const share = text.trim() === '' ? Number.NaN : Number(text);
    return Number.isNaN(share) ? text : share;
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = text;
  }
  if (kindOf(value) !== kindOf(held) && held !== null)
    throw new RecipeOverrideError(key, `is a ${kindOf(held)}, not "${text}"`, `give a ${kindOf(held)}`);
  return value;
}

const kindOf = (value: unknown): string => (Array.isArray(value) ? 'list' : typeof value);

const settingsOf = (held: unknown): string[] => (typeof held === 'object' && held !== null ? Object.keys(held) : []);
