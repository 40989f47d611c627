import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import dicomParser from 'dicom-parser';
import { describe, expect, test } from 'vitest';
import type { NuclearMedicineDescription } from './nuclear-medicine.ts';
import { writeNuclearMedicine } from './nuclear-medicine.ts';

const rows = 64;
const columns = 16;
const frame = (offset: number) => ({
  rows,
  columns,
  pixels: Uint16Array.from({ length: rows * columns }, (_, index) => (index * 7 + offset) % 60000),
});
const description: NuclearMedicineDescription = {
  studyInstanceUid: '2.25.11',
  seriesInstanceUid: '2.25.12',
  sopInstanceUid: '2.25.13',
  patientId: 'P-1',
  patientName: '王^小明',
  birthDate: '19510203',
  sex: 'M',
  heightMeters: 1.68,
  weightKilograms: 66.4,
  accessionNumber: 'A-1',
  studyDate: '20240229',
  studyTime: '133000',
  injectionTime: '101500',
  studyDescription: 'Whole body bone scan',
  manufacturer: 'Radiolect',
  modelName: 'Phantom',
  softwareVersion: '0.1.0',
  stationName: 'SYNTHETIC',
  injectedActivityMegabecquerels: 742,
  pixelSizeMm: 2.26,
  scanVelocityMillimetersPerSecond: 2.5,
  synthetic: true,
  anterior: frame(3),
  posterior: frame(40_000),
};
const bytes = writeNuclearMedicine(description);
const dataset = dicomParser.parseDicom(bytes);

describe('a written bone scan', () => {
  test('holds both frames as they came in', () => {
    const element = dataset.elements.x7fe00010!;
    const stored = bytes.slice(element.dataOffset, element.dataOffset + element.length);
    const values = new Uint16Array(stored.buffer);
    expect(dataset.string('x00280008')).toBe('2');
    expect(values.slice(0, rows * columns)).toEqual(description.anterior.pixels);
    expect(values.slice(rows * columns)).toEqual(description.posterior.pixels);
  });
  test('names the view of each frame through the detector vector', () => {
    const vector = [0, 1].map((frameIndex) => dataset.uint16('x00540020', frameIndex)!);
    const views = vector.map((number) =>
      dataset.elements.x00540022!.items![number - 1]!.dataSet!.elements.x00540220!.items![0]!.dataSet!.string(
        'x00080100',
      ),
    );
    expect(views).toEqual(['399321004', '399001007']);
  });
  test('says that it is synthetic and keeps a Chinese name', () => {
    expect(dataset.string('x0008001c')).toBe('YES');
    const name = dataset.elements.x00100010!;
    expect(new TextDecoder().decode(bytes.slice(name.dataOffset, name.dataOffset + name.length)).trim()).toBe(
      '王^小明',
    );
  });
  test('is the same bytes for the same description', () => {
    expect(writeNuclearMedicine(description)).toEqual(bytes);
  });
  test('refuses frames that do not fit', () => {
    expect(() => writeNuclearMedicine({ ...description, posterior: { ...frame(0), rows: 63 } })).toThrow(RangeError);
    const smaller = { rows: 32, columns, pixels: new Uint16Array(32 * columns) };
    expect(() => writeNuclearMedicine({ ...description, posterior: smaller })).toThrow(/same size/);
  });
});

describe('dciodvfy', () => {
  const errorsOf = (file: Uint8Array): string[] => {
    const folder = mkdtempSync(join(tmpdir(), 'radiolect-nm-'));
    try {
      writeFileSync(join(folder, 'nm.dcm'), file);
      const run = spawnSync('dciodvfy', [join(folder, 'nm.dcm')], { encoding: 'utf8' });
      if (run.error) throw new Error('dciodvfy is missing: install the package dicom3tools', { cause: run.error });
      return `${run.stdout}\n${run.stderr}`.split('\n').filter((line) => line.startsWith('Error'));
    } finally {
      rmSync(folder, { recursive: true });
    }
  };
  // Synthetic Data entered the standard in 2023; a dciodvfy of 2022 does not know it and calls any such tag an error.
  const newerThanTheTool = /not a recognized standard attribute - \(0x0008,0x001c\)/;

  test('finds no error', () => {
    expect(errorsOf(bytes).filter((line) => !newerThanTheTool.test(line))).toEqual([]);
  });
  test('finds none at all without the attribute that is newer than the tool', () => {
    expect(errorsOf(writeNuclearMedicine({ ...description, synthetic: false }))).toEqual([]);
  });
  test('does find an error where there is one', () => {
    const broken = writeNuclearMedicine({ ...description, injectionTime: 'noon' });
    expect(errorsOf(broken).length).toBeGreaterThan(0);
  });
});
