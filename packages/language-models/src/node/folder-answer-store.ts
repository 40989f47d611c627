import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { AnswerStore } from '../answers/answer-store.ts';

const keptSchema = z.object({
  text: z.string(),
  inputTokens: z.number(),
  outputTokens: z.number(),
  seconds: z.number(),
  truncated: z.boolean(),
});

/**
 * Answers kept in a folder, one file each, named by the hash. The file holds the answer, with the spans of the report
 * that it quotes: only this user may read it (0600 in a folder of 0700). It is moved into place once it is whole.
 */
export function folderAnswerStore(folder: string): AnswerStore {
  const pathOf = (key: string): string => join(folder, key.slice(0, 2), `${key.slice(2)}.json`);
  return {
    async get(key) {
      let text: string;
      try {
        text = await readFile(pathOf(key), 'utf8');
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
        throw error;
      }
      // A disk that ran full may have left a file of nothing: the question is asked again.
      const parsed = keptSchema.safeParse(jsonOrNothing(text));
      return parsed.success ? parsed.data : undefined;
    },
    async put(key, answer) {
      const path = pathOf(key);
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      const unfinished = `${path}.${randomUUID()}.part`;
      await writeFile(unfinished, JSON.stringify(answer), { mode: 0o600 });
      await rename(unfinished, path);
    },
  };
}

function jsonOrNothing(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
