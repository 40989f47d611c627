import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { readInstance } from '../read-studies.ts';
import { fileSource } from './folder-sources.ts';
import { compareWithReference, dicomReference, isSame } from './reference-comparison.ts';
import { reasonsForOtherValues, reasonsForRefusal } from './reference-reasons.ts';

const root = fileURLToPath(new URL('../../../..', import.meta.url));
const data = join(process.env.RADIOLECT_MATERIAL ?? join(root, '../shared'), 'data');
const reference = dicomReference.parse(JSON.parse(readFileSync(join(root, 'fixtures/dicom-reference.json'), 'utf8')));
const missing = ['pydicom-test-files', 'pydicom-data'].filter((name) => !existsSync(join(data, name)));
const material = missing.length > 0 ? `no ${missing.join(', ')} at RADIOLECT_MATERIAL` : 'material is there';

test.skipIf(missing.length > 0)(
  `at least 95 % of the files decode to the reference's values (${material})`,
  async () => {
    const files = Object.entries(reference.files).filter(([path]) => existsSync(join(data, path)));
    const comparisons = [];
    for (const [path, entry] of files) comparisons.push(await compareWithReference(data, path, entry));
    const known = comparisons.filter((comparison) => comparison.reference.values);
    expect(known.length).toBeGreaterThan(150);
    expect(known.filter(isSame).length / known.length).toBeGreaterThanOrEqual(0.95);
    const name = (path: string): string => path.split('/').at(-1) ?? path;
    const unexplained = [
      ...known.filter((comparison) => !isSame(comparison) && !reasonsForOtherValues[name(comparison.path)]),
      ...comparisons.filter((c) => !c.reference.values && !c.decoded && !reasonsForRefusal[name(c.path)]),
    ];
    expect(unexplained.map(({ path }) => path)).toEqual([]);
  },
);

test.skipIf(missing.length > 0)(`one-bit frames are the same in every packing (${material})`, async () => {
  const folder = join(data, 'pydicom-data/data_store/data');
  const bits = async (file: string): Promise<string[]> => {
    const { instance } = await readInstance(fileSource(join(folder, file)));
    const frames = [];
    for (const frame of instance.frames) frames.push(Buffer.from((await frame.decodeStored()).pixels as Uint8Array));
    return frames.map((frame) => frame.toString('base64'));
  };
  const plain = await bits('liver.dcm');
  expect(plain.length).toBeGreaterThan(1);
  for (const file of ['liver_rle.dcm', 'liver_deflate.dcm', 'liver_j2k.dcm', 'liver_expb.dcm'])
    expect(await bits(file)).toEqual(plain);
  const crooked = await bits('liver_nonbyte_aligned.dcm');
  for (const packing of ['rle', 'deflate', 'j2k'])
    expect(await bits(`liver_nonbyte_aligned_${packing}.dcm`)).toEqual(crooked);
});
