/** A data set that cannot be trained on: empty, of another label space, or without positives. Names the fix. */
export class UnusableDatasetError extends Error {
  constructor(problem: string, fix: string) {
    super(`The data set cannot be trained on: ${problem}. ${fix}`);
    this.name = 'UnusableDatasetError';
  }
}

/** A model folder whose files are missing or do not belong together. `file` is the file's name. */
export class InvalidModelError extends Error {
  readonly file: string;
  constructor(file: string, problem: string) {
    super(`Model file "${file}": ${problem}`);
    this.name = 'InvalidModelError';
    this.file = file;
  }
}

/** A run that was started with other settings than the ones it would go on with. */
export class ResumeMismatchError extends Error {
  constructor(what: string) {
    super(`The run cannot be resumed: its ${what} differ. Train into a new folder, or resume with what it began with.`);
    this.name = 'ResumeMismatchError';
  }
}

/** Settings of a backbone that do not fit together, or pictures that it is not built for. Names the fix. */
export class InvalidBackboneError extends Error {
  constructor(kind: string, problem: string, fix: string) {
    super(`Backbone "${kind}": ${problem}; ${fix}.`);
    this.name = 'InvalidBackboneError';
  }
}

/** What of a checkpoint does not fit a backbone. */
export interface UnfitWeights {
  readonly missing: readonly string[];
  readonly extra: readonly string[];
  /** Each with its name, its shape and the shape that is taken. */
  readonly misshapen: readonly string[];
}

/** Weights that were not made for a backbone with these settings. Names every tensor that does not fit. */
export class UnfitWeightsError extends Error {
  readonly missing: readonly string[];
  readonly extra: readonly string[];
  readonly misshapen: readonly string[];
  constructor(kind: string, { missing, extra, misshapen }: UnfitWeights) {
    const parts = [
      missing.length > 0 ? `missing: ${missing.join(', ')}` : '',
      extra.length > 0 ? `left over: ${extra.join(', ')}` : '',
      misshapen.length > 0 ? `of another shape: ${misshapen.join('; ')}` : '',
    ];
    super(
      `The weights do not fit the backbone "${kind}"; ${parts.filter((part) => part !== '').join('; ')}. Give the settings that they were made with.`,
    );
    this.name = 'UnfitWeightsError';
    this.missing = missing;
    this.extra = extra;
    this.misshapen = misshapen;
  }
}
