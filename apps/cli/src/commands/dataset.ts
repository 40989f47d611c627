import { readPack } from '@radiolect/findings/node';
import type { DatasetManifest } from '@radiolect/reading-room';
import { buildDataset, buildPhantomDataset, labelReports } from '@radiolect/reading-room';
import { createRuleReader } from '@radiolect/reports';
import { Command } from 'commander';
import type { GlobalOptions } from '../main.ts';
import { progressLine } from '../progress-line.ts';
import { interruption, withRoom } from '../surroundings.ts';

interface DatasetOptions extends GlobalOptions {
  readonly out: string;
  readonly from?: string;
  readonly regions?: boolean;
  readonly json?: boolean;
}

export const datasetCommand = new Command('dataset')
  .description('Turns imported studies and the labels read from their reports into a dataset, split by patient.')
  .requiredOption('--out <folder>', 'where to; a dataset that is there is replaced')
  .option('--from <folder>', 'a folder that phantom made, instead of the data folder; needs no database')
  .option('--regions', 'with --from: take the outlines of what is in the pictures along, to train a localiser')
  .option('--json', 'print the manifest')
  .addHelpText(
    'after',
    `
Writes manifest.json (prevalence per site, what is left unmentioned, the split) and examples.jsonl. Labels come from
signed findings where there are any, else from the report. With --from the file truth.jsonl is never opened, unless
--regions asks for its outlines; labels come from the reports all the same.

Examples:
  radiolect dataset --out dataset
  radiolect dataset --from phantoms --out dataset --json
  radiolect dataset --from phantoms --regions --out dataset`,
  )
  .action(async (_options: unknown, command: Command) => {
    const options = command.optsWithGlobals<DatasetOptions>();
    const manifest = await makeDataset(options);
    process.stdout.write(options.json ? `${JSON.stringify(manifest, null, 2)}\n` : tableOf(manifest));
  });

async function makeDataset(options: DatasetOptions): Promise<DatasetManifest> {
  const { from, out } = options;
  const line = progressLine();
  const signal = interruption();
  if (from === undefined)
    return await withRoom(options, async (room) => {
      // The lexicon may have been edited since the reports came in.
      await labelReports(room, { signal, onProgress: (done, total) => line.show('reports', done, total) });
      line.end();
      return await buildDataset(room, out, signal);
    });
  const pack = await readPack(options.pack);
  const manifest = await buildPhantomDataset(from, out, {
    pack,
    reader: createRuleReader(pack),
    regions: options.regions ?? false,
    now: new Date(),
    signal,
    onProgress: (done) => line.show('studies', done),
  });
  line.end();
  return manifest;
}

function tableOf(manifest: DatasetManifest): string {
  const { studies, patients, split, source, prevalence, unmentionedShare, perSite } = manifest;
  const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
  const rows = [...perSite]
    .sort((a, b) => b.present - a.present)
    .slice(0, 10)
    .map(
      ({ site, present, absent, uncertain, unmentioned }) =>
        `  ${site.padEnd(24)}${[present, absent, uncertain, unmentioned].map((n) => String(n).padStart(12)).join('')}`,
    );
  return [
    `studies      ${studies} of ${patients} patients`,
    `split        ${split.train} train, ${split.validation} validation, ${split.test} test`,
    `labels       ${source.labels.signed} signed, ${source.labels.report} from reports`,
    `prevalence   ${percent(prevalence)} of what is stated; ${percent(unmentionedShare)} unmentioned`,
    `  ${'most often present'.padEnd(24)}${['present', 'absent', 'uncertain', 'unmentioned'].map((n) => n.padStart(12)).join('')}`,
    ...rows,
    '',
  ].join('\n');
}
