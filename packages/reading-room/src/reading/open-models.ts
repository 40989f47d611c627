import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Pack } from '@radiolect/findings';
import { loadModel } from '@radiolect/learning';
import { readModelFolder } from '@radiolect/learning/node';
import { z } from 'zod';
import { RefusedError } from '../errors.ts';
import type { ModelCard } from '../store/records.ts';
import type { Models, ReadyModel } from './models.ts';

const manifestForm = z.object({
  recipe: z.object({ name: z.string() }),
  labelSpace: z.object({ name: z.string(), positions: z.array(z.string()) }),
  studies: z.object({ train: z.number() }),
});

/** Models of a pack: the shipped one, looked for in `modelsFolder`, and those of any run folder. */
export async function openModels(pack: Pack, modelsFolder: string | undefined): Promise<Models> {
  const ready = new Map<string, Promise<ReadyModel>>();
  return {
    shipped: modelsFolder === undefined ? undefined : await shippedModel(pack, modelsFolder),
    load(folder, name) {
      const known = ready.get(folder) ?? loadFolder(pack, folder, name);
      ready.set(folder, known);
      // A folder that could not be loaded is tried again the next time.
      known.catch(() => ready.delete(folder));
      return known;
    },
  };
}

async function loadFolder(pack: Pack, folder: string, name: string): Promise<ReadyModel> {
  if (!pack.atlas) throw new RefusedError(`the pack ${pack.name} has no atlas`, 'use a pack with atlas.json');
  const model = await loadModel(await readModelFolder(folder), { atlas: pack.atlas, name });
  return {
    points: model.operatingPoints,
    natureThreshold: model.natureThreshold,
    predict: (pictures) => model.predict(pictures),
    heatMap: (pictures, site, warps) => model.heatMap(pictures, site, warps),
  };
}

/** The first folder of shipped models whose positions are the pack's. */
async function shippedModel(pack: Pack, modelsFolder: string): Promise<Models['shipped']> {
  const entries = await readdir(modelsFolder, { withFileTypes: true }).catch(() => []);
  const folders = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  for (const name of folders.sort()) {
    const folder = join(modelsFolder, name);
    const text = await readFile(join(folder, 'manifest.json'), 'utf8').catch(() => undefined);
    const manifest = text === undefined ? undefined : manifestForm.safeParse(JSON.parse(text)).data;
    if (manifest?.labelSpace.name !== pack.labelSpace.name) continue;
    const card: ModelCard = {
      id: `shipped:${name}`,
      name,
      origin: 'shipped',
      recipe: manifest.recipe.name,
      trainedOn: `${manifest.studies.train} synthetic bone scans, with labels read from their reports`,
      synthetic: true,
    };
    return { card, folder };
  }
  return undefined;
}
