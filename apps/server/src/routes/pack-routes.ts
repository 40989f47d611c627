import { readPackFiles, shippedPackFolder, shippedPacks } from '@radiolect/findings/node';
import type { Room } from '@radiolect/reading-room';
import { Hono } from 'hono';
import type { PackFiles, PackList } from '../api.ts';
import { HttpRefusal } from '../problems.ts';

/** A large file that no text is read or shown with. */
const notForText = 'mean-picture.json';

/** `/api/packs`: the packs as files, for reading a report inside the browser. */
export function packRoutes(room: Room): Hono {
  const app = new Hono();
  const own = room.pack.name;
  const others = async (): Promise<readonly string[]> => (await shippedPacks()).filter((name) => name !== own);
  app.get('/', async (context) => context.json({ packs: [own, ...(await others())] } satisfies PackList));
  app.get('/:name/files', async (context) => {
    const name = context.req.param('name');
    if (name !== own && !(await others()).includes(name))
      throw new HttpRefusal(404, 'there is no such pack', 'choose one of those that GET /api/packs lists');
    const files = name === own ? room.pack.files : await readPackFiles(shippedPackFolder(name));
    return context.json({
      name,
      files: Object.fromEntries([...files].filter(([file]) => file !== notForText)),
    } satisfies PackFiles);
  });
  return app;
}
