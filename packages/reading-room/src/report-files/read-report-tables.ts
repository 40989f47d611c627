import { createHash } from 'node:crypto';
import { lstat, readdir, readFile, stat } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import type { ReportText } from '@radiolect/findings';
import { parse } from 'csv-parse/sync';
import { readSheet } from 'read-excel-file/node';
import { decodeText } from './decode-text.ts';
import { linesOfFile } from './lines-of-file.ts';
import type { ReportColumns } from './report-columns.ts';
import { dicomDate, guessColumns, missingColumn } from './report-columns.ts';

/** What reading report files comes upon, in the order of files and rows. `row` counts from 1, the heading row included. */
export type ReportTableEvent =
  | { readonly kind: 'report'; readonly file: string; readonly row?: number; readonly report: ReportText }
  | {
      readonly kind: 'refused';
      readonly file: string;
      readonly row?: number;
      readonly rule: string;
      readonly fix: string;
    }
  | { readonly kind: 'columns-needed'; readonly file: string; readonly headings: readonly string[] };

export interface ReadReportTablesOptions {
  /** Which column holds what, for every table that is read. */
  readonly columns?: ReportColumns;
  /** Columns that somebody named before for tables with these headings. */
  readonly remembered?: (headings: readonly string[]) => ReportColumns | undefined;
  /** Told of the columns that a table was read by, so that they can be remembered. */
  readonly onHeadings?: (headings: readonly string[], columns: ReportColumns) => Promise<void>;
  readonly signal?: AbortSignal;
}

/** Extensions that are read as reports; `.json` only where it holds lines of `{id, text}`. */
export const reportExtensions: readonly string[] = ['.jsonl', '.ndjson', '.csv', '.tsv', '.xlsx', '.txt'];

/** A single report above this many characters is refused: no report is that long, and its rules would not be either. */
export const longestReport = 200_000;
/**
 * Names in a folder that hold no reports: what goes with an archive, and what phantom studies truly hold, which grades
 * readers and must never come in. A file that is named itself is always read.
 */
const notReports = /^(?:truth\.jsonl|(?:readme|license|licence|copying|changelog)(?:[._-].*)?)$/i;
const lineExtensions: readonly string[] = ['.jsonl', '.ndjson'];
/** Below this a file is held as a whole, so that its encoding is told from all of it. */
const heldBytes = 8 * 1024 * 1024;
const largestTableBytes = 512 * 1024 * 1024;

/**
 * Reads reports out of files and folders: JSONL with `{id, text}` (and `accessionNumber`, `patientId`, `studyDate`), CSV,
 * TSV and XLSX by columns, and TXT with one report each, whose name is its id and accession number. Text is UTF-8,
 * UTF-16, Big5 or GB18030. Files with other extensions are passed over. Nothing is thrown for a file's sake: each broken
 * file or row is an event with the rule that it breaks and the fix.
 */
export async function* readReportTables(
  paths: readonly string[],
  options: ReadReportTablesOptions = {},
): AsyncIterable<ReportTableEvent> {
  for (const path of paths)
    for await (const file of filesBelow(path)) {
      options.signal?.throwIfAborted();
      const extension = extname(file).toLowerCase();
      if (!reportExtensions.includes(extension)) continue;
      try {
        const { size } = await stat(file);
        // Lines are read one by one, however many; tables are held as a whole.
        if (lineExtensions.includes(extension) && size > heldBytes) yield* readLines(file, linesOfFile(file));
        else if (size > largestTableBytes)
          yield { kind: 'refused', file, rule: 'a report file is at most 512 MB', fix: 'split the export by year' };
        else yield* readReportFile(file, extension, options);
      } catch (error) {
        options.signal?.throwIfAborted();
        yield { kind: 'refused', file, ...refusalOf(error, extension) };
      }
    }
}

/** Every file below a path, folders in name order; a path that is missing is yielded itself, so that reading names it. */
async function* filesBelow(path: string): AsyncIterable<string> {
  const kind = await lstat(path).catch(() => undefined);
  if (!kind?.isDirectory()) {
    yield path;
    return;
  }
  const entries = await readdir(path, { withFileTypes: true }).catch(() => []);
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name.startsWith('.') || notReports.test(entry.name)) continue;
    if (entry.isDirectory()) yield* filesBelow(join(path, entry.name));
    else yield join(path, entry.name);
  }
}

async function* readReportFile(
  file: string,
  extension: string,
  options: ReadReportTablesOptions,
): AsyncIterable<ReportTableEvent> {
  const bytes = await readFile(file);
  if (bytes.length === 0) {
    yield { kind: 'refused', file, rule: 'the file is empty', fix: 'export it again' };
    return;
  }
  if (extension === '.xlsx') {
    const rows = await readSheet(bytes);
    yield* readRows(file, rows as unknown as readonly (readonly unknown[])[], options);
    return;
  }
  const { text } = decodeText(bytes);
  if (extension === '.txt') {
    const stem = basename(file, extname(file));
    yield reportEvent(file, undefined, { id: stem, text, accessionNumber: stem });
  } else if (extension === '.csv' || extension === '.tsv') {
    const delimiter = extension === '.tsv' ? '\t' : delimiterOf(text);
    const rows: string[][] = parse(text, { bom: true, delimiter, relax_column_count: true, skip_empty_lines: true });
    yield* readRows(file, rows, options);
  } else yield* readLines(file, text.split('\n'));
}

