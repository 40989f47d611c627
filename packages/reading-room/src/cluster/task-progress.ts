import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunWatcher } from '@radiolect/learning';

/** What a training tells of itself while it runs: `progress.json` of its run folder, written by `radiolect train`. */
export interface TaskProgress {
  readonly state: 'running' | 'stopped' | 'finished';
  readonly step: number;
  readonly steps: number;
  readonly epoch: number;
  readonly loss: number;
  readonly imagesPerSecond: number;
  readonly secondsLeft: number;
}

export const progressFileName = 'progress.json';

/** Undefined before the first step. */
export async function readProgress(runFolder: string): Promise<TaskProgress | undefined> {
  const text = await readFile(join(runFolder, progressFileName), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as TaskProgress);
}

/** How often progress is written: a small model takes many steps a second. */
const tellEveryMs = 1000;

/** Writes `progress.json` while a run goes, whole each time. `now` is milliseconds of any clock. */
export function progressWriter(runFolder: string, now: () => number): RunWatcher {
  let told = Number.NEGATIVE_INFINITY;
  let latest: TaskProgress | undefined;
  let steps = 0;
  const write = async (progress: TaskProgress): Promise<void> => {
    latest = progress;
    const path = join(runFolder, progressFileName);
    await mkdir(runFolder, { recursive: true });
    await writeFile(`${path}.part`, `${JSON.stringify(progress)}\n`);
    await rename(`${path}.part`, path);
    told = now();
  };
  return {
    async onStart({ step, stepsPerEpoch, ...start }) {
      steps = start.steps;
      const none = { loss: 0, imagesPerSecond: 0, secondsLeft: 0 };
      await write({ state: 'running', step, steps, epoch: Math.ceil(step / stepsPerEpoch), ...none });
    },
    async onStep({ step, epoch, loss, imagesPerSecond, secondsLeft }) {
      latest = { state: 'running', step, steps, epoch, loss, imagesPerSecond, secondsLeft };
      if (now() - told >= tellEveryMs) await write(latest);
    },
    async onEnd({ finished }) {
      if (latest) await write({ ...latest, state: finished ? 'finished' : 'stopped' });
    },
  };
}
