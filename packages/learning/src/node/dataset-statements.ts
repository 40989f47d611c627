import { createReadStream } from 'node:fs';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Statement } from '../pretraining/statement.ts';
import type { StatementsOf } from '../pretraining/training-texts.ts';

/** A line of `statements.jsonl` of a dataset folder. */
export interface StatementsLine {
  readonly studyKey: string;
  readonly statements: readonly Statement[];
}

/**
 * What the reports of a dataset folder state, by study key; nothing where the folder holds none. The file is read when
 * the first one is asked for, and kept in memory: about 1 kB a report.
 */
export function datasetStatements(folder: string): StatementsOf {
  let known: Promise<ReadonlyMap<string, readonly Statement[]>> | undefined;
  return async (key) => {
    known ??= readAll(join(folder, 'statements.jsonl'));
    return (await known).get(key) ?? [];
  };
}

async function readAll(file: string): Promise<ReadonlyMap<string, readonly Statement[]>> {
  const statements = new Map<string, readonly Statement[]>();
  const there = await access(file).then(
    () => true,
    () => false,
  );
  if (!there) return statements;
  for await (const line of createInterface({ input: createReadStream(file) })) {
    if (line === '') continue;
    const { studyKey, statements: own } = JSON.parse(line) as StatementsLine;
    statements.set(studyKey, own);
  }
  return statements;
}
