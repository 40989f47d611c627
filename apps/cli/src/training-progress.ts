import type { EpochLine, RunEnd, RunStart, RunWatcher, StepReport } from '@radiolect/learning';
import type { MultiBar, SingleBar } from 'cli-progress';
import cliProgress from 'cli-progress';

/** Without a terminal: at most one line about steps in this time, so that a log stays readable. */
const quietMs = 30_000;
const redrawMs = 120;

export interface TrainingProgress extends RunWatcher {
  /** Gives the terminal back, also where the run broke off without an end. */
  close(): void;
}

/**
 * The progress of a run. On a terminal a bar that is redrawn, with a line above it for every epoch; elsewhere plain
 * lines: one an epoch, and one every half minute between.
 */
export function trainingProgress(
  stream: NodeJS.WriteStream = process.stderr,
  now: () => number = () => performance.now(),
): TrainingProgress {
  let start: RunStart | undefined;
  let bars: MultiBar | undefined;
  let bar: SingleBar | undefined;
  let shownAt = now();
  let best: EpochLine | undefined;
  const say = (line: string): void => {
    if (bars && bar) {
      bars.log(`${line}\n`);
      bars.update();
    } else stream.write(`${line}\n`);
  };
  const close = (): void => {
    bars?.stop();
    bars = undefined;
    bar = undefined;
  };
  const better = (line: EpochLine): void => {
    if (!best || line.score > best.score) best = line;
  };

  return {
    onStart(given) {
      start = given;
      for (const line of given.history ?? []) better(line);
      const { name, device, threads, examples, parameters, step, steps } = given;
      say(
        `${name} on ${device}, ${threads} threads: ${examples.train} studies to train on, ${examples.validation} to ` +
          `validate on, ${parameters.toLocaleString('en')} parameters${step > 0 ? `, resumed at step ${step}` : ''}`,
      );
      if (!stream.isTTY) return;
      bars = new cliProgress.MultiBar(
        { stream, format: '{bar} {value}/{total}  {text}', hideCursor: true, clearOnComplete: true, fps: 8 },
        cliProgress.Presets.shades_classic,
      );
      bar = bars.create(steps, step, { text: '' });
    },
    onStep(report) {
      if (bars && bar) {
        bar.update(report.step, { text: stepText(report, best) });
        // The bar's own timer starves where steps leave the thread no time between them.
        if (now() - shownAt < redrawMs) return;
        shownAt = now();
        bars.update();
      } else if (now() - shownAt > quietMs) {
        shownAt = now();
        stream.write(`step ${report.step}/${start?.steps ?? '?'}  ${stepText(report, best)}\n`);
      }
    },
    onEpoch(history) {
      const line = history.at(-1);
      if (!line) return;
      better(line);
      shownAt = now();
      say(epochText(line, best === line));
    },
    close,
    onEnd(end) {
      close();
      stream.write(`${endText(end)}\n`);
    },
  };
}

function stepText({ epoch, loss, imagesPerSecond, secondsLeft }: StepReport, best: EpochLine | undefined): string {
  const score = best ? `  score ${best.score.toFixed(4)} (epoch ${best.epoch})` : '';
  const speed = `${imagesPerSecond.toFixed(imagesPerSecond < 10 ? 2 : 1)} images/s`;
  return `epoch ${epoch}  loss ${loss.toFixed(4)}  ${speed}  ${timeLeft(secondsLeft)} left${score}`;
}

function epochText({ epoch, trainingLoss, score, ...others }: EpochLine, isBest: boolean): string {
  const left = new Set(['step', 'learningRate']);
  const measures = Object.entries(others).flatMap(([name, value]) =>
    value === null || left.has(name) ? [] : [`${name} ${Number(value.toPrecision(4))}`],
  );
  const own = [`loss ${trainingLoss.toFixed(4)}`, `score ${score.toFixed(4)}${isBest ? ' (best)' : ''}`, ...measures];
  return `epoch ${epoch}: ${own.join(', ')}`;
}

function endText({ finished, bestEpoch, history, reason }: RunEnd): string {
  const best = history.find(({ epoch }) => epoch === bestEpoch);
  const what = finished ? 'finished' : 'stopped; --resume goes on';
  const chosen = best ? `: best epoch ${bestEpoch} of ${history.length}, score ${best.score.toFixed(4)}` : '';
  return `${what}${chosen}${reason ? ` (${reason})` : ''}`;
}

/** 4000 → "1 h 7 min" */
export function timeLeft(seconds: number): string {
  if (!Number.isFinite(seconds)) return 'unknown time';
  if (seconds < 90) return `${Math.max(0, Math.round(seconds))} s`;
  const minutes = Math.round(seconds / 60);
  return minutes >= 60 ? `${Math.floor(minutes / 60)} h ${minutes % 60} min` : `${minutes} min`;
}
