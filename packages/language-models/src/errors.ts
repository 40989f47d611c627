/** Why a model gave no answer at all. */
export type LanguageModelFailure =
  | 'unreachable'
  | 'refused'
  | 'timed-out'
  | 'too-long'
  | 'cannot-see'
  | 'not-installed'
  | 'not-loaded';

/**
 * A model that cannot be reached, refuses, times out or cannot be loaded. The message names the model and the rule,
 * never a word of the prompt, the answer or a key; the underlying error is left out for that reason (it holds them).
 */
export class LanguageModelError extends Error {
  readonly kind: LanguageModelFailure;
  readonly model: string;
  readonly fix: string;
  /** HTTP status, where a server refused. */
  readonly status: number | undefined;
  constructor(kind: LanguageModelFailure, model: string, rule: string, fix: string, status?: number) {
    super(`Language model "${model}": ${rule}`);
    this.name = 'LanguageModelError';
    this.kind = kind;
    this.model = model;
    this.fix = fix;
    this.status = status;
  }
}

const finalKinds: readonly LanguageModelFailure[] = ['unreachable', 'not-installed', 'not-loaded', 'cannot-see'];
const finalStatuses: readonly (number | undefined)[] = [401, 403, 404];

/** Whether a failure tells that no other request of this run can succeed either; anything that is not ours does. */
export const endsEverything = (error: unknown): boolean =>
  !(error instanceof LanguageModelError) || finalKinds.includes(error.kind) || finalStatuses.includes(error.status);

/** A configuration of language models that breaks its form or a rule of safety. Holds no key. */
export class InvalidModelConfigurationError extends Error {
  readonly fix: string;
  constructor(rule: string, fix: string) {
    super(rule);
    this.name = 'InvalidModelConfigurationError';
    this.fix = fix;
  }
}
