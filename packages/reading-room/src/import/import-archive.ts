import type { Source } from '@radiolect/dicom';
import { DicomPixelError, readStudies } from '@radiolect/dicom';
import { folderSources } from '@radiolect/dicom/node';
import { count, eq, isNull, sql } from 'drizzle-orm';
import { RefusedError } from '../errors.ts';
import { headingsKey, readReportTables, reportExtensions } from '../report-files/read-report-tables.ts';
import type { ReportColumns } from '../report-files/report-columns.ts';
import type { Room } from '../room.ts';
import type { ImportCounts } from '../store/records.ts';
import { columnMapping, importRun, refusal, report, study } from '../store/schema.ts';
import { matchReports } from './match-reports.ts';
import { ownMark } from './process-mark.ts';
import { identitiesOf } from './pseudonyms.ts';
import { takeReport } from './take-report.ts';
import { takeStudy } from './take-study.ts';

export interface ImportOptions {
  readonly paths: readonly string[];
  readonly columns?: ReportColumns | undefined;
  /** Modalities whose pictures are taken in, beside those that hold planar whole-body pictures as a rule. */
  readonly modalities?: readonly string[] | undefined;
  /** Keep copies of the originals in the data folder; they stay where they are otherwise. */
  readonly copy?: boolean;
  readonly pseudonymise?: boolean;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: (progress: ImportProgress) => void;
  readonly onRefusal?: (refusal: ImportRefusal) => void;
  /** Called once the run has its id, before anything is read. */
  readonly onStart?: (importId: string) => void;
}

export interface ImportProgress {
  readonly stage: 'reports' | 'files' | 'studies' | 'matching';
  readonly done: number;
  readonly total?: number;
}

/** What was not taken in: which file or row, the rule that it breaks, and what to do. */
export interface ImportRefusal {
  readonly file: string;
  readonly row?: number;
  readonly rule: string;
  readonly fix: string;
}

export interface ImportResult {
  readonly id: string;
  readonly state: 'done' | 'cancelled';
  readonly counts: ImportCounts;
  readonly refusals: readonly ImportRefusal[];
  readonly columnsNeeded: readonly { readonly file: string; readonly headings: readonly string[] }[];
}

/** Files that a folder holds beside scans and reports, and that nobody means to import. */
const passedOver =
  /(?:^|[\\/])(?:truth\.jsonl|manifest\.json|readme[^\\/]*|license[^\\/]*|[^\\/]*\.(?:md|json|sha256|log))$/i;
/** Modalities that hold planar whole-body pictures: nuclear medicine, secondary capture, other. */
const usualModalities = ['NM', 'OT', 'SC'];

/**
 * Brings studies and reports into the store and joins them. What is counted is on disk. Importing the same files again
 * changes nothing; two imports may run at once; a run that was killed is taken up by running it again. A file or row
 * that cannot be taken in is kept as a refusal and the rest goes on. Throws RefusedError for options that contradict
 * each other or the project.
 */
