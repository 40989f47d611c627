import { readFile } from 'node:fs/promises';
import type { ReaderComparison, ReaderFigures, ReaderLabels, ReadingCost } from '@radiolect/evaluation';
import {
  comparedAttributes,
  compareReaders,
  expandedLabels,
  type LabelledReport,
  labelledReportSchema,
} from '@radiolect/evaluation';
import type { Pack, SiteLabel } from '@radiolect/findings';
import { presences, siteLabelsOf } from '@radiolect/findings';
import { readPack } from '@radiolect/findings/node';
import { endsEverything } from '@radiolect/language-models';
import { createLanguageModelReader, createRuleReader } from '@radiolect/reports';
import { Command } from 'commander';
import { z } from 'zod';
import { inOrder } from '../label-with-model.ts';
import { openNamedModel } from '../language-models.ts';
import type { GlobalOptions } from '../main.ts';
import type { ProgressLine } from '../progress-line.ts';
import { progressLine } from '../progress-line.ts';
import { interruption } from '../surroundings.ts';

interface CompareOptions extends GlobalOptions {
  readonly json?: boolean;
}

export const compareReadersCommand = new Command('compare-readers')
  .description('Grades readers on reports with hand labels: F1 per state, kappa, seconds, tokens and cost.')
  .argument('<gold.jsonl>', 'reports with their labels: {id, text, labels, globalNegative?, …}')
  .argument('<reader...>', 'rules, a language model by its name, or a file of labels (.jsonl)')
  .option('--json', 'print all figures as JSON')
  .addHelpText(
    'after',
    `
Every reader reads the same reports. Intervals are 95 %, by resampling the reports. Kappa is Cohen's, over all sites of
all reports, silence being an answer of its own; attributes are compared where gold and reader both call a site present.
A report that a reader abstains from counts as silence. Reports with more than 40 present sites are left out.

Examples:
  radiolect compare-readers gold.jsonl rules
  radiolect compare-readers gold.jsonl rules local-7b local-13b
  radiolect compare-readers gold.jsonl rules labels-by-another-tool.jsonl --json`,
  )
  .action(async (gold: string, readers: string[], _options: unknown, command: Command) => {
    const options = command.optsWithGlobals<CompareOptions>();
    const twice = readers.find((name, index) => readers.indexOf(name) !== index);
    if (twice !== undefined) command.error(`error: reader "${twice}" is named twice`, { exitCode: 2 });
    const comparison = await compare(gold, readers, options);
    process.stdout.write(options.json ? `${JSON.stringify(comparison, null, 2)}\n` : comparisonTable(comparison));
  });

interface Run {
  readonly pack: Pack;
  readonly gold: readonly LabelledReport[];
  readonly progress: ProgressLine;
  readonly signal: AbortSignal;
}

async function compare(file: string, names: readonly string[], options: CompareOptions): Promise<ReaderComparison> {
  const pack = await readPack(options.pack);
  const progress = progressLine();
  const gold = await linesOf(file, labelledReportSchema, progress);
  if (gold.length === 0) throw new Error(`${file} holds no labelled report`);
  const run: Run = { pack, gold, progress, signal: interruption() };
  const readers: ReaderLabels[] = [];
  for (const name of names) {
    if (name.endsWith('.jsonl')) readers.push(await fromFile(name, run));
    else if (name === 'rules') readers.push(byRules(run));
    else readers.push(await byModel(name, run, options));
  }
  progress.end();
  const expanded = gold.map((report) => expandedLabels(report, pack.sites));
  return compareReaders(expanded, readers, pack.labelSpace.positions);
}

const unknownCost: ReadingCost = { seconds: null, tokens: null, cost: null, droppedStatements: null };
const labelsOf = (findings: Parameters<typeof siteLabelsOf>[0]): ReadonlyMap<string, SiteLabel> =>
  new Map(Object.entries(siteLabelsOf(findings)));

function textOf({ id, text }: LabelledReport): string {
  if (text === undefined) throw new Error(`the gold report ${JSON.stringify(id)} has no text to read`);
  return text;
}

function byRules({ pack, gold }: Run): ReaderLabels {
  const reader = createRuleReader(pack);
  const costs: ReadingCost[] = [];
  const labels = gold.map((report) => {
    const text = textOf(report);
    const started = performance.now();
    const reading = reader.read(text);
    costs.push({ ...unknownCost, seconds: (performance.now() - started) / 1000 });
    return labelsOf(reading);
  });
  return { reader: 'rules', labels, costs };
}

const window = 64;

async function byModel(name: string, { pack, gold, progress, signal }: Run, options: GlobalOptions) {
  const model = await openNamedModel(name, options);
  const labels: (ReadonlyMap<string, SiteLabel> | undefined)[] = [];
  const costs: ReadingCost[] = [];
  const stop = new AbortController();
  const ended = AbortSignal.any([signal, stop.signal]);
  try {
    const reader = createLanguageModelReader(model, pack);
    const reports = (async function* () {
      yield* gold;
    })();
    const readings = inOrder(reports, window, async (report) => await reader.read(textOf(report), { signal: ended }));
    for await (const { item, result } of readings) {
      progress.show(`${name}:`, labels.length + 1, gold.length);
      try {
        const { reading, usage, counts, abstained } = await result;
        labels.push(abstained ? undefined : labelsOf(reading));
        costs.push({
          seconds: usage.seconds,
          tokens: usage.inputTokens + usage.outputTokens,
          cost: usage.cost ?? null,
          droppedStatements: counts.droppedSpans + counts.droppedRules,
        });
      } catch (error) {
        if (ended.aborted || endsEverything(error)) throw error;
        progress.say(`report ${JSON.stringify(item.id)}: ${(error as Error).message}`);
        process.exitCode = 1;
        labels.push(undefined);
        costs.push(unknownCost);
      }
    }
  } finally {
    stop.abort(new Error('another report ended the run'));
    await model.close();
  }
  return { reader: name, labels, costs };
}

