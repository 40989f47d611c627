import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { resolve } from 'node:path';
import { finished } from 'node:stream/promises';
import type { Pack } from '@radiolect/findings';
import { readPack } from '@radiolect/findings/node';
import type { OpenLanguageModel } from '@radiolect/language-models';
import { endsEverything } from '@radiolect/language-models';
import type { ReportTableEvent } from '@radiolect/reading-room';
import { type parseColumns, readReportTables } from '@radiolect/reading-room';
import { createLanguageModelReader, createRuleReader, labelLine } from '@radiolect/reports';
import { Command } from 'commander';
import { agreedLine, inOrder, ModelTotals, modelLine } from '../label-with-model.ts';
import { onlyModelName, openNamedModel } from '../language-models.ts';
import type { GlobalOptions } from '../main.ts';
import type { ProgressLine } from '../progress-line.ts';
import { progressLine } from '../progress-line.ts';
import { reportColumnsOption } from '../report-columns-option.ts';
import { interruption } from '../surroundings.ts';

interface LabelOptions extends GlobalOptions {
  readonly out?: string;
  readonly columns?: ReturnType<typeof parseColumns>;
  readonly reader: string;
  readonly model?: string;
}

export const label = new Command('label')
  .description('Reads reports into findings: one line of JSON per report, with the words that each label rests on.')
  .argument('<reports...>', 'JSONL with {id, text}, CSV, TSV or XLSX tables, TXT files, or folders of them')
  .option('--out <labels.jsonl>', 'where to write; without it, to standard output')
  .option(
    '--columns <id=…,text=…>',
    'headings of a table that hold the id, the text, the accession',
    reportColumnsOption,
  )
  .option('--reader <rules|NAME|both>', 'who reads: the rules, a language model by its name, or both', 'rules')
  .option('--model <name>', 'the language model of --reader both, where several are configured')
  .addHelpText(
    'after',
    `
The encoding (UTF-8, UTF-16, Big5, GB18030) is found out by itself. A report that cannot be read is named on stderr and
the rest goes on; the exit code is then 1.

Language models stand in language-models.json of the data folder (docs/language-models.md). Their answers are kept
there: a run that was ended goes on where it was. With "both", what rules and model agree on is written to --out; what
they do not agree on goes, with both readings, to a file beside it (labels.jsonl: labels.review.jsonl).

Examples:
  radiolect label reports.jsonl --out labels.jsonl
  radiolect label export.xlsx --columns "id=Report No,text=Body" --out labels.jsonl
  radiolect label archive/ > labels.jsonl
  radiolect label reports.jsonl --reader local-model --out labels.jsonl
  radiolect label reports.jsonl --reader both --model local-model --out labels.jsonl`,
  )
  .action(async (paths: string[], _options: unknown, command: Command) => {
    const options = command.optsWithGlobals<LabelOptions>();
    if (options.reader === 'both' && options.out === undefined)
      command.error('error: --reader both needs --out: the disagreements are written beside it', { exitCode: 2 });
    await labelFiles(paths, options);
  });

async function labelFiles(paths: readonly string[], options: LabelOptions): Promise<void> {
  const pack = await readPack(options.pack);
  const events = readReportTables(paths, options.columns ? { columns: options.columns } : {});
  const progress = progressLine();
  const out = openOutput(options.out);
  const run = { events, out, pack, progress };
  let counts: Counts;
  if (options.reader === 'rules') counts = await labelByRules(run);
  else {
    const both = options.reader === 'both';
    const model = await openNamedModel(
      both ? (options.model ?? (await onlyModelName(options))) : options.reader,
      options,
    );
    try {
      const review = both ? openOutput(reviewFile(options.out!)) : undefined;
      counts = await labelByModel(run, model, review);
      await review?.end();
    } finally {
      await model.close();
    }
  }
  progress.end();
  await out.end();
  const { done, refused } = counts;
  process.stderr.write(`${done} report${done === 1 ? '' : 's'} read${refused > 0 ? `, ${refused} refused` : ''}\n`);
  if (refused > 0 || done === 0) process.exitCode = 1;
}

