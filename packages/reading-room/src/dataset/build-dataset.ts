import { readFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { instancesOf, readStudies } from '@radiolect/dicom';
import { folderSources } from '@radiolect/dicom/node';
import type { Pack, ReportReading } from '@radiolect/findings';
import { type Example, type Statement, splitOf, type ViewReference } from '@radiolect/learning';
import type { StatementsLine } from '@radiolect/learning/node';
import { RefusedError } from '../errors.ts';
import { readReportTables } from '../report-files/read-report-tables.ts';
import type { Room } from '../room.ts';
import { archiveExamples, archivePictures } from './archive-examples.ts';
import { archiveStatements } from './archive-statements.ts';
import { withEverySplit } from './every-split.ts';
import { labelsOfReading } from './example-labels.ts';
import { phantomRegions } from './phantom-regions.ts';
import { statementsOfReport } from './report-statements.ts';
import type { DatasetManifest } from './write-dataset.ts';
import { datasetShares, writeDataset } from './write-dataset.ts';

/**
 * Turns the imported studies and what their reports or signatures say into a dataset folder that stands alone. Throws
 * RefusedError where no study has labels.
 */
export async function buildDataset(room: Room, folder: string, signal?: AbortSignal): Promise<DatasetManifest> {
  const examples = await archiveExamples(room);
  if (examples.length === 0)
    throw new RefusedError('no study has a report or a signed reading', 'import reports that belong to the studies');
  const signed = examples.filter(({ labelsFrom }) => labelsFrom === 'signed').length;
  return await writeDataset(
    resolve(folder),
    examples.map(({ example }) => example),
    {
      pack: room.pack,
      now: room.store.now(),
      source: { kind: 'archive', labels: { signed, report: examples.length - signed } },
    },
    archivePictures(room, examples, signal),
    archiveStatements(room, examples, signal),
  );
}

export interface PhantomDatasetOptions {
  readonly pack: Pack;
  readonly reader: { read(text: string): ReportReading };
  /** Take the outlines of what is in the pictures from the truth file; without, it is never opened. */
  readonly regions?: boolean;
  readonly now: Date;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: (done: number) => void;
}

/**
 * The same from a phantom folder, without a database: `dicom/` and `reports.jsonl`, joined by accession number.
 * Labels come from the reports. Of the truth file only outlines are taken, and only where `regions` asks for them.
 * Pictures stay where they are; the examples point to them. Throws RefusedError.
 */
export async function buildPhantomDataset(
  phantomFolder: string,
  folder: string,
  options: PhantomDatasetOptions,
): Promise<DatasetManifest> {
  const { pack, reader, now, signal } = options;
  const from = resolve(phantomFolder);
  const to = resolve(folder);
  await readFile(join(from, 'reports.jsonl')).catch(() => {
    throw new RefusedError(`${from} holds no reports.jsonl`, 'name a folder that radiolect phantom made');
  });
  const readings = new Map<string, { readonly reading: ReportReading; readonly statements: readonly Statement[] }>();
  for await (const event of readReportTables([join(from, 'reports.jsonl')], signal ? { signal } : {}))
    if (event.kind === 'report' && event.report.accessionNumber) {
      const { accessionNumber, text } = event.report;
      const reading = reader.read(text);
      readings.set(accessionNumber, { reading, statements: statementsOfReport(text, reading, pack.labelSpace) });
    }
  const regions = options.regions ? await phantomRegions(from) : undefined;
  const examples: Example[] = [];
  const statements: StatementsLine[] = [];
  for await (const event of readStudies(folderSources([join(from, 'dicom')]), signal ? { signal } : {})) {
    if (event.kind !== 'study') continue;
    const { accessionNumber, patient, uid } = event.study;
    const report = accessionNumber === undefined ? undefined : readings.get(accessionNumber);
    if (!accessionNumber || !report) continue;
    const views: Partial<Record<'anterior' | 'posterior', ViewReference>> = {};
    for (const { source, frames } of instancesOf(event.study))
      for (const { view, number } of frames)
        if (view === 'anterior' || view === 'posterior')
          views[view] ??= { file: relative(to, source.name), frame: number };
    const patientKey = patient.id ?? uid;
    const known = regions?.get(accessionNumber);
    const studyKey = accessionNumber.replace(/[^A-Za-z0-9.-]/g, '-');
    statements.push({ studyKey, statements: report.statements });
    examples.push({
      studyKey,
      patientKey,
      ...labelsOfReading(report.reading, pack.labelSpace),
      views,
      ...(known ? { regions: known } : {}),
      split: splitOf(patientKey, datasetShares),
    });
    options.onProgress?.(examples.length);
  }
  if (examples.length === 0)
    throw new RefusedError(`no report of ${from} belongs to a study`, 'name a folder that radiolect phantom made');
  const source = { kind: 'phantom', labels: { signed: 0, report: examples.length } } as const;
  return await writeDataset(to, withEverySplit(examples), { pack, now, source }, undefined, statements);
}