/** A line of `radiolect label` by a model tells what it took. */
const fileLineSchema = z.intersection(
  labelledReportSchema,
  z.object({
    model: z
      .object({
        inputTokens: z.number(),
        outputTokens: z.number(),
        seconds: z.number(),
        cost: z.number().optional(),
        droppedSpans: z.number(),
        droppedRules: z.number(),
        abstained: z.string().optional(),
      })
      .optional(),
  }),
);

async function fromFile(file: string, { pack, gold, progress }: Run): Promise<ReaderLabels> {
  const lines = new Map((await linesOf(file, fileLineSchema, progress)).map((line) => [line.id, line]));
  const missing = gold.filter(({ id }) => !lines.has(id)).length;
  if (missing === gold.length) throw new Error(`${file} holds none of the gold reports: are the ids the same?`);
  if (missing > 0) progress.say(`${file}: ${missing} of ${gold.length} gold reports are not in it`);
  const inOrderOfGold = gold.map(({ id }) => lines.get(id));
  return {
    reader: file,
    labels: inOrderOfGold.map((line) =>
      line && line.model?.abstained === undefined ? expandedLabels(line, pack.sites) : undefined,
    ),
    costs: inOrderOfGold.map((line) =>
      line?.model
        ? {
            seconds: line.model.seconds,
            tokens: line.model.inputTokens + line.model.outputTokens,
            cost: line.model.cost ?? null,
            droppedStatements: line.model.droppedSpans + line.model.droppedRules,
          }
        : unknownCost,
    ),
  };
}

/** The lines of a JSONL file; one that is broken is named, without its text, and the rest goes on. */
async function linesOf<T>(file: string, schema: z.ZodType<T>, progress: ProgressLine): Promise<T[]> {
  const lines: T[] = [];
  for (const [index, line] of (await readFile(file, 'utf8')).split('\n').entries()) {
    if (line.trim() === '') continue;
    const refuse = (rule: string): void => {
      progress.say(`${file}, line ${index + 1}: ${rule}; the line is left out`);
      process.exitCode = 1;
    };
    let json: unknown;
    try {
      json = JSON.parse(line);
    } catch {
      refuse('is not JSON');
      continue;
    }
    const parsed = schema.safeParse(json);
    if (parsed.success) lines.push(parsed.data);
    else refuse(`${parsed.error.issues[0]?.path.join('.') ?? ''} does not follow the form of labels`);
  }
  return lines;
}

const figure = ({ value, low, high }: { value: number; low: number; high: number }): string =>
  Number.isNaN(value) ? 'n/a' : `${value.toFixed(3)} (${low.toFixed(3)} to ${high.toFixed(3)})`;
const small = (value: number | null, digits: number): string => (value === null ? '-' : value.toFixed(digits));

/** The figures as text: a block per reader, then the readers against each other. */
function comparisonTable({ reports, superscansLeftOut, readers, pairwise }: ReaderComparison): string {
  const rows: [string, (reader: ReaderFigures) => string][] = [
    ...presences.map((state): [string, (reader: ReaderFigures) => string] => [
      `${state} F1, ${readers[0]?.f1[state].gold ?? 0} in gold`,
      (reader) => figure(reader.f1[state]),
    ]),
    ['kappa with gold', (reader) => figure(reader.kappa)],
    ...comparedAttributes.map((attribute): [string, (reader: ReaderFigures) => string] => [
      `${attribute} right`,
      (reader) => `${figure(reader.attributes[attribute])} of ${reader.attributes[attribute].count}`,
    ]),
    ['seconds a report', (reader) => small(reader.secondsPerReport, 4)],
    ['tokens a report', (reader) => small(reader.tokensPerReport, 0)],
    ['cost a report', (reader) => small(reader.costPerReport, 5)],
    ['without a reading', (reader) => `${reader.withoutReading} of ${reader.reports}`],
    ['statements dropped', (reader) => small(reader.droppedStatements, 0)],
  ];
  const left = superscansLeftOut > 0 ? `, ${superscansLeftOut} superscans left out` : '';
  const lines = [`${reports} reports${left}; 95 % intervals`];
  for (const reader of readers)
    lines.push('', reader.reader, ...rows.map(([name, show]) => `  ${name.padEnd(26)}${show(reader)}`));
  if (pairwise.length > 0)
    lines.push(
      '',
      'kappa between',
      ...pairwise.map((pair) => `  ${pair.readers.join(' and ')}  ${figure(pair.kappa)}`),
    );
  return `${lines.join('\n')}\n`;
}
