import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const repository = fileURLToPath(new URL('../../../', import.meta.url));
const web = join(repository, 'apps/web');
/** What the page is made of: itself, the packages that it bundles, and the versions of everything else. */
const sources = [
  'apps/web',
  'packages/findings/src',
  'packages/reports/src',
  'apps/server/src/api.ts',
  'package-lock.json',
];

/**
 * The folder of the built page. It is built where it is missing or older than its sources (a few seconds), beside the
 * old one, so that a build that fails or is killed never leaves half a page.
 */
export async function builtWebFolder(log: (line: string) => void): Promise<string> {
  const hash = await sourcesHash();
  const folder = join(web, 'dist');
  const stamp = await readFile(join(folder, '.sources'), 'utf8').catch(() => undefined);
  if (stamp === hash) return folder;
  log('Building the page …');
  const fresh = join(web, `dist.${process.pid}`);
  try {
    const { build } = await import('vite');
    await build({ root: web, logLevel: 'error', build: { outDir: fresh, emptyOutDir: true } });
    await writeFile(join(fresh, '.sources'), hash);
    await rm(folder, { recursive: true, force: true });
    await mkdir(web, { recursive: true });
    await rename(fresh, folder);
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
  return folder;
}

async function sourcesHash(): Promise<string> {
  const hash = createHash('sha256');
  for (const source of sources)
    for (const file of await filesOf(join(repository, source))) {
      hash.update(file.slice(repository.length));
      hash.update(await readFile(file));
    }
  return hash.digest('hex');
}

async function filesOf(path: string): Promise<string[]> {
  const kind = await stat(path).catch(() => undefined);
  if (!kind) return [];
  if (!kind.isDirectory()) return [path];
  const files: string[] = [];
  for (const entry of await readdir(path, { withFileTypes: true })) {
    if (entry.name === 'node_modules' || entry.name.startsWith('dist') || /\.test\.tsx?$/.test(entry.name)) continue;
    files.push(...(await filesOf(join(path, entry.name))));
  }
  return files.sort();
}
