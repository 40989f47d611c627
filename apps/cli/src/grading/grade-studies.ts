import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { readPack } from '@radiolect/findings/node';
import type { Mix } from '@radiolect/phantom';
import { accessionNumberOf } from '@radiolect/phantom';
import type { GradingRequest, StudyGrade } from '@radiolect/reading-room';
import { gradeStudy, openModels } from '@radiolect/reading-room';
import { createDrafter, createRuleReader } from '@radiolect/reports';

/** What every grading thread is told. */
export interface GradingSettings {
  readonly pack: string;
  readonly models: readonly string[];
  readonly mirror: boolean;
}

/** One study of one folder. */
export type GradingTask = Omit<GradingRequest, 'file'> & { readonly folder: string; readonly mix: Mix };

/** What comes back per task: a grade, or why there is none. */
export type GradingAnswer = { readonly grade: StudyGrade } | { readonly refused: string };

const port = parentPort;
if (port) {
  const settings = workerData as GradingSettings;
  const pack = await readPack(settings.pack);
  const models = await openModels(pack, undefined);
  const tools = {
    pack,
    model: await models.load(settings.models, 'graded', { mirror: settings.mirror }),
    drafter: createDrafter(pack),
    reader: createRuleReader(pack),
  };
  port.on('message', async ({ folder, ...task }: GradingTask) => {
    const name = `${accessionNumberOf(task.seed, task.index, task.mix)}.dcm`;
    try {
      const file = readFileSync(join(folder, 'dicom', name));
      port.postMessage({ grade: await gradeStudy({ ...task, file }, tools) } satisfies GradingAnswer);
    } catch (error) {
      port.postMessage({ refused: `${name}: ${(error as Error).message}` } satisfies GradingAnswer);
    }
  });
}
