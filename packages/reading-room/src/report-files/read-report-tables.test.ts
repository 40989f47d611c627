import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { decodeText } from './decode-text.ts';
import type { ReadReportTablesOptions, ReportTableEvent } from './read-report-tables.ts';
import { longestReport, readReportTables } from './read-report-tables.ts';
import { dicomDate, guessColumns, parseColumns } from './report-columns.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'radiolect-reports-'));
});
afterAll(() => rm(folder, { recursive: true }));

const traditional = '左側第5肋骨及腰椎第4節放射性攝取增加，疑似骨轉移，其餘骨骼未見異常攝取。';
const simplified = '左侧第5肋骨及第4腰椎放射性浓聚，考虑骨转移可能，其余骨骼未见异常。';

/** Node decodes Big5 and GB18030 but does not write them; iconv does. */
const encoded = (text: string, encoding: string): Buffer =>
  execFileSync('iconv', ['-f', 'utf-8', '-t', encoding], { input: text });

async function read(name: string, content: string | Uint8Array, options: ReadReportTablesOptions = {}) {
  const path = join(folder, name);
  await writeFile(path, content);
  const events: ReportTableEvent[] = [];
  for await (const event of readReportTables([path], options)) events.push(event);
  return events;
}

test.each([
  ['big5', traditional],
  ['gb18030', simplified],
  ['gb18030', traditional],
  ['utf-8', simplified],
])('%s text is recognised', (encoding, text) => {
  expect(decodeText(encoded(text, encoding))).toEqual({ text, encoding });
});

test('a binary file is no text', () => {
  expect(() => decodeText(new Uint8Array(512))).toThrow(RangeError);
});

test('a Big5 table with Chinese headings needs no columns', async () => {
  const csv = `檢查單號,病歷號,檢查日期,報告內容\r\nA1,P1,2024/3/5,"${traditional}"\r\n`;
  expect(await read('big5.csv', encoded(csv, 'big5'))).toEqual([
    {
      kind: 'report',
      file: join(folder, 'big5.csv'),
      row: 2,
      report: { id: 'A1', text: traditional, accessionNumber: 'A1', patientId: 'P1', studyDate: '20240305' },
    },
  ]);
});

test('unknown headings ask for columns, named or remembered ones are used', async () => {
  const csv = 'Nr;Befund\n7;Normal bone scan.\n';
  expect(await read('unknown.csv', csv)).toMatchObject([{ kind: 'columns-needed', headings: ['Nr', 'Befund'] }]);
  const columns = parseColumns('accession=Nr,text=Befund');
  const expected = [{ kind: 'report', report: { accessionNumber: '7', text: 'Normal bone scan.' } }];
  expect(await read('unknown.csv', csv, { columns })).toMatchObject(expected);
  expect(await read('unknown.csv', csv, { remembered: () => columns })).toMatchObject(expected);
});

test('a column that is not there is named', async () => {
  const events = await read('wrong.csv', 'a,b\n1,2\n', { columns: { text: 'body' } });
  expect(events).toMatchObject([{ kind: 'refused', rule: 'no column is headed "body"' }]);
});

test('bad lines and bad rows are refused one by one and the rest is read', async () => {
  const events = await read(
    'mixed.jsonl',
    [
      '{"id":"a","text":"Normal bone scan.","accessionNumber":"A-1","studyDate":"20240102"}',
      '{"id":"b","text":"   "}',
      'not json',
      '["a list"]',
      JSON.stringify({ id: 'c', text: 'x'.repeat(1_000_000) }),
      '{"id":9,"text":"Uptake at L4."}',
    ].join('\n'),
  );
  expect(events.map((event) => [event.kind, 'row' in event && event.row])).toEqual([
    ['report', 1],
    ['refused', 2],
    ['refused', 3],
    ['refused', 4],
    ['refused', 5],
    ['report', 6],
  ]);
  expect(events[4]).toMatchObject({ rule: `a report has at most ${longestReport} characters` });
  expect(events[5]).toMatchObject({ report: { id: '9', text: 'Uptake at L4.' } });
});

test('empty, missing and broken files are refused with a fix; other files are passed over', async () => {
  expect(await read('empty.csv', '')).toMatchObject([{ kind: 'refused', rule: 'the file is empty' }]);
  expect(await read('broken.xlsx', 'not a workbook')).toMatchObject([
    { kind: 'refused', rule: 'the file is not an XLSX workbook' },
  ]);
  expect(await read('open-quote.csv', 'id,text\n1,"never closed\n')).toMatchObject([{ kind: 'refused' }]);
  expect(await read('picture.png', 'x')).toEqual([]);
  const missing: ReportTableEvent[] = [];
  for await (const event of readReportTables([join(folder, 'nowhere.csv')])) missing.push(event);
  expect(missing).toMatchObject([{ kind: 'refused', rule: 'the file does not exist' }]);
});

test('a folder of texts gives one report a file, by its name', async () => {
  await mkdir(join(folder, 'texts/deeper'), { recursive: true });
  await writeFile(join(folder, 'texts/A7.txt'), 'Normal.');
  await writeFile(join(folder, 'texts/deeper/A8.txt'), simplified);
  const events: ReportTableEvent[] = [];
  for await (const event of readReportTables([join(folder, 'texts')])) events.push(event);
  expect(events.map((event) => event.kind === 'report' && event.report.accessionNumber)).toEqual(['A7', 'A8']);
});

test('dates and headings', () => {
  expect(['2024-03-05', '2024/3/5', '20240305', '2024年3月5日', '5 March', '20241399'].map(dicomDate)).toEqual([
    '20240305',
    '20240305',
    '20240305',
    '20240305',
    undefined,
    undefined,
  ]);
  expect(guessColumns(['Accession Number', 'Report Text'])).toEqual({
    accession: 'Accession Number',
    text: 'Report Text',
  });
  expect(() => parseColumns('text')).toThrow(RangeError);
  expect(() => parseColumns('id=x')).toThrow('text=HEADING is missing');
});
