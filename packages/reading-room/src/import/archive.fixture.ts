import { chmod, mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { writeNuclearMedicine } from '@radiolect/dicom';

// Small archives for tests: real NM objects of 96 × 32 pixels, and report files, written into a folder.

export interface FixtureStudy {
  readonly accession: string;
  readonly patient: string;
  readonly date: string;
  readonly synthetic?: boolean;
}

/** A two-view NM object with a body of a few counts and one hot spot. */
export function fixtureDicom({ accession, patient, date, synthetic = false }: FixtureStudy): Uint8Array {
  const number = [...`${accession}${patient}${date}`].reduce((sum, c) => (sum * 31 + c.charCodeAt(0)) % 1e9, 7);
  const frame = () => {
    const pixels = new Uint16Array(96 * 32);
    for (let row = 8; row < 88; row++)
      for (let column = 8; column < 24; column++) pixels[row * 32 + column] = 12 + (row % 5);
    pixels[(30 + (number % 20)) * 32 + 16] = 200;
    return { rows: 96, columns: 32, pixels };
  };
  return writeNuclearMedicine({
    studyInstanceUid: `1.2.3.${number}.1`,
    seriesInstanceUid: `1.2.3.${number}.2`,
    sopInstanceUid: `1.2.3.${number}.3`,
    patientId: patient,
    patientName: 'Probe^Patient',
    birthDate: '19500101',
    sex: 'F',
    heightMeters: 1.6,
    weightKilograms: 60,
    accessionNumber: accession,
    studyDate: date,
    studyTime: '120000',
    injectionTime: '090000',
    studyDescription: 'Whole body bone scan',
    manufacturer: 'Test',
    modelName: 'Test',
    softwareVersion: '1',
    stationName: 'TEST',
    injectedActivityMegabecquerels: 740,
    pixelSizeMm: 2.26,
    scanVelocityMillimetersPerSecond: 2,
    synthetic,
    anterior: frame(),
    posterior: frame(),
  });
}

/** A temporary folder that the database's own account may pass through, so that the cluster lies inside it. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'radiolect-'));
  await chmod(folder, 0o711);
  return folder;
}

/** Writes files by their path below the folder. */
export async function writeFiles(folder: string, files: Readonly<Record<string, string | Uint8Array>>): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
}

export const jsonLines = (lines: readonly object[]): string =>
  lines.map((line) => `${JSON.stringify(line)}\n`).join('');
