import type { StepReport } from './run-watcher.ts';

/** A line of `steps.jsonl`: the mean of the steps since the line before, under the number of the last one. */
export interface StepPoint {
  readonly step: number;
  readonly epoch: number;
  readonly loss: number;
  readonly learningRate: number;
  readonly gradientNorm: number;
  readonly imagesPerSecond: number;
  /** What the task logs besides. */
  readonly [logged: string]: number;
}

/** A run leaves at most about this many lines, however long it is. */
const mostPoints = 2000;

/** Gathers steps into points, so that a long run leaves no long file. */
export class StepPoints {
  readonly points: StepPoint[];
  readonly #stride: number;
  #pending: StepReport[] = [];
  constructor(steps: number, earlier: readonly StepPoint[] = []) {
    this.#stride = Math.max(1, Math.ceil(steps / mostPoints));
    this.points = [...earlier];
  }
  /** The point that this step completes, if it does. */
  add(report: StepReport): StepPoint | undefined {
    this.#pending.push(report);
    if (report.step % this.#stride !== 0) return undefined;
    const { step, epoch, learningRate, imagesPerSecond } = report;
    const mean = (value: (one: StepReport) => number): number =>
      this.#pending.reduce((sum, one) => sum + value(one), 0) / this.#pending.length;
    const logged = Object.keys(report.logged ?? {}).map((name) => [name, mean((one) => one.logged?.[name] ?? 0)]);
    const point: StepPoint = {
      step,
      epoch,
      loss: mean((one) => one.loss),
      learningRate,
      gradientNorm: mean((one) => one.gradientNorm),
      imagesPerSecond,
      ...Object.fromEntries(logged),
    };
    this.#pending = [];
    this.points.push(point);
    return point;
  }
}

/** The lines of a file up to a step: what a killed run wrote beyond its checkpoint is done again. */
export function pointsUpTo(text: string, step: number): StepPoint[] {
  return text.split('\n').flatMap((line) => {
    if (!line.endsWith('}')) return [];
    const point = JSON.parse(line) as StepPoint;
    return point.step <= step ? [point] : [];
  });
}
