import type { CompletionOptions, CompletionRequest } from '@radiolect/reports';

/** An answer as it came, not yet held against the schema. */
export interface RawAnswer {
  readonly text: string;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** The answer was cut at the number of tokens allowed. */
  readonly truncated: boolean;
}

/** What stands behind a model: it gets a request to the model, and the answer's text back. */
export interface Backend {
  /** What an answer depends on beside the request: which model, where. Part of the key of a kept answer. */
  readonly identity: string;
  answer(request: CompletionRequest & { readonly maxTokens: number }, options: CompletionOptions): Promise<RawAnswer>;
  close(): Promise<void>;
}
