import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readStudies, wholeBodyViews } from '@radiolect/dicom';
import { folderSources } from '@radiolect/dicom/node';
import { readPack } from '@radiolect/findings/node';
import { loadModel } from '@radiolect/learning';
import { readModelFolder } from '@radiolect/learning/node';
import { Command } from 'commander';
import type { GlobalOptions } from '../main.ts';

interface PredictOptions extends GlobalOptions {
  readonly model: string;
}

const shipped = fileURLToPath(new URL('../../../../models/bone-scan', import.meta.url));

export const predict = new Command('predict')
  .description('The calibrated probabilities of each study at a path, one line of JSON a study.')
  .argument('<path>', 'a DICOM file, a picture, or a folder')
  .option('--model <folder>', 'a model or run folder', shipped)
  .addHelpText(
    'after',
    `
A line holds the study's UID, the probability of abnormal uptake at each site, of each cause, and of metastasis, and the
warp by which each view was read. Thresholds are not applied: radiolect read does that.

Examples:
  radiolect predict study.dcm
  radiolect predict studies --model runs/first > probabilities.jsonl`,
  )
  .action(async (path: string, _options: unknown, command: Command) => {
    await predictPath(path, command.optsWithGlobals<PredictOptions>());
  });

async function predictPath(path: string, { model: folder, pack }: PredictOptions): Promise<void> {
  const { atlas, name } = await readPack(pack);
  if (!atlas) throw new Error(`the pack ${name} has no atlas, and this model reads by one`);
  const model = await loadModel(await readModelFolder(resolve(folder)), { atlas, name: resolve(folder) });
  let read = 0;
  for await (const event of readStudies(folderSources([path]))) {
    if (event.kind !== 'study') {
      if (event.kind === 'refused') refuse(`${event.name}: ${event.rule}; ${event.fix}`);
      continue;
    }
    const { anterior, posterior } = await wholeBodyViews(event.study);
    if (!anterior && !posterior) {
      refuse(`study ${event.study.uid}: no frame says which view it is; name the view when importing it`);
      continue;
    }
    try {
      const prediction = await model.predict({ ...(anterior && { anterior }), ...(posterior && { posterior }) });
      process.stdout.write(`${JSON.stringify({ study: event.study.uid, ...prediction })}\n`);
      read += 1;
    } catch (error) {
      refuse(`study ${event.study.uid}: ${(error as Error).message}`);
    }
  }
  await model.dispose();
  if (read === 0) refuse(`${path} holds no study that could be read`);
}

function refuse(message: string): void {
  process.stderr.write(`radiolect predict: ${message}\n`);
  process.exitCode = 1;
}
