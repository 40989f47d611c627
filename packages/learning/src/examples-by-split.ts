import type { LabelSpace } from '@radiolect/findings';
import { UnusableDatasetError } from './errors.ts';
import type { Example, Split } from './example.ts';
import { hashFraction } from './example.ts';
import { Fingerprint } from './fingerprint.ts';

export type ExamplesBySplit = Readonly<Record<Split, readonly Example[]>>;

/**
 * The examples of a run by split, each in an order of its own that depends on nothing but the study keys, so that a
 * share of the training examples is a random part of them. Throws UnusableDatasetError where a study is labelled in
 * another label space, or training or validation is empty.
 */
export async function examplesOfRun(
  examples: AsyncIterable<Example>,
  { name, version, positions }: LabelSpace,
): Promise<ExamplesBySplit> {
  const all: { readonly place: number; readonly example: Example }[] = [];
  for await (const example of examples) {
    const { labelSpace, states } = example.labels;
    if (labelSpace.name !== name || labelSpace.version !== version || states.length !== positions.length)
      throw new UnusableDatasetError(
        `study ${example.studyKey} is labelled in ${labelSpace.name} ${labelSpace.version}`,
        `Make the data set again with the label space ${name} ${version}.`,
      );
    all.push({ place: hashFraction(`order ${example.studyKey}`), example });
  }
  all.sort((a, b) => a.place - b.place || (a.example.studyKey < b.example.studyKey ? -1 : 1));
  const of = (split: Split): readonly Example[] =>
    all.flatMap(({ example }) => (example.split === split ? [example] : []));
  const bySplit = { train: of('train'), validation: of('validation'), test: of('test') };
  if (bySplit.train.length === 0 || bySplit.validation.length === 0)
    throw new UnusableDatasetError(
      `${bySplit.train.length} training and ${bySplit.validation.length} validation studies`,
      'Add studies: each of the two takes at least one.',
    );
  return bySplit;
}

/** Tells one data set from another: by every study with its split and labels, in order. */
export function dataKeyOf({ train, validation, test }: ExamplesBySplit): string {
  const key = new Fingerprint();
  for (const examples of [train, validation, test])
    for (const { studyKey, split, labels, metastasis } of examples)
      key.add(`${studyKey} ${split} ${labels.states.join()} ${metastasis}\n`);
  return key.toString();
}
