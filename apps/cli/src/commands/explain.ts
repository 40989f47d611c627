import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Finding, FindingInput, Language } from '@radiolect/findings';
import { languages, makeFinding } from '@radiolect/findings';
import { readPack } from '@radiolect/findings/node';
import { explain, plainText } from '@radiolect/reports';
import { Command, Option } from 'commander';
import { z } from 'zod';
import type { GlobalOptions } from '../main.ts';

interface ExplainOptions extends GlobalOptions {
  readonly language: Language;
  readonly out?: string;
  readonly json?: boolean;
}

export const explainCommand = new Command('explain')
  .description('Tells findings to the patient in plain words; every sentence rests on findings.')
  .argument('<findings.json>', 'what `radiolect read` writes, an exported signed report as JSON, or a list of findings')
  .addOption(new Option('--language <language>', 'of the text').choices(languages).default('en'))
  .option('--out <file>', 'where to write; without it, to standard output')
  .option('--json', 'sentences with the findings and sites that each states, instead of the text')
  .addHelpText(
    'after',
    `
Nothing is added to the findings and doubt stays doubt. The text is for research and for a talk with the physician; it
should be given out only for findings that somebody signed.

Examples:
  radiolect explain reading/findings.json
  radiolect explain report-v1.json --language zh-Hant --out for-the-patient.txt`,
  )
  .action(async (path: string, _options: unknown, command: Command) => {
    const { language, out, json, pack } = command.optsWithGlobals<ExplainOptions>();
    const { findings, signed } = findingsOf(await readFile(path, 'utf8'), path);
    const sentences = explain({ findings, language, pack: await readPack(pack) });
    const text = json ? JSON.stringify({ language, sentences }, null, 2) : plainText(sentences, language);
    if (out === undefined) process.stdout.write(`${text}\n`);
    else await writeFile(resolve(out), `${text}\n`);
    if (!signed) process.stderr.write('note: these findings are not those of a signed report\n');
  });

const list = z.array(z.looseObject({ site: z.string(), presence: z.string() }));
const forms = z.union([
  z.object({ report: z.object({ findings: list, signedAt: z.string() }) }),
  z.object({ findings: list, signedAt: z.string().optional() }),
  list,
]);

function findingsOf(text: string, path: string): { findings: Finding[]; signed: boolean } {
  const parsed = forms.safeParse(jsonOf(text, path));
  if (!parsed.success)
    throw new Error(`${path} holds no findings; give findings.json of \`radiolect read\` or an exported signed report`);
  const file = parsed.data;
  const report = Array.isArray(file) ? { findings: file } : 'report' in file ? file.report : file;
  return {
    findings: report.findings.map((finding) => makeFinding(finding as unknown as FindingInput)),
    signed: 'signedAt' in report && report.signedAt !== undefined,
  };
}

function jsonOf(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`${path} is not JSON; give findings.json of \`radiolect read\` or an exported signed report`);
  }
}
