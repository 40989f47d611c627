import { fileURLToPath } from 'node:url';
import { readStudies, wholeBodyViews } from '@radiolect/dicom';
import { folderSources } from '@radiolect/dicom/node';
import type { View } from '@radiolect/findings';
import { views } from '@radiolect/findings';
import { readPack } from '@radiolect/findings/node';
import { ensemble, loadModel } from '@radiolect/learning';
import { readModelFolder } from '@radiolect/learning/node';
import { Command, Option } from 'commander';
import type { GlobalOptions } from '../main.ts';
import type { ModelOptions } from '../model-options.ts';
import { mirrorOption, modelOption } from '../model-options.ts';

interface PredictOptions extends GlobalOptions, ModelOptions {
  readonly view?: View;
}

const shipped = fileURLToPath(new URL('../../../../models/bone-scan', import.meta.url));

export const predict = new Command('predict')
  .description('The calibrated probabilities of each study at a path, one line of JSON a study.')
  .argument('<path>', 'a DICOM file, a picture, or a folder')
  .addOption(modelOption('the shipped model'))
  .addOption(mirrorOption())
  .addOption(new Option('--view <view>', 'what a frame shows that nothing names').choices(views))
  .addHelpText(
    'after',
    `
A line holds the study's UID, the probability of abnormal uptake at each site, of each cause, and of metastasis, and the
warp by which each view was read. Thresholds are not applied: radiolect read does that.

Examples:
  radiolect predict study.dcm
  radiolect predict one-frame.dcm --view anterior
  radiolect predict studies --model runs/first > probabilities.jsonl
  radiolect predict studies --model runs/first --model runs/second --mirror > probabilities.jsonl`,
  )
  .action(async (path: string, _options: unknown, command: Command) => {
    await predictPath(path, command.optsWithGlobals<PredictOptions>());
  });

async function predictPath(path: string, options: PredictOptions): Promise<void> {
  const { view, mirror = false } = options;
  const folders = options.model ?? [shipped];
  const { atlas, name } = await readPack(options.pack);
  if (!atlas) throw new Error(`the pack ${name} has no atlas, and this model reads by one`);
  const members = await Promise.all(
    folders.map(async (folder) => loadModel(await readModelFolder(folder), { atlas, name: folder, mirror })),
  );
  const model = members.length === 1 ? members[0]! : ensemble(members, folders.join(' + '));
  let read = 0;
  for await (const event of readStudies(folderSources([path]))) {
    if (event.kind !== 'study') {
      if (event.kind === 'refused') refuse(`${event.name}: ${event.rule}; ${event.fix}`);
      continue;
    }
    const { anterior, posterior, unknown } = await wholeBodyViews(event.study);
    const named = view && unknown[0] ? { [view]: unknown[0] } : {};
    const pictures = { ...named, ...(anterior && { anterior }), ...(posterior && { posterior }) };
    if (Object.keys(pictures).length === 0) {
      refuse(`study ${event.study.uid}: nothing says which view its frames show; name it with --view`);
      continue;
    }
    try {
      const prediction = await model.predict(pictures);
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
