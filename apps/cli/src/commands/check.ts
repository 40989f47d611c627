import { readFile } from 'node:fs/promises';
import type { Language } from '@radiolect/findings';
import { languages } from '@radiolect/findings';
import { readPack } from '@radiolect/findings/node';
import { readReportTables } from '@radiolect/reading-room';
import type { CheckContext, CompletenessItem, QualityMeasure, ReportCheck } from '@radiolect/reports';
import { createReportChecker, parseCheckContext } from '@radiolect/reports';
import { Command, Option } from 'commander';
import type { GlobalOptions } from '../main.ts';
import { markedLines } from '../marked-lines.ts';
import { progressLine } from '../progress-line.ts';

interface CheckOptions extends GlobalOptions {
  readonly context?: string;
  readonly json?: boolean;
  readonly all?: boolean;
  readonly complete?: boolean;
  readonly language: Language;
}

export const check = new Command('check')
  .description('Looks for what cannot be right in a report: sides, levels, impression, numbers, patient, order, prior.')
  .argument('<reports...>', 'TXT files, JSONL with {id, text}, tables, or folders of them')
  .option('--context <context.json>', 'what is known beside the text; for several reports an object of contexts by id')
  .option('--json', 'one line of JSON per report: checks, completeness, quality measures')
  .option('--all', 'show information too, not only errors and warnings')
  .option('--complete', 'list what a report should state, and what this one does not')
  .addOption(new Option('--language <language>', 'language of the messages').choices([...languages]).default('en'))
  .addHelpText(
    'after',
    `
A context holds any of: {"order": {"bodyPart": "left hip", "side": "left", "procedure": "three-phase bone scan",
"views": ["anterior", "posterior"]}, "patient": {"age": 68, "sex": "M"}, "findings": [{"site": "l4", "presence":
"present"}], "prior": {"date": "20230411", "findings": []}, "studyDate": "20240412"}. "findings" are all that the
picture shows; "prior": null says that there is no earlier study. The exit code is 1 where an error is found.

Examples:
  radiolect check report.txt
  radiolect check report.txt --context context.json --complete
  radiolect check reports.jsonl --json > checks.jsonl`,
  )
  .action(async (paths: string[], _options: unknown, command: Command) => {
    await checkReports(paths, command.optsWithGlobals<CheckOptions>());
  });

async function checkReports(paths: readonly string[], options: CheckOptions): Promise<void> {
  const checker = createReportChecker(await readPack(options.pack));
  const contextOf = options.context === undefined ? () => ({}) : await readContexts(options.context);
  const progress = progressLine();
  let done = 0;
  let refused = 0;
  let errors = 0;
  let warnings = 0;
  for await (const event of readReportTables(paths, {})) {
    if (event.kind !== 'report') {
      refused++;
      const { file } = event;
      progress.say(event.kind === 'refused' ? `${file}: ${event.rule}; ${event.fix}` : `${file}: name its columns`);
      continue;
    }
    const { id, text } = event.report;
    const checks = checker.check(text, contextOf(id));
    errors += checks.filter(({ severity }) => severity === 'error').length;
    warnings += checks.filter(({ severity }) => severity === 'warning').length;
    if (options.json)
      process.stdout.write(
        `${JSON.stringify({ id, checks, completeness: checker.completeness(text), quality: checker.quality(text) })}\n`,
      );
    else {
      const shown = checks.filter(({ severity }) => options.all || severity !== 'information');
      process.stdout.write(reportLines(id, text, shown, options.language));
      if (options.complete)
        process.stdout.write(completenessLines(checker.completeness(text), checker.quality(text), options.language));
    }
    done++;
  }
  progress.end();
  process.stderr.write(
    `${done} report${done === 1 ? '' : 's'} checked: ${errors} errors, ${warnings} warnings${refused > 0 ? `, ${refused} refused` : ''}\n`,
  );
  if (errors > 0 || refused > 0 || done === 0) process.exitCode = 1;
}

/** One context for every report, or an object of contexts by report id. */
async function readContexts(file: string): Promise<(id: string) => CheckContext> {
  const json: unknown = JSON.parse(await readFile(file, 'utf8'));
  const entries = typeof json === 'object' && json !== null ? Object.entries(json) : [];
  const fields = new Set(['order', 'patient', 'findings', 'prior', 'studyDate']);
  if (entries.every(([key]) => fields.has(key))) {
    const context = parseCheckContext(json);
    return () => context;
  }
  const byId = new Map(entries.map(([id, context]) => [id, parseCheckContext(context)]));
  return (id) => byId.get(id) ?? {};
}

function reportLines(id: string, text: string, checks: readonly ReportCheck[], language: Language): string {
  if (checks.length === 0) return `${id}: nothing found\n`;
  const lines = [`${id}:`];
  for (const { code, severity, message, evidence } of checks) {
    lines.push(`  ${severity} ${code}: ${message[language]}`);
    lines.push(...markedLines(text, evidence).map((line) => `    ${line}`));
  }
  return `${lines.join('\n')}\n`;
}

function completenessLines(
  items: readonly CompletenessItem[],
  measures: readonly QualityMeasure[],
  language: Language,
): string {
  const stated = items.filter((item) => item.stated).length;
  const sign = (met: boolean | undefined): string => (met === undefined ? '·' : met ? '✓' : '✗');
  return [
    `  states ${stated} of ${items.length} items`,
    ...items.map((item) => `    ${sign(item.stated)} ${item.name[language]}`),
    '  quality measures',
    ...measures.map((measure) => `    ${sign(measure.met)} ${measure.name[language]}`),
    '',
  ].join('\n');
}
