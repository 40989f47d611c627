import type { Pack } from '@radiolect/findings';
import { InvalidPackError } from '@radiolect/findings';

/** The labelling guideline that a pack carries. Throws InvalidPackError where it has none: a model needs one to read. */
export function guidelineOf(pack: Pack): string {
  const text = pack.files.get('guideline.md');
  if (text === undefined)
    throw new InvalidPackError(pack.name, 'guideline.md', 'is missing; a language model reads by it');
  return text;
}
