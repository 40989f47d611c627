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
