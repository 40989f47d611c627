// Files a second, headers only and with the first frame decoded, beside dcmjs on the same bytes in the same run.
//
//   npm run bench -- packages/dicom              (material at RADIOLECT_MATERIAL, default ../shared; some 10 s)
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { data, log } from 'dcmjs';
import { readInstance } from './read-studies.ts';
import type { Source } from './study.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const material = process.env.RADIOLECT_MATERIAL ?? join(root, '../shared');
const folder = join(material, 'data/pydicom-test-files/src/pydicom/data/test_files');
const rounds = 5;

interface TestFile {
  readonly source: Source;
  readonly bytes: Uint8Array;
  /** JPEG extended: the decoder of last resort takes most of the time. */
  readonly extended: boolean;
}

/** Files that both read and whose first frame decodes, so that neither is timed at failing. */
async function readableFiles(): Promise<TestFile[]> {
  const files: TestFile[] = [];
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.dcm'))) {
    const bytes = new Uint8Array(readFileSync(join(folder, name)));
    const source: Source = { name, open: async () => bytes };
    try {
      await decodeFirst(source);
      readWithDcmjs(bytes);
      const { instance } = await readInstance(source);
      files.push({ source, bytes, extended: instance.transferSyntax === '1.2.840.10008.1.2.4.51' });
    } catch {
      // Left out of the timing for both.
    }
  }
  return files;
}

const readWithDcmjs = (bytes: Uint8Array): unknown =>
  data.DicomMessage.readFile(new Uint8Array(bytes).buffer, { ignoreErrors: true });

async function decodeFirst(source: Source): Promise<void> {
  const { instance } = await readInstance(source);
  await instance.frames[0]!.decode();
}

/** Files a second of the fastest round. */
async function speed(files: readonly TestFile[], each: (file: TestFile) => unknown): Promise<number> {
  let fastest = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round++) {
    const start = performance.now();
    for (const file of files) await each(file);
    fastest = Math.min(fastest, performance.now() - start);
  }
  return Math.round((files.length / fastest) * 1000);
}

if (!existsSync(folder)) {
  console.log(`no test files at ${folder}: set RADIOLECT_MATERIAL`);
} else {
  log.setLevel('silent');
  const files = await readableFiles();
  console.log(`${files.length} public DICOM files, fastest of ${rounds} rounds, files a second`);
  console.log(`headers, radiolect:             ${await speed(files, ({ source }) => readInstance(source))}`);
  console.log(`headers, dcmjs (decodes none):  ${await speed(files, ({ bytes }) => readWithDcmjs(bytes))}`);
  const usual = files.filter(({ extended }) => !extended);
  const last = files.filter(({ extended }) => extended);
  console.log(`first frame decoded, radiolect: ${await speed(usual, ({ source }) => decodeFirst(source))}`);
  console.log(`  12-bit JPEG (${last.length} files): ${await speed(last, ({ source }) => decodeFirst(source))}`);
}
