import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { finished } from 'node:stream/promises';
import type { ReportPseudonyms, ReportTableEvent } from '@radiolect/reading-room';
import {
  createReportPseudonyms,
  identityKey,
  openStore,
  type parseColumns,
  patientOf,
  readReportTables,
} from '@radiolect/reading-room';
import { Command, Option } from 'commander';
import type { GlobalOptions } from '../main.ts';
import { progressLine } from '../progress-line.ts';
import { reportColumnsOption } from '../report-columns-option.ts';

interface DeidentifyOptions extends GlobalOptions {
  readonly out?: string;
  readonly columns?: ReturnType<typeof parseColumns>;
  readonly key?: string;
  readonly dateOrder: 'mdy' | 'dmy';
}

export const deidentify = new Command('deidentify')
  .description('Takes names, numbers, dates and places out of report texts; pseudonyms agree with imported pictures.')
  .argument('<reports...>', 'JSONL with {id, text}, CSV, TSV or XLSX tables, TXT files, or folders of them')
  .option('--out <reports.jsonl>', 'where to write; without it, to standard output')
  .option(
    '--columns <id=…,text=…>',
    'headings of a table that hold id, text, accession, patient, date',
    reportColumnsOption,
  )
  .option('--key <file>', 'a file with the secret (16 bytes or more), instead of the data folder’s')
  .addOption(
    new Option('--date-order <order>', 'how 05/03/2024 is meant where no other date of the report tells')
      .choices(['mdy', 'dmy'])
      .default('mdy'),
  )
  .addHelpText(
    'after',
    `
A line per report: {id, text, …, replaced: [{kind, start, end}]} with pseudonyms in place of patient and accession numbers
and dates moved back by an interval of the patient. The same key gives the same pseudonyms in every file, and in
\`radiolect import --pseudonymise\`. Standard error counts what was replaced and never shows it. A person should look
through the result before it leaves the house: docs/de-identification.md says what is missed.

Examples:
  radiolect deidentify reports.jsonl --out without-identities.jsonl
  radiolect deidentify export.xlsx --columns "text=Body,patient=MRN" --date-order dmy --out clean.jsonl
  radiolect deidentify archive/ --key ~/project.key > clean.jsonl`,
  )
  .action(async (paths: string[], _options: unknown, command: Command) => {
    const options = command.optsWithGlobals<DeidentifyOptions>();
    const { dateOrder } = options;
    if (options.key !== undefined) {
      const key = await readFile(options.key);
      await deidentifyFiles(paths, options, await createReportPseudonyms({ key, dateOrder }));
      return;
    }
    const databaseUrl = process.env.DATABASE_URL;
    const store = await openStore({
      dataFolder: resolve(options.data),
      databaseUrl: databaseUrl === '' ? undefined : databaseUrl,
      now: () => new Date(),
    });
    try {
      const key = Buffer.from(await identityKey(store), 'hex');
      const patientOfAccession = (accession: string): Promise<string | undefined> => patientOf(store, accession);
      await deidentifyFiles(paths, options, await createReportPseudonyms({ key, patientOfAccession, dateOrder }));
    } finally {
      await store.close();
    }
  });

async function deidentifyFiles(
  paths: readonly string[],
  options: DeidentifyOptions,
  pseudonyms: ReportPseudonyms,
): Promise<void> {
  const out = options.out === undefined ? process.stdout : createWriteStream(resolve(options.out), 'utf8');
  // A disk that is full must end the command, not the process.
  const broken = new Promise<never>((_, fail) => out.once('error', fail));
  broken.catch(() => undefined);
  const progress = progressLine();
  const counts = new Map<string, number>();
  let [done, refused, alone] = [0, 0, 0];
  for await (const event of readReportTables(paths, options.columns ? { columns: options.columns } : {})) {
    if (event.kind !== 'report') {
      refused++;
      progress.say(refusal(event));
      continue;
    }
    const { report, replaced, patientFrom } = await pseudonyms(event.report);
    if (patientFrom === 'none') alone++;
    for (const { kind } of replaced) counts.set(kind, (counts.get(kind) ?? 0) + 1);
    if (!out.write(`${JSON.stringify({ ...report, replaced })}\n`)) await Promise.race([once(out, 'drain'), broken]);
    progress.show('reports without identities:', ++done);
  }
  progress.end();
  if (out !== process.stdout) {
    out.end();
    await Promise.race([finished(out), broken]);
  }
  const kinds = [...counts].sort((a, b) => b[1] - a[1]).map(([kind, count]) => `${kind} ${count}`);
  process.stderr.write(`${done} report${done === 1 ? '' : 's'}${refused > 0 ? `, ${refused} refused` : ''}\n`);
  process.stderr.write(`replaced: ${kinds.length > 0 ? kinds.join(', ') : 'nothing'}\n`);
  if (alone > 0)
    process.stderr.write(
      `note: ${alone} name no patient; their dates moved each by an interval of its own (name a patient column)\n`,
    );
  if (refused > 0 || done === 0) process.exitCode = 1;
}

function refusal(event: Exclude<ReportTableEvent, { kind: 'report' }>): string {
  const place = 'row' in event && event.row !== undefined ? `${event.file}, row ${event.row}` : event.file;
  if (event.kind === 'refused') return `${place}: ${event.rule}; ${event.fix}`;
  return `${place}: which column holds the text? name it by --columns; the table has: ${event.headings.join(', ')}`;
}
