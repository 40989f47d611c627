import { casePicture } from './case-picture.ts';
import type { EventContent, RunEvent } from './event-file.ts';
import { encodeEvents, eventFileName } from './event-file.ts';
import type { PageWords } from './page-words.ts';
import { runPage } from './run-page.ts';
import type { EpochLine, RunEnd, RunStart, RunWatcher } from './run-watcher.ts';
import { pointsUpTo, StepPoints } from './step-points.ts';

/** The part of a run folder that a watcher uses. */
export interface WatchedFolder {
  read(name: string): Promise<Uint8Array | undefined>;
  write(name: string, bytes: Uint8Array): Promise<void>;
  append(name: string, bytes: Uint8Array): Promise<void>;
}

export interface WatchSettings {
  /** Milliseconds since 1970, for event files; never for the run itself. */
  readonly wallClock: () => number;
  /** What the page calls a site. */
  readonly siteName?: (site: string) => PageWords | undefined;
}

/** Between two writes while an epoch lasts. */
const flushMs = 15_000;

/**
 * Writes what a person looks at while a run goes and after it: `run.html`, `steps.jsonl`, and a TensorBoard event file
 * for every start and resume (`tensorboard --logdir RUN`, or the folder of many runs).
 */
export function watchRunFolder(folder: WatchedFolder, { wallClock, siteName }: WatchSettings): RunWatcher {
  let start: RunStart | undefined;
  let points = new StepPoints(0);
  let history: readonly EpochLine[] = [];
  let eventFile = '';
  const events: RunEvent[] = [];
  const lines: string[] = [];
  let startedAt = 0;
  let flushedAt = 0;
  let secondsLeft = 0;

  const record = (step: number, content: EventContent): void => {
    events.push({ wallTime: wallClock() / 1000, step, content });
  };
  const flush = async (end?: RunEnd): Promise<void> => {
    if (!start) return;
    flushedAt = wallClock();
    const encoded = encodeEvents(events.splice(0));
    if (encoded.length > 0) await folder.append(eventFile, encoded);
    if (lines.length > 0) await folder.append('steps.jsonl', bytesOf(lines.splice(0).join('')));
    const elapsed = (flushedAt - startedAt) / 1000;
    const page = runPage({
      start,
      elapsed,
      secondsLeft,
      steps: points.points,
      history,
      ...(end ? { end } : {}),
      ...(siteName ? { siteName } : {}),
    });
    await folder.write('run.html', bytesOf(page));
  };

  return {
    async onStart(given) {
      start = given;
      history = given.history ?? [];
      startedAt = wallClock();
      const earlier = given.step > 0 ? await folder.read('steps.jsonl') : undefined;
      points = new StepPoints(given.steps, earlier ? pointsUpTo(new TextDecoder().decode(earlier), given.step) : []);
      await folder.write('steps.jsonl', bytesOf(points.points.map((point) => `${JSON.stringify(point)}\n`).join('')));
      eventFile = eventFileName(startedAt / 1000);
      record(0, { kind: 'version' });
      // Readers drop what a killed run wrote beyond its checkpoint.
      record(given.step + 1, { kind: 'start' });
      record(given.step, { kind: 'text', tag: 'recipe', text: fenced(given.recipe) });
      await flush();
    },
    async onStep(report) {
      secondsLeft = report.secondsLeft;
      const point = points.add(report);
      if (point) {
        const { step, epoch, ...values } = point;
        record(step, { kind: 'scalars', values: tagged('step', values) });
        lines.push(`${JSON.stringify(point)}\n`);
      }
      if (wallClock() - flushedAt > flushMs) await flush();
    },
    async onEpoch(all) {
      history = all;
      const line = all.at(-1);
      if (line) {
        const { epoch, step, ...measures } = line;
        record(step, { kind: 'scalars', values: tagged('epoch', measures) });
      }
      await flush();
    },
    async onEnd(end) {
      history = end.history;
      const step = points.points.at(-1)?.step ?? 0;
      for (const [rank, { site, views }] of (end.report?.cases ?? []).entries())
        for (const view of views) {
          const { rows, columns } = view;
          const tag = `worst/${String(rank + 1).padStart(2, '0')} ${site} ${view.view}`;
          record(step, { kind: 'image', tag, rows, columns, png: casePicture(view) });
        }
      await flush(end);
    },
  };
}

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const fenced = (value: unknown): string => `\`\`\`json\n${JSON.stringify(value, null, 2)}\n\`\`\``;

/** Measures under a heading of TensorBoard's page; what has no value in this epoch is left out. */
function tagged(heading: string, measures: Readonly<Record<string, number | null>>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(measures).flatMap(([name, value]) => (value === null ? [] : [[`${heading}/${name}`, value]])),
  );
}
