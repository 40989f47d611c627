/**
 * The door to a language model, as the reader and the drafter see it. `@radiolect/language-models` stands behind it
 * (any OpenAI-compatible server, or llama.cpp in the process); nothing here knows of HTTP, files or model formats.
 */

/** A picture that is sent with the prompt. */
export interface ImagePart {
  readonly mediaType: 'image/png' | 'image/jpeg';
  readonly data: Uint8Array;
  /** What it shows, for the prompt: "anterior view". */
  readonly meaning: string;
}

/** What is asked of a model: one answer that follows `schema`. */
export interface CompletionRequest {
  /** The part that is the same for every report (guideline, form of the answer); kept first so that it can be cached. */
  readonly system: string;
  readonly prompt: string;
  /** JSON Schema (draft 2020-12) of the answer; the root is an object. */
  readonly schema: Readonly<Record<string, unknown>>;
  readonly images?: readonly ImagePart[];
  /** Tokens of the answer at most. */
  readonly maxTokens?: number;
  /** 0, or left out: the most likely answer (temperature 0). Other numbers are seeds of other draws. */
  readonly variant?: number;
}

/** What a call took. Tokens are the model's own; cost is in the currency of the model's configuration. */
export interface CompletionUsage {
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly seconds: number;
  readonly cost?: number;
}

/** An answer: `object` where it parses and follows the schema; else what is wrong with it. */
export type Completion = { readonly text: string; readonly usage: CompletionUsage; readonly cached: boolean } & (
  | { readonly kind: 'object'; readonly object: unknown }
  | { readonly kind: 'invalid'; readonly problem: string }
);

export interface CompletionOptions {
  readonly signal?: AbortSignal;
  /** Called with each further piece of the answer's text as it comes. */
  readonly onText?: (piece: string) => void;
}

/**
 * One model. An answer that breaks the schema is `invalid`, not thrown; a server that cannot be reached, refuses, or
 * times out throws (`LanguageModelError` of `@radiolect/language-models`), with no text of the prompt in the message.
 */
export interface LanguageModel {
  /** As in the configuration; it is the `source.name` of what the model reads or writes. */
  readonly name: string;
  readonly seesImages: boolean;
  complete(request: CompletionRequest, options?: CompletionOptions): Promise<Completion>;
}
