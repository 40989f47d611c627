import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Pack } from '@radiolect/findings';
import { ensemble, loadModel } from '@radiolect/learning';
import { readModelFolder } from '@radiolect/learning/node';
import { z } from 'zod';
import { RefusedError } from '../errors.ts';
import type { ModelCard } from '../store/records.ts';
import type { Models, ReadingManner, ReadyModel } from './models.ts';

const manifestForm = z.object({
  /** A localiser says where, and gives no probabilities of sites. */
  kind: z.string().refine((kind) => kind !== 'localiser'),
  recipe: z.object({ name: z.string() }),
  labelSpace: z.object({ name: z.string(), positions: z.array(z.string()) }),
  studies: z.object({ train: z.number() }),
});

/** Models of a pack: the shipped one, looked for in `modelsFolder`, and those of any run folder. */
export async function openModels(pack: Pack, modelsFolder: string | undefined): Promise<Models> {
  const ready = new Map<string, Promise<ReadyModel>>();
  return {
    shipped: modelsFolder === undefined ? undefined : await shippedModel(pack, modelsFolder),
    load(folders, name, how = {}) {
      const key = JSON.stringify([folders, how]);
      const known = ready.get(key) ?? loadFolders(pack, [folders].flat(), name, how);
      ready.set(key, known);
      // A folder that could not be loaded is tried again the next time.
      known.catch(() => ready.delete(key));
      return known;
    },
  };
}

async function loadFolders(
  { atlas, name: packName }: Pack,
  folders: readonly string[],
  name: string,
  how: ReadingManner,
): Promise<ReadyModel> {
  if (!atlas) throw new RefusedError(`the pack ${packName} has no atlas`, 'use a pack with atlas.json');
  const load = async (folder: string, called: string) =>
    loadModel(await readModelFolder(folder), { atlas, name: called, ...how });
  const model =
    folders.length === 1
      ? await load(folders[0]!, name)
      : ensemble(await Promise.all(folders.map((folder) => load(folder, folder))), name);
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
