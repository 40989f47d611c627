import type { Example, Split } from '@radiolect/learning';
import { hashFraction } from '@radiolect/learning';

/** Fewest studies of a split, as a share of all; a small archive can leave one nearly empty by chance of the hashes. */
const fewest = { validation: 0.08, test: 0.04 } as const;

/**
 * The examples with no split left nearly empty: whole patients are moved out of training, in the order of their hashes,
 * so that the same patients move each time. A large archive is left as it is.
 */
export function withEverySplit<T extends Pick<Example, 'patientKey' | 'split'>>(examples: readonly T[]): T[] {
  const splits = new Map<string, Split>(examples.map(({ patientKey, split }) => [patientKey, split]));
  const studiesOf = (split: Split): number =>
    examples.filter(({ patientKey }) => splits.get(patientKey) === split).length;
  const patients = [...splits.keys()].sort((a, b) => hashFraction(a) - hashFraction(b));
  for (const split of ['validation', 'test'] as const)
    for (const patient of patients) {
      if (studiesOf(split) >= Math.max(1, Math.ceil(fewest[split] * examples.length))) break;
      if (splits.get(patient) === 'train' && studiesOf('train') > examples.length / 2) splits.set(patient, split);
    }
  return examples.map((example) => ({ ...example, split: splits.get(example.patientKey)! }));
}
