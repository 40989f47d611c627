/** Which column of a report table holds what, by its heading. */
export interface ReportColumns {
  readonly text: string;
  readonly id?: string;
  readonly accession?: string;
  readonly patient?: string;
  readonly date?: string;
}

// Headings that the export of a reporting system uses, compared without case, spaces and punctuation.
const usual: Readonly<Record<keyof ReportColumns, readonly string[]>> = {
  text: ['text', 'report', 'reporttext', 'reportbody', 'narrative', 'content', '報告', '報告內容', '报告', '报告内容'],
  id: ['id', 'reportid', 'reportno', 'reportnumber', '報告編號', '报告编号'],
  accession: [
    'accession',
    'accessionnumber',
    'accessionno',
    'accno',
    'accn',
    '檢查單號',
    '检查号',
    '检查单号',
    '申請單號',
  ],
  patient: ['patient', 'patientid', 'mrn', 'chartno', 'pid', '病歷號', '病歷號碼', '病历号', '患者编号'],
  date: ['date', 'studydate', 'examdate', 'examinationdate', '檢查日期', '检查日期'],
};

const plain = (heading: string): string => heading.toLowerCase().replace(/[\s_\-./()]+/g, '');

/** The columns that the headings name plainly, or undefined where none is plainly the report's text. */
export function guessColumns(headings: readonly string[]): ReportColumns | undefined {
  const found = (key: keyof ReportColumns): string | undefined =>
    headings.find((heading) => usual[key].includes(plain(heading)));
  const text = found('text');
  if (text === undefined) return undefined;
  const [id, accession, patient, date] = [found('id'), found('accession'), found('patient'), found('date')];
  return {
    text,
    ...(id === undefined ? {} : { id }),
    ...(accession === undefined ? {} : { accession }),
    ...(patient === undefined ? {} : { patient }),
    ...(date === undefined ? {} : { date }),
  };
}

/** The first column that is named in `columns` and missing among the headings. */
export function missingColumn(columns: ReportColumns, headings: readonly string[]): string | undefined {
  return Object.values(columns).find((heading: string) => !headings.includes(heading));
}

/** Parses `id=Report No,text=Body,accession=AccNo`; throws a RangeError naming the part that is wrong. */
export function parseColumns(argument: string): ReportColumns {
  const columns: Record<string, string> = {};
  for (const part of argument.split(',')) {
    const [key, ...rest] = part.split('=');
    const name = key?.trim() ?? '';
    const heading = rest.join('=').trim();
    if (!(name in usual) || heading === '')
      throw new RangeError(`--columns: "${part}" is not one of ${Object.keys(usual).join(', ')} followed by =HEADING`);
    columns[name] = heading;
  }
  const { text } = columns;
  if (text === undefined) throw new RangeError('--columns: text=HEADING is missing');
  return { ...columns, text };
}

/** YYYYMMDD from the forms that tables hold (2024-03-05, 2024/3/5, 20240305, a Date), else undefined. */
export function dicomDate(value: unknown): string | undefined {
  if (value instanceof Date)
    return Number.isNaN(value.getTime()) ? undefined : value.toISOString().slice(0, 10).replaceAll('-', '');
  const match = /^\s*(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})(?!\d)/.exec(String(value ?? ''));
  if (!match) return undefined;
  const [, year, month, day] = match as unknown as [string, string, string, string];
  if (Number(month) < 1 || Number(month) > 12 || Number(day) < 1 || Number(day) > 31) return undefined;
  return `${year}${month.padStart(2, '0')}${day.padStart(2, '0')}`;
}
