import type { CdeProblem, CdeSet } from './cde-set.ts';
import { NotACdeSetError } from './errors.ts';
import { readFindingModel } from './finding-model-form.ts';
import { isObject, Problems } from './raw-json.ts';
import { readRegistrySet } from './registry-form.ts';

/**
 * Reads a CDE set from parsed JSON, in whichever form it comes (see {@link CdeSet.form}). Dirty entries are left out or
 * mended and named in `problems`; only what is no set at all throws {@link NotACdeSetError}.
 */
export function parseCdeSet(json: unknown): { readonly set: CdeSet; readonly problems: readonly CdeProblem[] } {
  // Older hosts of the registry wrap their answer.
  const raw = isObject(json) && isObject(json.data) ? json.data : json;
  if (!isObject(raw)) throw new NotACdeSetError('it is not a JSON object');
  const problems = new Problems();
  const set = readForm(raw, problems);
  const seen = new Set<string>();
  for (const { id } of set.elements) {
    if (seen.has(id)) problems.add('duplicate', id, 'stands twice in its set');
    seen.add(id);
  }
  return { set, problems: problems.list };
}

function readForm(raw: { readonly [key: string]: unknown }, problems: Problems): CdeSet {
  if (typeof raw.oifm_id === 'string' && Array.isArray(raw.attributes))
    return readFindingModel(raw, raw.oifm_id, problems);
  if (typeof raw.id === 'string' && Array.isArray(raw.elements)) return readRegistrySet(raw, raw.id, problems);
  throw new NotACdeSetError('it has neither "id" and "elements" nor "oifm_id" and "attributes"');
}