export async function importArchive(room: Room, options: ImportOptions): Promise<ImportResult> {
  const { db, now } = room.store;
  if (options.copy && options.pseudonymise)
    throw new RefusedError('originals hold the patients’ identities', 'leave out either --copy or --pseudonymise');
  const identities = await identitiesOf(room.store, options.pseudonymise ?? false);
  const counts = { ...nothing };
  const refusals: ImportRefusal[] = [];
  const columnsNeeded: { file: string; headings: readonly string[] }[] = [];
  const [run] = await db
    .insert(importRun)
    .values({ startedAt: now(), state: 'running', ...(await ownMark()), counts })
    .returning({ id: importRun.id });
  const id = run!.id;
  options.onStart?.(id);
  const refuse = async (one: ImportRefusal): Promise<void> => {
    refusals.push(one);
    options.onRefusal?.(one);
    const file = identities.ofPath(one.file);
    await db.insert(refusal).values({ importId: id, file, rowNumber: one.row ?? null, rule: one.rule, fix: one.fix });
  };
  let state: ImportResult['state'] = 'done';
  try {
    // A report without a patient number takes pseudonym and shift of dates from the study that it belongs to.
    if (identities.replaced) await takeStudies();
    await takeReports();
    if (!identities.replaced) await takeStudies();
    options.onProgress?.({ stage: 'matching', done: 0 });
    const matched = await matchReports(room);
    counts.byAccession = matched.byAccession;
    counts.proposedByDate = matched.proposed;
  } catch (error) {
    if (!options.signal?.aborted) {
      await finish('failed');
      throw error;
    }
    state = 'cancelled';
  }
  counts.unmatchedReports = (await db.select({ n: count() }).from(report).where(isNull(report.studyId)))[0]?.n ?? 0;
  counts.unmatchedStudies = (await db.select({ n: count() }).from(study).where(isNull(study.reportOnFile)))[0]?.n ?? 0;
  counts.notUnderstood =
    (
      await db
        .select({ n: count() })
        .from(study)
        .where(sql`jsonb_array_length(${study.reportOnFile} #> '{reading,findings}') = 0`)
    )[0]?.n ?? 0;
  await finish(state);
  return { id, state, counts, refusals, columnsNeeded };

  async function finish(ended: 'done' | 'cancelled' | 'failed'): Promise<void> {
    await db
      .update(importRun)
      .set({ state: ended, finishedAt: now(), counts, columnsNeeded })
      .where(eq(importRun.id, id));
  }

  async function takeReports(): Promise<void> {
    const named = await db.select().from(columnMapping);
    const rememberedColumns = new Map(named.map(({ headingsKey: key, columns }) => [key, columns]));
    const remembered = (headings: readonly string[]): ReportColumns | undefined =>
      rememberedColumns.get(headingsKey(headings));
    const { columns, signal } = options;
    const events = readReportTables(options.paths, {
      ...(columns ? { columns } : {}),
      remembered,
      ...(signal ? { signal } : {}),
      onHeadings: async (headings, used) => {
        const values = { headingsKey: headingsKey(headings), columns: used };
        await db
          .insert(columnMapping)
          .values(values)
          .onConflictDoUpdate({ target: columnMapping.headingsKey, set: { columns: used } });
      },
    });
    for await (const event of events) {
      if (event.kind === 'refused') await refuse(withoutKind(event));
      else if (event.kind === 'columns-needed') {
        columnsNeeded.push({ file: event.file, headings: event.headings });
        await refuse({
          file: event.file,
          rule: 'no column is plainly the report’s text',
          fix: `name the columns once: --columns text=HEADING,accession=HEADING; the table has: ${event.headings.join(', ')}`,
        });
      } else {
        const outcome = await takeReport(room, await identities.ofReport(event.report));
        counts[outcome === 'known' ? 'reportsKnown' : 'reportsAdded']++;
        if (outcome === 'addendum') counts.addenda++;
        options.onProgress?.({ stage: 'reports', done: counts.reportsAdded + counts.reportsKnown });
      }
    }
  }

  async function takeStudies(): Promise<void> {
    let files = 0;
    let studies = 0;
    const found = new Set<string>();
    const { signal } = options;
    const modalities = [...usualModalities, ...(options.modalities ?? [])];
    for await (const event of readStudies(scanSources(options.paths), { modalities, ...(signal ? { signal } : {}) })) {
      if (event.kind === 'refused') {
        // A file twice in one folder is the same object: worth no person's time, but not silent either.
        await refuse({ file: event.name, rule: event.rule, fix: event.fix });
      } else if (event.kind === 'instance') {
        found.add(event.studyUid);
        files++;
        options.onProgress?.({ stage: 'files', done: files });
      } else {
        signal?.throwIfAborted();
        try {
          const outcome = await takeStudy(room, event.study, { identities, copy: options.copy ?? false });
          counts[outcome === 'added' ? 'studiesAdded' : 'studiesKnown']++;
        } catch (error) {
          if (!(error instanceof RefusedError || error instanceof DicomPixelError)) throw error;
          const file = event.study.series[0]?.instances[0]?.source.name ?? '';
          await refuse({ file, ...ruleAndFix(error) });
        }
        studies++;
        options.onProgress?.({ stage: 'studies', done: studies, total: found.size });
      }
    }
  }
}

const nothing: Record<keyof ImportCounts, number> = {
  studiesAdded: 0,
  studiesKnown: 0,
  reportsAdded: 0,
  reportsKnown: 0,
  addenda: 0,
  byAccession: 0,
  proposedByDate: 0,
  unmatchedStudies: 0,
  unmatchedReports: 0,
  notUnderstood: 0,
};

const extensionOf = (path: string): string => /\.[a-z0-9]+$/i.exec(path)?.[0]?.toLowerCase() ?? '';

async function* scanSources(paths: readonly string[]): AsyncIterable<Source> {
  for await (const source of folderSources(paths))
    if (!reportExtensions.includes(extensionOf(source.name)) && !passedOver.test(source.name)) yield source;
}

const withoutKind = ({ file, row, rule, fix }: ImportRefusal): ImportRefusal => ({
  file,
  ...(row === undefined ? {} : { row }),
  rule,
  fix,
});

const ruleAndFix = (error: RefusedError | DicomPixelError): { rule: string; fix: string } =>
  error instanceof RefusedError ? { rule: error.message, fix: error.fix } : error.refusal;
