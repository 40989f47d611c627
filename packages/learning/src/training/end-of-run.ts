import type { RunWatcher } from '../watching/run-watcher.ts';
import { epochLine } from './checkpoint.ts';
import type { RunFolder } from './run-folder.ts';
import type { Schedule } from './schedule.ts';
import type { RunOutcome } from './training-loop.ts';

/** Tells who looks on that a run has ended or was stopped, with the manifest that it left; returns the outcome. */
export async function tellEnd(
  outcome: RunOutcome,
  { epochs, patience }: Pick<Schedule, 'epochs' | 'patience'>,
  run: RunFolder,
  watcher: RunWatcher | undefined,
): Promise<RunOutcome> {
  if (!watcher?.onEnd) return outcome;
  const { finished, bestEpoch, history, stopped, report } = outcome;
  const early = finished && history.length < epochs ? `no better score in ${patience} epochs` : undefined;
  const reason = stopped ?? early;
  const manifest = finished ? await run.read('manifest.json') : undefined;
  await watcher.onEnd({
    finished,
    bestEpoch,
    history: history.map(epochLine),
    ...(reason ? { reason } : {}),
    ...(report ? { report } : {}),
    ...(manifest ? { manifest: JSON.parse(new TextDecoder().decode(manifest)) as unknown } : {}),
  });
  return outcome;
}
