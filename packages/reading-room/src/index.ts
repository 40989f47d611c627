export type { TextEncoding } from './report-files/decode-text.ts';
export { decodeText } from './report-files/decode-text.ts';
export type { ReadReportTablesOptions, ReportTableEvent } from './report-files/read-report-tables.ts';
export { readReportTables } from './report-files/read-report-tables.ts';
export type { ReportColumns } from './report-files/report-columns.ts';
export { parseColumns } from './report-files/report-columns.ts';