interface Run {
  readonly events: AsyncIterable<ReportTableEvent>;
  readonly out: Output;
  readonly pack: Pack;
  readonly progress: ProgressLine;
}

interface Counts {
  readonly done: number;
  readonly refused: number;
}

async function labelByRules({ events, out, pack, progress }: Run): Promise<Counts> {
  const reader = createRuleReader(pack);
  let done = 0;
  let refused = 0;
  for await (const event of events) {
    if (event.kind !== 'report') {
      refused++;
      progress.say(refusal(event));
      continue;
    }
    const { id, text } = event.report;
    await out.line(labelLine(id, reader.read(text)));
    progress.show('reports read:', ++done);
  }
  return { done, refused };
}

/** Reports that wait for the model at once, at most; the model itself takes as many as its configuration allows. */
const window = 64;

async function labelByModel(run: Run, model: OpenLanguageModel, review: Output | undefined): Promise<Counts> {
  const { events, out, pack, progress } = run;
  const reader = createLanguageModelReader(model, pack);
  const rules = createRuleReader(pack);
  const totals = new ModelTotals();
  const stop = new AbortController();
  const signal = AbortSignal.any([interruption(), stop.signal]);
  let done = 0;
  let refused = 0;
  let disagreements = 0;
  const readings = inOrder(events, window, async (event) =>
    event.kind === 'report' ? await reader.read(event.report.text, { signal }) : undefined,
  );
  try {
    for await (const { item: event, result } of readings) {
      if (event.kind !== 'report') {
        refused++;
        progress.say(refusal(event));
        continue;
      }
      const { id, text } = event.report;
      try {
        const part = (await result)!;
        totals.add(part);
        if (review) {
          const { line, review: items } = agreedLine(id, pack, rules.read(text), reader.name, part);
          await out.line(line);
          for (const item of items) await review.line(item);
          disagreements += items.length;
        } else await out.line(modelLine(id, reader.name, part));
        progress.show('reports read:', ++done);
      } catch (error) {
        if (signal.aborted || endsEverything(error)) throw error;
        refused++;
        const { message, fix } = error as Error & { fix?: string };
        progress.say(`report ${JSON.stringify(id)}: ${message}${fix ? `; ${fix}` : ''}`);
      }
    }
  } finally {
    stop.abort(new Error('another report ended the run'));
  }
  progress.say(totals.text(reader.name));
  if (review) progress.say(`${disagreements} disagreements written to ${review.path}`);
  return { done, refused };
}

/** A file or standard output, a line of JSON at a time. */
interface Output {
  readonly path: string;
  line(value: object): Promise<void>;
  end(): Promise<void>;
}

function openOutput(path: string | undefined): Output {
  const out = path === undefined ? process.stdout : createWriteStream(resolve(path), 'utf8');
  // A disk that is full must end the command, not the process: the error is thrown by the next line, or the end.
  out.on('error', () => undefined);
  return {
    path: path ?? 'standard output',
    async line(value) {
      if (out.errored) throw out.errored;
      if (!out.write(`${JSON.stringify(value)}\n`)) await once(out, 'drain');
    },
    async end() {
      if (out === process.stdout) return;
      out.end();
      await finished(out);
    },
  };
}

/** labels.jsonl → labels.review.jsonl */
const reviewFile = (out: string): string => `${out.replace(/\.jsonl$/, '')}.review.jsonl`;

function refusal(event: Exclude<ReportTableEvent, { kind: 'report' }>): string {
  const place = 'row' in event && event.row !== undefined ? `${event.file}, row ${event.row}` : event.file;
  if (event.kind === 'refused') return `${place}: ${event.rule}; ${event.fix}`;
  return `${place}: which column holds the text? name it by --columns; the table has: ${event.headings.join(', ')}`;
}
