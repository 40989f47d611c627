import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Mix } from '@radiolect/phantom';
import { accessionNumberOf } from '@radiolect/phantom';
import type { MadeStudy } from './make-studies.ts';

/** A phantom folder that holds studies of other settings. Names the folder, the difference and the ways out. */
export class PhantomFolderTakenError extends Error {
  constructor(folder: string, difference: string) {
    super(`${folder} holds phantoms of ${difference}; choose another --out, or remove the folder`);
    this.name = 'PhantomFolderTakenError';
  }
}

interface Settings {
  readonly seed: number;
  readonly mix: Mix;
  readonly pack: { readonly name: string; readonly version: string };
}

interface Manifest extends Settings {
  readonly kind: 'phantom';
  readonly madeBy: string;
  readonly synthetic: true;
  readonly count: number;
  readonly complete: boolean;
  readonly languages?: Readonly<Record<string, number>>;
  /** Bytes and SHA-256 per file; `dicom` is the hash over the hashes of all objects in order. */
  readonly files?: Readonly<Record<string, { readonly bytes: number; readonly sha256: string }>>;
}

/** The folder that `radiolect phantom` writes. Studies are added in order; what is whole on disk is kept. */
export class PhantomFolder {
  readonly #path: string;
  readonly #settings: Settings;
  readonly #hashes: string[] = [];
  #bytes = 0;
  #reports = -1;
  #truth = -1;

  constructor(path: string, settings: Settings) {
    this.#path = path;
    this.#settings = settings;
  }

  /** Opens the folder for `count` studies and returns how many of them are there already. */
  open(count: number): number {
    mkdirSync(join(this.#path, 'dicom'), { recursive: true });
    const file = join(this.#path, 'manifest.json');
    if (existsSync(file)) {
      const known = JSON.parse(readFileSync(file, 'utf8')) as Partial<Manifest>;
      for (const key of ['seed', 'mix'] as const)
        if (known[key] !== this.#settings[key])
          throw new PhantomFolderTakenError(this.#path, `${key} ${String(known[key])}`);
      if (known.pack?.version !== this.#settings.pack.version)
        throw new PhantomFolderTakenError(this.#path, `pack version ${known.pack?.version ?? 'unknown'}`);
      if ((known.count ?? 0) > count)
        throw new PhantomFolderTakenError(this.#path, `a run of ${known.count} studies, more than ${count}`);
    }
    for (const name of readdirSync(join(this.#path, 'dicom')))
      if (name.endsWith('.part')) rmSync(join(this.#path, 'dicom', name));
    this.#writeManifest({ count, complete: false });
    const done = this.#wholeStudies(count);
    this.#reports = openSync(join(this.#path, 'reports.jsonl'), 'a');
    this.#truth = openSync(join(this.#path, 'truth.jsonl'), 'a');
    return done;
  }

  /** Adds the next study in order. */
  add({ report, truth, sha256, bytes }: MadeStudy): void {
    writeSync(this.#reports, `${report}\n`);
    writeSync(this.#truth, `${truth}\n`);
    this.#hashes.push(sha256);
    this.#bytes += bytes;
  }

  /** Writes the manifest of the finished folder. */
  close(count: number): void {
    const hashOf = (name: string) => {
      const content = readFileSync(join(this.#path, name));
      return { bytes: content.length, sha256: createHash('sha256').update(content).digest('hex') };
    };
    const languages: Record<string, number> = {};
    for (const line of readFileSync(join(this.#path, 'reports.jsonl'), 'utf8').split('\n').filter(Boolean)) {
      const { language } = JSON.parse(line) as { language: string };
      languages[language] = (languages[language] ?? 0) + 1;
    }
    this.#writeManifest({
      count,
      complete: true,
      languages: Object.fromEntries(Object.entries(languages).sort()),
      files: {
        'reports.jsonl': hashOf('reports.jsonl'),
        'truth.jsonl': hashOf('truth.jsonl'),
        dicom: { bytes: this.#bytes, sha256: createHash('sha256').update(this.#hashes.join('\n')).digest('hex') },
      },
    });
  }

  #writeManifest(rest: Pick<Manifest, 'count' | 'complete' | 'languages' | 'files'>): void {
    const manifest: Manifest = {
      kind: 'phantom',
      madeBy: 'radiolect phantom',
      synthetic: true,
      ...this.#settings,
      ...rest,
    };
    const file = join(this.#path, 'manifest.json');
    writeFileSync(`${file}.part`, `${JSON.stringify(manifest, null, 2)}\n`);
    renameSync(`${file}.part`, file);
  }

  /** Cuts both line files after the last study that is whole in all three places; returns how many are. */
  #wholeStudies(count: number): number {
    const [reports, truth] = ['reports.jsonl', 'truth.jsonl'].map((name) => wholeLines(join(this.#path, name)));
    let done = 0;
    while (done < count) {
      const accession = accessionNumberOf(this.#settings.seed, done, this.#settings.mix);
      const object = join(this.#path, 'dicom', `${accession}.dcm`);
      if (!reports![done]?.includes(`"${accession}"`) || !truth![done]?.includes(`"${accession}"`)) break;
      if (!existsSync(object)) break;
      const content = readFileSync(object);
      this.#hashes.push(createHash('sha256').update(content).digest('hex'));
      this.#bytes += content.length;
      done++;
    }
    for (const [name, lines] of [['reports.jsonl', reports!] as const, ['truth.jsonl', truth!] as const]) {
      const file = join(this.#path, name);
      if (existsSync(file))
        truncateSync(
          file,
          lines.slice(0, done).reduce((sum, line) => sum + Buffer.byteLength(line) + 1, 0),
        );
    }
    return done;
  }
}

/** The lines of a file that end in a line break. */
function wholeLines(file: string): string[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8').split('\n').slice(0, -1);
}
