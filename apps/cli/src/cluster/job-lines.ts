import type { TaskStatus } from '@radiolect/reading-room';
import { MultiBar, type SingleBar } from 'cli-progress';

/** Shows a job on stderr: on a terminal a bar for each task that runs and one for all; else a line for each change. */
export interface JobLines {
  show(statuses: readonly TaskStatus[]): void;
  say(line: string): void;
  end(): void;
}

/** Bars that fit above the last line of a small terminal. */
const mostBars = 12;

export function jobLines(stream: NodeJS.WriteStream = process.stderr): JobLines {
  return stream.isTTY ? bars(stream) : lines(stream);
}

function lines(stream: NodeJS.WriteStream): JobLines {
  const told = new Map<number, string>();
  let overall = '';
  const say = (line: string): void => void stream.write(`${line}\n`);
  return {
    show(statuses) {
      for (const status of statuses) {
        // A line for each tenth of the way, and for each turn.
        const mark = `${wordOf(status)} ${Math.floor(shareOf(status) * 10)} ${status.record.failures}`;
        if (told.get(status.task.index) === mark) continue;
        told.set(status.task.index, mark);
        say(taskLine(status));
      }
      const now = overallLine(statuses);
      if (now !== overall) say(now);
      overall = now;
    },
    say,
    end: () => undefined,
  };
}

function bars(stream: NodeJS.WriteStream): JobLines {
  const multi = new MultiBar({ stream, format: '{bar} {line}', hideCursor: true, barsize: 20, forceRedraw: true });
  const all = multi.create(1, 0, { line: '' });
  const shown = new Map<number, SingleBar>();
  return {
    show(statuses) {
      for (const status of statuses) {
        const { index } = status.task;
        const bar = shown.get(index);
        if (wordOf(status) === 'running') {
          if (!bar && shown.size >= mostBars) continue;
          const own = bar ?? multi.create(1000, 0, { line: '' });
          shown.set(index, own);
          own.update(Math.round(shareOf(status) * 1000), { line: taskLine(status) });
        } else if (bar) {
          multi.remove(bar);
          shown.delete(index);
          multi.log(`${taskLine(status)}\n`);
        }
      }
      all.setTotal(statuses.length);
      all.update(settledOf(statuses), { line: overallLine(statuses) });
    },
    say: (line) => multi.log(`${line}\n`),
    end() {
      // Lines above the bars wait for the next drawing.
      multi.update();
      multi.stop();
    },
  };
}

function wordOf({ record: { settled, jobId }, slurm }: TaskStatus): string {
  if (settled !== undefined) return settled === 'failed' ? 'given up' : settled;
  if (jobId === undefined) return 'to be submitted';
  return (slurm?.state ?? 'submitted').toLowerCase();
}

const shareOf = ({ progress }: TaskStatus): number =>
  progress && progress.steps > 0 ? progress.step / progress.steps : 0;

/** "task 3 (seed 2, part 1 of 5): running on node7, step 120 of 400, 33.1 images/s, 2 min left". */
export function taskLine(status: TaskStatus): string {
  const { task, record, slurm, progress } = status;
  const word = wordOf(status);
  const running = word === 'running';
  const parts = [
    `${word}${running && slurm?.node ? ` on ${slurm.node}` : ''}`,
    ...(progress && (running || progress.step > 0) ? [`step ${progress.step} of ${progress.steps}`] : []),
    ...(running && progress && progress.imagesPerSecond > 0
      ? [`${progress.imagesPerSecond.toFixed(1)} images/s`, `${Math.ceil(progress.secondsLeft / 60)} min left`]
      : []),
    ...(word === 'pending' && slurm && slurm.reason !== 'None' ? [`waits: ${slurm.reason}`] : []),
    ...(slurm && slurm.restarts > 0 ? [`put back ${slurm.restarts} ${slurm.restarts === 1 ? 'time' : 'times'}`] : []),
    ...(record.failures > 0 ? [`failed ${record.failures} ${record.failures === 1 ? 'time' : 'times'}`] : []),
    ...(record.reason !== undefined && record.settled !== 'done' ? [`latest ending: ${record.reason}`] : []),
  ];
  return `task ${task.index} (${task.name}): ${parts.join(', ')}`;
}

const settledOf = (statuses: readonly TaskStatus[]): number =>
  statuses.filter(({ record }) => record.settled !== undefined).length;

function overallLine(statuses: readonly TaskStatus[]): string {
  const counts = new Map<string, number>();
  for (const status of statuses) counts.set(wordOf(status), (counts.get(wordOf(status)) ?? 0) + 1);
  return `${statuses.length} tasks: ${[...counts].map(([word, n]) => `${n} ${word}`).join(', ')}`;
}
