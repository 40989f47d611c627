import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { expect, test } from 'vitest';
import type { ReportTableEvent } from './read-report-tables.ts';
import { readReportTables } from './read-report-tables.ts';

/** The smallest workbook that spreadsheet programs open: inline strings, one sheet. */
function workbook(rows: readonly (readonly (string | number)[])[]): Uint8Array {
  const escaped = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');
  const cell = (value: string | number): string =>
    typeof value === 'number' ? `<c><v>${value}</v></c>` : `<c t="inlineStr"><is><t>${escaped(value)}</t></is></c>`;
  const sheet = rows
    .map((row, r) => {
      const cells = row.map((value, c) => cell(value).replace('<c', `<c r="${String.fromCharCode(65 + c)}${r + 1}"`));
      return `<row r="${r + 1}">${cells.join('')}</row>`;
    })
    .join('');
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const links = 'http://schemas.openxmlformats.org/package/2006/relationships';
  const types = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
  return zip({
    '[Content_Types].xml': `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${types}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${types}.worksheet+xml"/></Types>`,
    '_rels/.rels': `<Relationships xmlns="${links}"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="Reports" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${links}"><Relationship Id="rId1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    'xl/worksheets/sheet1.xml': `<worksheet xmlns="${main}"><sheetData>${sheet}</sheetData></worksheet>`,
  });
}

/** A ZIP archive of stored (not compressed) files. */
function zip(files: Readonly<Record<string, string>>): Uint8Array {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, text] of Object.entries(files)) {
    const data = Buffer.from(text);
    const about = Buffer.alloc(26);
    about.writeUInt16LE(20, 0);
    about.writeUInt32LE(crc32(data), 10);
    about.writeUInt32LE(data.length, 14);
    about.writeUInt32LE(data.length, 18);
    about.writeUInt16LE(name.length, 22);
    parts.push(Buffer.from('PK\u0003\u0004', 'latin1'), about, Buffer.from(name), data);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    directory.push(Buffer.from('PK\u0001\u0002\u0014\u0000', 'latin1'), about, place, Buffer.from(name));
    offset += 30 + name.length + data.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(Object.keys(files).length, 4);
  end.writeUInt16LE(Object.keys(files).length, 6);
  end.writeUInt32LE(listed.length, 8);
  end.writeUInt32LE(offset, 12);
  return new Uint8Array(Buffer.concat([...parts, listed, Buffer.from('PK\u0005\u0006', 'latin1'), end]));
}

test('a workbook gives its reports, with numbers as numbers are written and empty cells left out', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'radiolect-xlsx-'));
  try {
    const path = join(folder, 'export.xlsx');
    const rows = [
      ['檢查單號', '病歷號', '檢查日期', '報告內容'],
      [20240001, 'P1', '2024/3/5', '第四腰椎攝取增加，疑似骨轉移 & <其他>。'],
      ['A-2', 'P2', 20240306, ''],
    ];
    await writeFile(path, workbook(rows));
    const events: ReportTableEvent[] = [];
    for await (const event of readReportTables([path])) events.push(event);
    expect(events).toMatchObject([
      {
        kind: 'report',
        row: 2,
        report: {
          accessionNumber: '20240001',
          patientId: 'P1',
          studyDate: '20240305',
          text: '第四腰椎攝取增加，疑似骨轉移 & <其他>。',
        },
      },
      { kind: 'refused', row: 3, rule: 'the report has no text' },
    ]);
  } finally {
    await rm(folder, { recursive: true });
  }
});
