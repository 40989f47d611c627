import { createReadStream } from 'node:fs';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { StudyTruth } from '@radiolect/findings';
import { views } from '@radiolect/findings';
import type { Example, Region } from '@radiolect/learning';
import { RefusedError } from '../errors.ts';

/**
 * The outlines of every abnormality in the pictures of a phantom folder, by accession number. A view in which none can
 * be seen has an empty list. Throws RefusedError where the folder has no truth file.
 */
export async function phantomRegions(folder: string): Promise<Map<string, NonNullable<Example['regions']>>> {
  const regions = new Map<string, NonNullable<Example['regions']>>();
  for await (const truth of readTruth(folder)) regions.set(truth.accessionNumber, regionsOfTruth(truth));
  return regions;
}

export function regionsOfTruth({ image }: StudyTruth): NonNullable<Example['regions']> {
  return Object.fromEntries(
    views.map((view) => [
      view,
      image.findings.flatMap(({ site, nature, uptake, views: seen }): Region[] => {
        const polygon = seen[view]?.polygon;
        return polygon && polygon.length > 2 ? [{ site, nature, uptake, polygon }] : [];
      }),
    ]),
  );
}

/** The lines of a phantom folder's truth file. Throws RefusedError where there is none. */
export async function* readTruth(folder: string): AsyncIterable<StudyTruth> {
  const file = join(folder, 'truth.jsonl');
  await access(file).catch(() => {
    throw new RefusedError(`${folder} holds no truth.jsonl`, 'name a folder that radiolect phantom made');
  });
  for await (const line of createInterface({ input: createReadStream(file) }))
    if (line !== '') yield JSON.parse(line) as StudyTruth;
}
