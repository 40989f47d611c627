import type { Completion, CompletionOptions, CompletionRequest, LanguageModel } from '@radiolect/reports';
import { answerKey } from './answers/answer-key.ts';
import type { AnswerStore, KeptAnswer } from './answers/answer-store.ts';
import type { Backend } from './backend.ts';
import { createAnswerChecker } from './check-answer.ts';
import type { LanguageModelConfiguration, LanguageModelSettings } from './configuration.ts';
import { parseModelConfiguration } from './configuration.ts';
import { LanguageModelError } from './errors.ts';
import type { ImportLlama } from './llama/llama-backend.ts';
import { createLlamaBackend } from './llama/llama-backend.ts';
import { createServerBackend } from './openai-compatible/server-backend.ts';
import { createTurnstile } from './turnstile.ts';

/** What a model needs from outside. */
export interface LanguageModelSurroundings {
  readonly fetch: typeof fetch;
  /** Milliseconds of a clock that never goes back. */
  readonly now: () => number;
  /** The value of the environment variable that `apiKeyEnv` names. */
  readonly key?: (variable: string) => string | undefined;
  /** Where answers are kept; without it every request is asked. */
  readonly answers?: AnswerStore;
  /** Imports `node-llama-cpp`, from where the app has it; the package of that name where left out. */
  readonly importLlama?: ImportLlama;
}

/** A model that was opened, and must be closed: a file's weights fill memory. */
export interface OpenLanguageModel extends LanguageModel {
  close(): Promise<void>;
}

/**
 * Opens a model of the configuration. Nothing is loaded or connected before the first request. Throws
 * {@link InvalidModelConfigurationError}; requests throw {@link LanguageModelError} or the signal's reason.
 */
export function openLanguageModel(
  settings: LanguageModelSettings | LanguageModelConfiguration,
  surroundings: LanguageModelSurroundings,
): OpenLanguageModel {
  const configuration = parseModelConfiguration(settings);
  const backend =
    configuration.kind === 'gguf'
      ? createLlamaBackend(configuration, surroundings.importLlama)
      : createServerBackend(configuration, {
          fetch: surroundings.fetch,
          key: surroundings.key ?? (() => undefined),
        });
  return modelOf(configuration, backend, surroundings);
}

function modelOf(
  configuration: LanguageModelConfiguration,
  backend: Backend,
  { now, answers }: LanguageModelSurroundings,
): OpenLanguageModel {
  const { name, maxAnswerTokens, pricePerMillionTokens: price } = configuration;
  const seesImages = configuration.kind === 'openai-compatible' && configuration.seesImages;
  // A file has one conversation: waiting for it is not the model's time.
  const enter = createTurnstile(configuration.kind === 'gguf' ? 1 : configuration.concurrency);
  const check = createAnswerChecker();

  async function complete(asked: CompletionRequest, options: CompletionOptions = {}): Promise<Completion> {
    const request = { ...asked, maxTokens: asked.maxTokens ?? maxAnswerTokens };
    if ((request.images?.length ?? 0) > 0 && !seesImages)
      throw new LanguageModelError(
        'cannot-see',
        name,
        'it got a picture and cannot see',
        'set "seesImages": true if it can',
      );
    options.signal?.throwIfAborted();
    const key = answers ? await answerKey(backend.identity, request) : '';
    const kept = await answers?.get(key);
    if (kept) {
      options.onText?.(kept.text);
      return completion(request, kept, true);
    }
    const answer = await enter(async () => {
      const started = now();
      const raw = await backend.answer(request, options);
      return { ...raw, seconds: (now() - started) / 1000 };
    }, options.signal);
    await answers?.put(key, answer);
    return completion(request, answer, false);
  }

  function completion(request: CompletionRequest, answer: KeptAnswer, cached: boolean): Completion {
    const { text, inputTokens, outputTokens, seconds, truncated } = answer;
    const cost = price ? { cost: (inputTokens * price.input + outputTokens * price.output) / 1e6 } : {};
    const usage = { inputTokens, outputTokens, seconds, ...cost };
    const checked = check(text, request.schema);
    if (checked.kind === 'invalid' && truncated)
      return { kind: 'invalid', problem: 'the answer was cut off: it is too long', text, usage, cached };
    return { ...checked, text, usage, cached };
  }
  return { name, seesImages, complete, close: () => backend.close() };
}
