/** What a run is, said once before its first step. */
export interface RunStart {
  readonly name: string;
  /** The recipe's kind: 'site-reader', 'classifier', … */
  readonly kind: string;
  /** Steps of the optimizer that the run will take at most, and of those that make an epoch. */
  readonly steps: number;
  readonly stepsPerEpoch: number;
  /** Steps that a checkpoint has already done; 0 for a new run. */
  readonly step: number;
  /** Examples of one step, micro-batches together. */
  readonly batchSize: number;
  readonly examples: Readonly<Record<'train' | 'validation', number>>;
  /** Numbers that training moves. */
  readonly parameters: number;
  readonly device: string;
  readonly threads: number;
  /** As JSON can hold it. */
  readonly recipe: unknown;
  /** Epochs before a resume. */
  readonly history?: readonly EpochLine[];
}

/** One step of the optimizer that is done. */
export interface StepReport {
  /** From 1. */
  readonly step: number;
  /** From 1. */
  readonly epoch: number;
  readonly loss: number;
  readonly learningRate: number;
  /** Before clipping. */
  readonly gradientNorm: number;
  /** Over the run so far, since it was started or resumed. */
  readonly imagesPerSecond: number;
  readonly secondsLeft: number;
  /** What else the task's graph logs, by name: the parts of a loss. */
  readonly logged?: Readonly<Record<string, number>>;
}

/** A line of `metrics.jsonl`: the figures of one epoch, flat. */
export interface EpochLine {
  /** From 1. */
  readonly epoch: number;
  readonly step: number;
  readonly trainingLoss: number;
  readonly learningRate: number;
  /** Chooses the best epoch: the higher the better. */
  readonly score: number;
  /** The task's own measures. */
  readonly [measure: string]: number | null;
}

/** How well one site or class was told apart in validation. */
export interface SiteRow {
  readonly site: string;
  /** null where a class is missing among the labels. */
  readonly auroc: number | null;
  /** Labels in validation. */
  readonly positives: number;
  readonly negatives: number;
  /** Share of the training labels that are positive; null where training states none. */
  readonly prevalence: number | null;
}

/** One view of a case, row-major. */
export interface CaseView {
  readonly view: string;
  readonly rows: number;
  readonly columns: number;
  /** Any scale: 0 is drawn white, the brightest pixels black. */
  readonly pixels: Float32Array;
  /** What spoke for the site, at least 0, of the picture's size; left out where the model has no map. */
  readonly heat?: Float32Array;
}

/** A label that the model got most wrong in validation. */
export interface WorstCase {
  /** The study's key, which is free of patient data. */
  readonly study: string;
  readonly site: string;
  readonly label: 'present' | 'absent';
  /** Of "present". */
  readonly probability: number;
  readonly views: readonly CaseView[];
}

/** What the best weights do in validation. Both lists may be empty: pretraining has no sites. */
export interface ValidationReport {
  readonly sites: readonly SiteRow[];
  /** The worst first. */
  readonly cases: readonly WorstCase[];
}

export interface RunEnd {
  /** False when it was stopped and can be resumed. */
  readonly finished: boolean;
  /** From 1; 0 where no epoch was finished. */
  readonly bestEpoch: number;
  readonly history: readonly EpochLine[];
  /** Why it ended before its last epoch, in words for a person: patience, collapse. */
  readonly reason?: string;
  readonly report?: ValidationReport;
  /** `manifest.json`, where one was written. */
  readonly manifest?: unknown;
}

/**
 * Looks on while a run goes. The loop awaits each call, so a watcher may write files; it never changes the run. Calls:
 * onStart once, then onStep after every step and onEpoch after every epoch's validation, onEnd once, also when the run
 * was stopped.
 */
export interface RunWatcher {
  onStart?(start: RunStart): void | Promise<void>;
  onStep?(step: StepReport): void | Promise<void>;
  /** All epochs so far, those before a resume included. */
  onEpoch?(history: readonly EpochLine[]): void | Promise<void>;
  onEnd?(end: RunEnd): void | Promise<void>;
}

/** Several watchers as one, called in order. */
export function watchTogether(...watchers: readonly RunWatcher[]): RunWatcher {
  return {
    async onStart(start) {
      for (const watcher of watchers) await watcher.onStart?.(start);
    },
    async onStep(step) {
      for (const watcher of watchers) await watcher.onStep?.(step);
    },
    async onEpoch(history) {
      for (const watcher of watchers) await watcher.onEpoch?.(history);
    },
    async onEnd(end) {
      for (const watcher of watchers) await watcher.onEnd?.(end);
    },
  };
}
