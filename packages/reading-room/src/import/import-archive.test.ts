import { mkdtemp, readFile, rm, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { readPack } from '@radiolect/findings/node';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { RefusedError } from '../errors.ts';
import { openRoom } from '../open-room.ts';
import type { Room } from '../room.ts';
import { columnMapping, instance, report, study } from '../store/schema.ts';
import { loadStudy } from '../study/load-study.ts';
import { listStudies } from '../worklist/list-studies.ts';
import { fixtureDicom, jsonLines, temporaryFolder, writeFiles } from './archive.fixture.ts';
import type { ImportOptions, ImportResult } from './import-archive.ts';
import { importArchive } from './import-archive.ts';
import { decideMatch, listImports, listMatches } from './matches.ts';

let base: string;
let room: Room;
let folder: string;
beforeAll(async () => {
  base = await temporaryFolder();
  room = await openRoom({ dataFolder: join(base, 'data'), pack: await readPack('bone-scan'), now: () => new Date() });
});
afterAll(async () => {
  await room.store.close();
  await rm(base, { recursive: true, force: true });
});
beforeEach(async () => {
  folder = await mkdtemp(join(base, 'archive-'));
});

const take = (options: Partial<ImportOptions> = {}): Promise<ImportResult> =>
  importArchive(room, { paths: [folder], ...options });
const studyBy = async (accession: string) =>
  (await room.store.db.select().from(study).where(eq(study.accessionNumber, accession)))[0]!;
const l4 = 'Intense uptake at L4, consistent with metastasis.';

describe('studies and reports', () => {
  test('join by accession number; the same import again changes nothing', async () => {
    await writeFiles(folder, {
      'a.dcm': fixtureDicom({ accession: 'S1', patient: 'PA', date: '20240101' }),
      'reports.jsonl': jsonLines([{ id: 'r1', accessionNumber: 'S1', text: l4 }]),
    });
    const first = await take();
    expect(first.refusals).toEqual([]);
    expect(first.counts).toMatchObject({ studiesAdded: 1, reportsAdded: 1, byAccession: 1 });
    const { id } = await studyBy('S1');
    const page = await loadStudy(room, id);
    expect(page.views.map((view) => [view.key, view.rowCount, view.columnCount])).toEqual([
      ['anterior', 96, 32],
      ['posterior', 96, 32],
    ]);
    const present = page.study.reportOnFile?.reading.findings.filter((finding) => finding.presence === 'present');
    expect(present).toMatchObject([{ site: 'l4', nature: 'metastatic' }]);
    const again = await take();
    expect(again.counts).toMatchObject({ studiesAdded: 0, studiesKnown: 1, reportsAdded: 0, reportsKnown: 1 });
    expect((await studyBy('S1')).id).toBe(id);
  });

  test('an addendum is joined behind the report that it adds to, wherever it stands in the table', async () => {
    await writeFiles(folder, {
      'a.dcm': fixtureDicom({ accession: 'S2', patient: 'PB', date: '20240101' }),
      'reports.csv': `accession,text\nS2,"ADDENDUM: increased uptake at T7."\nS2,"${l4}"\n`,
    });
    expect((await take()).counts).toMatchObject({ addenda: 1, byAccession: 2 });
    const onFile = (await studyBy('S2')).reportOnFile!;
    expect(onFile.text).toBe(`${l4}\n\nADDENDUM: increased uptake at T7.`);
    expect(onFile.addendaAt).toEqual([onFile.text.indexOf('ADDENDUM')]);
    const present = onFile.reading.findings.filter((finding) => finding.presence === 'present');
    expect(present.map((finding) => finding.site).sort()).toEqual(['l4', 't7']);
  });

  test('same patient and a close date is proposed, and joins only when a person confirms', async () => {
    await writeFiles(folder, {
      'a.dcm': fixtureDicom({ accession: 'S3', patient: 'PC', date: '20240310' }),
      'far.dcm': fixtureDicom({ accession: 'S3far', patient: 'PC', date: '20230310' }),
      'reports.csv': 'patient,date,text\nPC,2024-03-12,Normal bone scan.\nPX,2024-03-12,Nobody’s report.\n',
    });
    expect((await take()).counts).toMatchObject({ byAccession: 0, proposedByDate: 1 });
    expect((await studyBy('S3')).reportOnFile).toBeNull();
    const matches = await listMatches(room);
    const proposal = matches.proposals.find((one) => one.study.accessionNumber === 'S3')!;
    expect(proposal.daysApart).toBe(2);
    expect(matches.reportsWithoutStudy.map((one) => one.text)).toContain('Nobody’s report.');
    expect(matches.studiesWithoutReport.map((one) => one.accessionNumber)).toContain('S3far');
    await decideMatch(room, proposal.id, 'confirm');
    expect((await studyBy('S3')).reportOnFile).toMatchObject({ matchedBy: 'patient-and-date' });
    await expect(decideMatch(room, proposal.id, 'confirm')).rejects.toThrow('no such proposed match');
  });

  test('one accession number with two patients is never joined silently', async () => {
    await writeFiles(folder, {
      'a.dcm': fixtureDicom({ accession: 'S4', patient: 'PD', date: '20240101' }),
      'reports.csv': 'accession,patient,text\nS4,SOMEBODY-ELSE,Normal bone scan.\n',
    });
    expect((await take()).counts).toMatchObject({ byAccession: 0, proposedByDate: 1 });
    expect((await studyBy('S4')).reportOnFile).toBeNull();
  });

  test('columns are named once and remembered', async () => {
    const dicom = fixtureDicom({ accession: 'S5', patient: 'PE', date: '20240101' });
    await writeFiles(folder, { 'a.dcm': dicom, 'one.csv': 'Nr,Befund\nS5,Normal bone scan.\n' });
    const asked = await take();
    expect(asked.columnsNeeded).toEqual([{ file: join(folder, 'one.csv'), headings: ['Nr', 'Befund'] }]);
    expect(asked.refusals[0]?.fix).toContain('--columns');
    const named = await take({ columns: { accession: 'Nr', text: 'Befund' } });
    expect(named.counts).toMatchObject({ reportsAdded: 1, byAccession: 1 });
    expect((await room.store.db.select().from(columnMapping)).length).toBeGreaterThan(0);
    await writeFiles(folder, { 'two.csv': 'Nr,Befund\nS5b,Another report.\n' });
    expect((await take()).counts).toMatchObject({ reportsAdded: 1, reportsKnown: 1 });
  });

  test('originals stay where they are unless copies are asked for', async () => {
    await writeFiles(folder, { 'a.dcm': fixtureDicom({ accession: 'S6', patient: 'PF', date: '20240101' }) });
    await take({ copy: true });
    const { id } = await studyBy('S6');
    const [row] = await room.store.db.select().from(instance).where(eq(instance.studyId, id));
    expect(row).toMatchObject({ path: join(folder, 'a.dcm') });
    const copy = await room.store.blobs.get(row!.copyBlob!);
    expect(Buffer.compare(Buffer.from(copy), await readFile(join(folder, 'a.dcm')))).toBe(0);
  });
});

describe('bad input', () => {
  test('broken, empty, huge, wrong and duplicate files are named one by one; the rest comes in', async () => {
    const good = fixtureDicom({ accession: 'B1', patient: 'PG', date: '20240101' });
    const wrongModality = Uint8Array.from(fixtureDicom({ accession: 'B2', patient: 'PG', date: '20240102' }));
    const at = Buffer.from(wrongModality).indexOf('NM', 132, 'latin1');
    wrongModality.set(Buffer.from('CT', 'latin1'), at);
    await writeFiles(folder, {
      'good.dcm': good,
      'good-again.dcm': good,
      'cut.dcm': fixtureDicom({ accession: 'B3', patient: 'PG', date: '20240103' }).slice(0, 3000),
      'empty.dcm': '',
      'noise.dcm': Uint8Array.from({ length: 4000 }, (_, index) => (index * 7919) % 251),
      'modality.dcm': wrongModality,
      'letter.pdf': '%PDF-1.4 a letter',
      'truth.jsonl': jsonLines([{ accessionNumber: 'B1', text: 'must never be read' }]),
      'reports.jsonl': jsonLines([{ id: 'r', accessionNumber: 'B1', text: 'Normal bone scan.' }]),
    });
    // Sparse: it claims its size without taking it.
    await writeFiles(folder, { 'huge.dcm': 'x' });
    await truncate(join(folder, 'huge.dcm'), 2 ** 30 + 1);
    const { counts, refusals } = await take();
    expect(counts).toMatchObject({ studiesAdded: 1, reportsAdded: 1, byAccession: 1 });
    const refused = Object.fromEntries(refusals.map(({ file, rule }) => [file.slice(folder.length + 1), rule]));
    for (const file of ['cut.dcm', 'empty.dcm', 'huge.dcm', 'letter.pdf', 'modality.dcm', 'noise.dcm'])
      expect(refused[file], file).toMatch(/\S/);
    expect(Object.keys(refused).filter((file) => file.startsWith('good'))).toHaveLength(1);
    for (const { fix } of refusals) expect(fix).toMatch(/\S/);
    const [latest] = await listImports(room);
    expect(latest?.refusals).toHaveLength(refusals.length);
  });

  test('reports without text, of 1 MB, in an unknown language, with control characters or HTML', async () => {
    await writeFiles(folder, {
      'a.dcm': fixtureDicom({ accession: 'C1', patient: 'PH', date: '20240101' }),
      'b.dcm': fixtureDicom({ accession: 'C2', patient: 'PI', date: '20240101' }),
      'reports.jsonl': jsonLines([
        { id: 'none', accessionNumber: 'C0', text: '' },
        { id: 'long', accessionNumber: 'C0', text: 'Normal. '.repeat(131_072) },
        { id: 'finnish', accessionNumber: 'C1', text: 'Luustokartoitus: ei poikkeavaa kertymää.\u0000\u0007' },
        { id: 'html', accessionNumber: 'C2', text: `<html><p>${l4}</p><script>alert(1)</script></html>` },
      ]),
    });
    const { counts, refusals } = await take();
    expect(counts).toMatchObject({ studiesAdded: 2, reportsAdded: 2, byAccession: 2 });
    expect(refusals.map(({ row, rule }) => [row, rule])).toEqual([
      [1, 'the report has no text'],
      [2, 'a report has at most 200000 characters'],
    ]);
    expect((await studyBy('C1')).reportOnFile?.reading.findings).toEqual([]);
    expect(counts.notUnderstood).toBeGreaterThan(0);
    const html = (await studyBy('C2')).reportOnFile!;
    expect(html.text.trim()).toBe(l4);
    expect(html.reading.findings.some(({ site, presence }) => site === 'l4' && presence === 'present')).toBe(true);
  });

  test('a path that does not exist is named', async () => {
    const { refusals, state } = await importArchive(room, { paths: [join(folder, 'nowhere')] });
    expect(state).toBe('done');
    expect(refusals).toHaveLength(1);
  });

  test('two imports of one folder at once take each study once', async () => {
    const studies = Array.from({ length: 6 }, (_, n) => ({ accession: `D${n}`, patient: `PJ${n}`, date: '20240101' }));
    await writeFiles(folder, {
      ...Object.fromEntries(studies.map((one) => [`${one.accession}.dcm`, fixtureDicom(one)])),
      'reports.jsonl': jsonLines(
        studies.map(({ accession }) => ({ id: accession, accessionNumber: accession, text: l4 })),
      ),
    });
    const [one, other] = await Promise.all([take(), take()]);
    expect(one.refusals.concat(other.refusals)).toEqual([]);
    expect(one.counts.studiesAdded + other.counts.studiesAdded).toBe(6);
    expect(one.counts.reportsAdded + other.counts.reportsAdded).toBe(6);
    const { rows } = await listStudies(room, { search: 'PJ' });
    expect(rows).toHaveLength(6);
    for (const row of rows) expect(row.hasReport).toBe(true);
  });

  test('a cancelled import says so, keeps what it had, and can be run again', async () => {
    const studies = Array.from({ length: 4 }, (_, n) => ({
      accession: `E${n}`,
      patient: 'PK',
      date: `2024010${n + 1}`,
    }));
    await writeFiles(folder, Object.fromEntries(studies.map((one) => [`${one.accession}.dcm`, fixtureDicom(one)])));
    const stop = new AbortController();
    const cancelled = await take({
      signal: stop.signal,
      onProgress: ({ stage, done }) => stage === 'studies' && done === 2 && stop.abort(),
    });
    expect(cancelled).toMatchObject({ state: 'cancelled', counts: { studiesAdded: 2 } });
    expect((await take()).counts).toMatchObject({ studiesAdded: 2, studiesKnown: 2 });
  });
});

const dashed = (date: string): string => date.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3');

test('pseudonyms: names, numbers and paths stay outside the store; the same patient stays one', async () => {
  const dataFolder = join(base, 'pseudonyms');
  const other = await openRoom({ dataFolder, pack: room.pack, now: () => new Date() });
  try {
    await writeFiles(folder, {
      'a.dcm': fixtureDicom({ accession: 'ACC-77001', patient: 'MRN-55001', date: '20240101' }),
      'b.dcm': fixtureDicom({ accession: 'ACC-77002', patient: 'MRN-55001', date: '20240601' }),
      'broken.dcm': 'MRN-55001',
      'reports.jsonl': jsonLines([
        { id: 'ACC-77001', accessionNumber: 'ACC-77001', patientId: 'MRN-55001', text: `ACC-77001 MRN-55001. ${l4}` },
        {
          id: 'r1',
          accessionNumber: 'ACC-77001',
          patientId: 'MRN-55001',
          text: `Patient: Jane Whitfield  MRN: MRN-55001\nDate: 2024-01-01\n${l4}\nDr. Abernathy`,
        },
        {
          id: 'r2',
          accessionNumber: 'ACC-77002',
          text: `Patient: Jane Whitfield  Accession: ACC-77002\nDate: 2024-06-01\n${l4}`,
        },
      ]),
    });
    const result = await importArchive(other, { paths: [folder], pseudonymise: true });
    expect(result.counts).toMatchObject({ studiesAdded: 2, byAccession: 3 });
    const rows = await other.store.db.select().from(study);
    expect(new Set(rows.map((row) => row.patientId)).size).toBe(1);
    const everything = JSON.stringify([
      rows,
      await other.store.db.select().from(instance),
      await other.store.db.select().from(report),
      await listImports(other),
    ]);
    for (const secret of ['ACC-7700', 'MRN-55001', 'Probe', '19500101', '2024-0', '20240', 'Jane', folder])
      expect(everything).not.toContain(secret);
    const byReport = (await other.store.db.select().from(report)).filter(({ text }) => text.includes('Intense uptake'));
    // One patient, one pseudonym and one shift of dates, in header and text, by patient number or by the study alone.
    const [early, late] = rows.map(({ studyDate }) => studyDate!).sort();
    expect(Date.parse(dashed(late!)) - Date.parse(dashed(early!))).toBe(152 * 86_400_000);
    const texts = byReport.map(({ text }) => text).join('\n');
    expect(texts).toContain(dashed(early!));
    expect(texts).toContain(dashed(late!));
    for (const row of rows) expect(texts).toContain(row.accessionNumber);
    expect(texts.split(rows[0]!.patientId!).length).toBeGreaterThan(3);
    expect(texts).not.toMatch(/Whitfield|Abernathy/);
    // Later imports of the project replace identities without being told.
    expect((await importArchive(other, { paths: [folder] })).counts).toMatchObject({
      studiesKnown: 2,
      reportsKnown: 3,
    });
    await expect(importArchive(other, { paths: [folder], pseudonymise: true, copy: true })).rejects.toThrow(
      RefusedError,
    );
    await expect(take({ pseudonymise: true })).rejects.toThrow('already holds studies');
  } finally {
    await other.store.close();
  }
});
