import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { MadeStudy } from './make-studies.ts';
import { PhantomFolder, PhantomFolderTakenError } from './phantom-folder.ts';

const settings = { seed: 3, mix: 'low', pack: { name: 'bone-scan', version: '1.0.0' } } as const;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'radiolect-phantom-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** The files that a worker leaves for a study, and what it reports. */
function made(index: number): MadeStudy {
  const accessionNumber = `L3-0000${index}`;
  writeFileSync(join(folder, 'dicom', `${accessionNumber}.dcm`), `object ${index}`);
  return {
    report: JSON.stringify({ id: accessionNumber, accessionNumber, language: 'en', text: 'Normal.' }),
    truth: JSON.stringify({ accessionNumber }),
    sha256: String(index),
    bytes: 8,
  };
}
const lines = (name: string) => readFileSync(join(folder, name), 'utf8').split('\n').length - 1;

describe('a folder of phantoms', () => {
  test('goes on after the last study that is whole in every file', () => {
    const first = new PhantomFolder(folder, settings);
    expect(first.open(3)).toBe(0);
    first.add(made(0));
    first.add(made(1));
    // What a kill in the middle of a write leaves behind.
    writeFileSync(join(folder, 'reports.jsonl'), '{"id":"L3-00002","acc', { flag: 'a' });
    expect(new PhantomFolder(folder, settings).open(3)).toBe(2);
    expect(lines('reports.jsonl')).toBe(2);
    expect(lines('truth.jsonl')).toBe(2);
  });
  test('draws a study again whose object is gone', () => {
    const first = new PhantomFolder(folder, settings);
    first.open(2);
    first.add(made(0));
    first.add(made(1));
    rmSync(join(folder, 'dicom', 'L3-00000.dcm'));
    expect(new PhantomFolder(folder, settings).open(2)).toBe(0);
    expect(lines('truth.jsonl')).toBe(0);
  });
  test('is not mixed with studies of another seed', () => {
    new PhantomFolder(folder, settings).open(1);
    expect(() => new PhantomFolder(folder, { ...settings, seed: 4 }).open(1)).toThrow(PhantomFolderTakenError);
  });
  test('is not cut down to fewer studies', () => {
    new PhantomFolder(folder, settings).open(5);
    expect(() => new PhantomFolder(folder, settings).open(2)).toThrow(/a run of 5 studies, more than 2/);
  });
  test('loses half-written objects of a killed run', () => {
    new PhantomFolder(folder, settings).open(1);
    writeFileSync(join(folder, 'dicom', 'L3-00000.dcm.part'), 'half');
    new PhantomFolder(folder, settings).open(1);
    expect(readdirSync(join(folder, 'dicom'))).toEqual([]);
  });
  test('says in the manifest whether it is complete, and what it holds', () => {
    const manifest = () => JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
    const open = new PhantomFolder(folder, settings);
    open.open(1);
    expect(manifest()).toMatchObject({ complete: false, seed: 3, mix: 'low', synthetic: true });
    open.add(made(0));
    open.close(1);
    expect(manifest()).toMatchObject({
      complete: true,
      count: 1,
      languages: { en: 1 },
      files: { dicom: { bytes: 8 } },
    });
  });
});
