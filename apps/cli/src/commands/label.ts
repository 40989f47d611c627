import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { resolve } from 'node:path';
import { finished } from 'node:stream/promises';
import { readPack } from '@radiolect/findings/node';
import type { ReportTableEvent } from '@radiolect/reading-room';
import { parseColumns, readReportTables } from '@radiolect/reading-room';
import { createRuleReader, labelLine } from '@radiolect/reports';
import { Command, InvalidArgumentError, Option } from 'commander';
import type { GlobalOptions } from '../main.ts';
import { progressLine } from '../progress-line.ts';

interface LabelOptions extends GlobalOptions {
  readonly out?: string;
  readonly columns?: ReturnType<typeof parseColumns>;
  readonly reader: 'rules';
}

export const label = new Command('label')
  .description('Reads reports into findings: one line of JSON per report, with the words that each label rests on.')
  .argument('<reports...>', 'JSONL with {id, text}, CSV, TSV or XLSX tables, TXT files, or folders of them')
  .option('--out <labels.jsonl>', 'where to write; without it, to standard output')
  .option('--columns <id=…,text=…>', 'headings of a table that hold the id, the text, the accession', columnsOf)
  .addOption(new Option('--reader <name>', 'who reads').choices(['rules']).default('rules'))
  .addHelpText(
    'after',
    `
The encoding (UTF-8, UTF-16, Big5, GB18030) is found out by itself. A report that cannot be read is named on stderr and
the rest goes on; the exit code is then 1.

Examples:
  radiolect label reports.jsonl --out labels.jsonl
  radiolect label export.xlsx --columns "id=Report No,text=Body" --out labels.jsonl
  radiolect label archive/ > labels.jsonl`,
  )
  .action(async (paths: string[], _options: unknown, command: Command) => {
    await labelFiles(paths, command.optsWithGlobals<LabelOptions>());
  });

async function labelFiles(paths: readonly string[], options: LabelOptions): Promise<void> {
  const reader = createRuleReader(await readPack(options.pack));
  const out = options.out === undefined ? process.stdout : createWriteStream(resolve(options.out), 'utf8');
  // A disk that is full must end the command, not the process.
  const broken = new Promise<never>((_, fail) => out.once('error', fail));
  broken.catch(() => undefined);
  const progress = progressLine();
  let done = 0;
  let refused = 0;
  for await (const event of readReportTables(paths, options.columns ? { columns: options.columns } : {})) {
    if (event.kind !== 'report') {
      refused++;
      progress.say(refusal(event));
      continue;
    }
    const { id, text } = event.report;
    const line = `${JSON.stringify(labelLine(id, reader.read(text)))}\n`;
    if (!out.write(line)) await Promise.race([once(out, 'drain'), broken]);
    progress.show('reports read:', ++done);
  }
  progress.end();
  if (out !== process.stdout) {
    out.end();
    await Promise.race([finished(out), broken]);
  }
  process.stderr.write(`${done} report${done === 1 ? '' : 's'} read${refused > 0 ? `, ${refused} refused` : ''}\n`);
  if (refused > 0 || done === 0) process.exitCode = 1;
}

function refusal(event: Exclude<ReportTableEvent, { kind: 'report' }>): string {
  const place = 'row' in event && event.row !== undefined ? `${event.file}, row ${event.row}` : event.file;
  if (event.kind === 'refused') return `${place}: ${event.rule}; ${event.fix}`;
  return `${place}: which column holds the text? name it by --columns; the table has: ${event.headings.join(', ')}`;
}

function columnsOf(argument: string): ReturnType<typeof parseColumns> {
  try {
    return parseColumns(argument);
  } catch (error) {
    throw new InvalidArgumentError((error as Error).message);
  }
}
