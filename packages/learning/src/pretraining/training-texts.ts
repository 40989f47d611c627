import type { PictureExample } from '../pictures/picture-source.ts';
import type { Statement } from './statement.ts';
import type { Vocabulary } from './vocabulary.ts';
import { vocabularyOf } from './vocabulary.ts';

/** What a report states, by the key of its case; empty where there is none. */
export type StatementsOf = (key: string) => Promise<readonly Statement[]>;

export interface TrainingTexts {
  readonly statementsOf: StatementsOf;
  /** The training cases that have statements. */
  readonly withText: readonly PictureExample[];
  /** Built from the texts of these alone. */
  readonly vocabulary: Vocabulary;
}

/** Reads all training texts once. */
export async function trainingTexts(
  examples: readonly PictureExample[],
  statementsOf: StatementsOf,
  size: number,
): Promise<TrainingTexts> {
  const withText: PictureExample[] = [];
  const texts: string[] = [];
  for (const example of examples) {
    const statements = await statementsOf(example.key);
    if (statements.length === 0) continue;
    withText.push(example);
    texts.push(...statements.map(({ text }) => text));
  }
  return { statementsOf, withText, vocabulary: vocabularyOf(texts, size) };
}
