import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { linesOfFile } from './lines-of-file.ts';
import { readReportTables } from './read-report-tables.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'radiolect-lines-'));
});
afterAll(() => rm(folder, { recursive: true }));

const text = '左側第5肋骨攝取增加。Uptake at L4.';

test('a file above the size that is held gives the same reports, in order', async () => {
  const file = join(folder, 'many.jsonl');
  const count = 90_000;
  const lines = Array.from({ length: count }, (_, n) =>
    JSON.stringify({ id: `r${n}`, text: `${text} ${'x'.repeat(40)}` }),
  );
  await writeFile(file, `\ufeff${lines.join('\n')}\nnot json\n`);
  let read = 0;
  let refused = 0;
  for await (const event of readReportTables([file]))
    if (event.kind === 'report') {
      if (event.report.id !== `r${read}` || event.row !== read + 1) throw new Error(`line ${read + 1} is out of order`);
      read++;
    } else refused++;
  expect([read, refused]).toEqual([count, 1]);
});

test('characters on the edge of a piece are whole, and a file that leaves its encoding is refused', async () => {
  const long = join(folder, 'long.jsonl');
  await writeFile(long, `a${'肋'.repeat(800_000)}\nb`);
  const lines: string[] = [];
  for await (const line of linesOfFile(long)) lines.push(line);
  expect(lines).toEqual([`a${'肋'.repeat(800_000)}`, 'b']);
  const broken = join(folder, 'broken.jsonl');
  await writeFile(broken, Buffer.concat([Buffer.from('ascii\n'.repeat(200_000)), Buffer.from([0xa4, 0x40, 0xff])]));
  await expect(
    (async () => {
      for await (const _ of linesOfFile(broken));
    })(),
  ).rejects.toThrow(RangeError);
});
