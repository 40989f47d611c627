/** The database could not be started, reached or brought to this version's schema. Names the log to read. */
export class StoreUnavailableError extends Error {
  constructor(problem: string, fix: string, options?: ErrorOptions) {
    super(`${problem}; ${fix}`, options);
    this.name = 'StoreUnavailableError';
  }
}

/** A study, finding, sentence, model or job that is not in the store. `what` names the kind, never the content. */
export class NotFoundError extends Error {
  readonly what: string;
  constructor(what: string) {
    super(`There is no such ${what}`);
    this.name = 'NotFoundError';
    this.what = what;
  }
}

/** Something changed since the caller looked, or is in the way now (a training that runs). */
export class ConflictError extends Error {
  readonly fix: string;
  constructor(rule: string, fix: string) {
    super(rule);
    this.name = 'ConflictError';
    this.fix = fix;
  }
}

/** A request that breaks a rule of the reading room: which rule, and what to do. Holds no patient text. */
export class RefusedError extends Error {
  readonly fix: string;
  constructor(rule: string, fix: string) {
    super(rule);
    this.name = 'RefusedError';
    this.fix = fix;
  }
}