async function* readLines(
  file: string,
  lines: Iterable<string> | AsyncIterable<string>,
): AsyncIterable<ReportTableEvent> {
  let row = 0;
  for await (const given of lines) {
    row++;
    const line = row === 1 ? given.replace(/^\ufeff/, '') : given;
    if (line.trim() === '') continue;
    const fields = parsedLine(line);
    if (!fields) {
      yield {
        kind: 'refused',
        file,
        row,
        rule: 'the line is not a JSON object',
        fix: 'write one {"id", "text"} a line',
      };
      continue;
    }
    const of = (key: string): string | undefined =>
      typeof fields[key] === 'string' || typeof fields[key] === 'number' ? String(fields[key]) : undefined;
    yield reportEvent(file, row, {
      id: of('id') ?? of('accessionNumber') ?? `${basename(file)}#${row}`,
      text: of('text'),
      accessionNumber: of('accessionNumber'),
      patientId: of('patientId'),
      studyDate: dicomDate(of('studyDate')),
    });
  }
}

function parsedLine(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

async function* readRows(
  file: string,
  rows: readonly (readonly unknown[])[],
  options: ReadReportTablesOptions,
): AsyncIterable<ReportTableEvent> {
  const headings = (rows[0] ?? []).map((cell) => String(cell ?? '').trim());
  const columns = options.columns ?? options.remembered?.(headings) ?? guessColumns(headings);
  if (!columns) {
    yield { kind: 'columns-needed', file, headings };
    return;
  }
  const missing = missingColumn(columns, headings);
  if (missing !== undefined) {
    const rule = `no column is headed "${missing}"`;
    yield { kind: 'refused', file, rule, fix: `name the columns again; the table has: ${headings.join(', ')}` };
    return;
  }
  await options.onHeadings?.(headings, columns);
  for (const [index, cells] of rows.entries()) {
    if (index === 0) continue;
    const cell = (heading: string | undefined): unknown =>
      heading === undefined ? undefined : cells[headings.indexOf(heading)];
    const of = (heading: string | undefined): string | undefined => {
      const value = cell(heading);
      return value === undefined || value === null || value === '' ? undefined : String(value).trim();
    };
    const accessionNumber = of(columns.accession);
    yield reportEvent(file, index + 1, {
      id: of(columns.id) ?? accessionNumber ?? `${basename(file)}#${index + 1}`,
      text: cell(columns.text) === null ? undefined : String(cell(columns.text) ?? ''),
      accessionNumber,
      patientId: of(columns.patient),
      studyDate: dicomDate(cell(columns.date)),
    });
  }
}

function reportEvent(
  file: string,
  row: number | undefined,
  fields: Record<'id', string> &
    Record<'text' | 'accessionNumber', string | undefined> & {
      patientId?: string | undefined;
      studyDate?: string | undefined;
    },
): ReportTableEvent {
  const at = { file, ...(row === undefined ? {} : { row }) };
  const { text } = fields;
  if (text === undefined || text.trim() === '')
    return {
      kind: 'refused',
      ...at,
      rule: 'the report has no text',
      fix: 'export it with its text, or name the text column',
    };
  if (text.length > longestReport)
    return {
      kind: 'refused',
      ...at,
      rule: `a report has at most ${longestReport} characters`,
      fix: 'check that the row holds one report',
    };
  const given = Object.entries(fields).filter(([, value]) => value !== undefined && value !== '');
  return { kind: 'report', ...at, report: Object.fromEntries(given) as unknown as ReportText };
}

/** The delimiter that splits the heading row into most parts. */
function delimiterOf(text: string): string {
  const heading = text.slice(0, text.indexOf('\n') < 0 ? undefined : text.indexOf('\n'));
  const [best] = [',', ';', '\t', '|'].sort((a, b) => heading.split(b).length - heading.split(a).length);
  return best!;
}

/** Rule and fix of a file that could not be read. Messages of parsers may quote cells, so none is passed on. */
function refusalOf(error: unknown, extension: string): { rule: string; fix: string } {
  const code = (error as { code?: unknown }).code;
  if (code === 'ENOENT') return { rule: 'the file does not exist', fix: 'check the path' };
  if (code === 'EACCES') return { rule: 'the file may not be read', fix: 'give this user the right to read it' };
  if (code === 'EISDIR') return { rule: 'the path is a folder inside a list of files', fix: 'name the folder itself' };
  if (extension === '.xlsx') return { rule: 'the file is not an XLSX workbook', fix: 'save it as .xlsx or .csv again' };
  if (error instanceof RangeError) return { rule: error.message, fix: 'save it as UTF-8, Big5 or GB18030 text' };
  const line = (error as { lines?: unknown }).lines;
  return {
    rule: `the table breaks off${typeof line === 'number' ? ` at line ${line}` : ''}`,
    fix: 'export it again with quoted fields',
  };
}

/** The key under which columns are remembered: a hash of the headings in their order. */
export const headingsKey = (headings: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(headings)).digest('hex').slice(0, 32);
