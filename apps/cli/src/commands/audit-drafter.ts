import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Language, Pack } from '@radiolect/findings';
import { languages } from '@radiolect/findings';
import { readPack } from '@radiolect/findings/node';
import type { AuditedStudy, DraftingAudit } from '@radiolect/reading-room';
import { auditDrafting, auditFile, imageParts, openModels, readFiles, studyOfPath } from '@radiolect/reading-room';
import { createDrafter, createLanguageModelDrafter, createRuleReader } from '@radiolect/reports';
import { Command, Option } from 'commander';
import { openNamedModel } from '../language-models.ts';
import type { GlobalOptions } from '../main.ts';
import { progressLine } from '../progress-line.ts';
import { interruption, modelsFolder } from '../surroundings.ts';
import { wholeNumberFrom } from '../whole-number.ts';

interface AuditDrafterOptions extends GlobalOptions {
  readonly count: number;
  readonly swap: number;
  readonly language: Language;
  readonly json?: boolean;
}

export const auditDrafterCommand = new Command('audit-drafter')
  .description('Asks of a language model that drafts: one report for every study? is the picture seen? do sides stand?')
  .argument('<model>', 'a model of language-models.json in the data folder')
  .argument('<folder>', 'studies that radiolect phantom made')
  .option('--count <n>', 'the first n studies', wholeNumberFrom(0), 20)
  .option('--swap <n>', "studies that are asked again with another study's pictures", wholeNumberFrom(0), 8)
  .addOption(new Option('--language <language>', 'of the drafts').choices(languages).default('en'))
  .option('--json', 'print everything as JSON')
  .addHelpText(
    'after',
    `
The findings come from the shipped vision model, so that a suggestion can be right. The result is kept in the data
folder, and the reading room shows it beside the model's suggestions. The exit code is 1 where the model is caught.

Examples:
  radiolect phantom --count 20 --seed 5 --out phantoms
  radiolect audit-drafter local-model phantoms
  radiolect audit-drafter local-model phantoms --count 100 --language zh-Hant --json`,
  )
  .action(async (name: string, folder: string, _options: unknown, command: Command) => {
    const options = command.optsWithGlobals<AuditDrafterOptions>();
    const pack = await readPack(options.pack);
    const drafter = createDrafter(pack);
    const model = await openNamedModel(name, options);
    const line = progressLine();
    try {
      const studies = await auditedStudies(resolve(folder), pack, options, (done) =>
        line.show('studies read:', done, options.count),
      );
      const writer = createLanguageModelDrafter({ model, pack, drafter, reader: createRuleReader(pack) });
      const audit = await auditDrafting(studies, writer, {
        language: options.language,
        swaps: model.seesImages ? options.swap : 0,
        signal: interruption(),
        onProgress: (done, total) => line.show('drafts:', done, total),
      });
      line.end();
      const file = auditFile(resolve(options.data), name);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, `${JSON.stringify(audit, null, 2)}\n`);
      process.stdout.write(options.json ? `${JSON.stringify(audit, null, 2)}\n` : `${auditTable(audit)}\n`);
      if (audit.verdicts.some(({ caught }) => caught)) process.exitCode = 1;
    } finally {
      await model.close();
    }
  });

async function auditedStudies(
  folder: string,
  pack: Pack,
  { count }: AuditDrafterOptions,
  onRead: (done: number) => void,
): Promise<AuditedStudy[]> {
  const truthFile = join(folder, 'truth.jsonl');
  if (!existsSync(truthFile)) throw new Error(`${truthFile} is missing: make the folder with radiolect phantom`);
  const models = await openModels(pack, modelsFolder);
  if (!models.shipped) throw new Error(`no model is shipped for the pack ${pack.name}: the findings come from it`);
  const vision = await models.load(models.shipped.folder, models.shipped.card.id);
  const truths = (await readFile(truthFile, 'utf8')).split('\n').filter(Boolean).slice(0, count);
  const studies: AuditedStudy[] = [];
  for (const text of truths) {
    const { accessionNumber, image } = JSON.parse(text) as {
      accessionNumber: string;
      image: { findings: { site: string }[] };
    };
    const study = await studyOfPath(join(folder, 'dicom', `${accessionNumber}.dcm`));
    const { findings, pictures } = await readFiles(study, vision, {
      pack,
      drafter: createDrafter(pack),
      language: 'en',
    });
    studies.push({
      name: accessionNumber,
      findings,
      images: imageParts(pictures),
      truth: new Set(image.findings.map(({ site }) => site)),
    });
    onRead(studies.length);
  }
  return studies;
}

function auditTable({ writer, studies, abstained, sentences, reasons, verdicts, suggestions }: DraftingAudit): string {
  const share = (value: number): string => (Number.isNaN(value) ? 'n/a' : value.toFixed(3));
  const lines = verdicts.map(
    (v) =>
      `${v.caught ? 'CAUGHT' : 'ok    '}  ${v.code}: ${share(v.share.value)} (${share(v.share.low)} to ${share(v.share.high)}) of ${v.n} ${v.figure}`,
  );
  const why = Object.entries(reasons)
    .map(([reason, n]) => `${reason} ${n}`)
    .join(', ');
  return [
    `${writer}: ${studies} studies, ${abstained} without an answer that follows its form`,
    ...lines,
    `sentences replaced by the rule drafter: ${sentences.replaced} of ${sentences.proposed}${why ? ` (${why})` : ''}`,
    `suggestions beyond the findings that were in the picture: ${suggestions.right} of ${suggestions.n}` +
      (suggestions.n > 0 ? ` (${share(suggestions.share.low)} to ${share(suggestions.share.high)})` : ''),
  ].join('\n');
}
