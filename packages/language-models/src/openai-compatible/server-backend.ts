import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import type { CompletionOptions, CompletionRequest } from '@radiolect/reports';
import type { LanguageModelUsage, ModelMessage } from 'ai';
import { APICallError, generateText, jsonSchema, NoObjectGeneratedError, Output, RetryError, streamText } from 'ai';
import type { Backend, RawAnswer } from '../backend.ts';
import type { ServerModelConfiguration } from '../configuration.ts';
import { deadline } from '../deadline.ts';
import { LanguageModelError } from '../errors.ts';

/** Temperature of a draw other than the most likely answer. */
const drawTemperature = 0.7;

/** Any server that speaks the OpenAI chat protocol: vLLM, Ollama, the llama.cpp server, a commercial one. */
export function createServerBackend(
  configuration: ServerModelConfiguration,
  surroundings: { readonly fetch: typeof fetch; readonly key: (variable: string) => string | undefined },
): Backend {
  const { baseUrl, model, apiKeyEnv, timeoutSeconds } = configuration;
  const apiKey = apiKeyEnv === undefined ? undefined : surroundings.key(apiKeyEnv);
  const provider = createOpenAICompatible({
    name: 'openai-compatible',
    baseURL: baseUrl,
    ...(apiKey === undefined || apiKey === '' ? {} : { apiKey }),
    supportsStructuredOutputs: true,
    includeUsage: true,
    fetch: (input, init) =>
      surroundings.fetch(input, {
        ...init,
        // A redirect could carry the text of a report to another computer.
        redirect: 'error',
        signal: deadline(timeoutSeconds, init?.signal),
      }),
  });

  async function answer(
    request: CompletionRequest & { readonly maxTokens: number },
    { signal, onText }: CompletionOptions,
  ): Promise<RawAnswer> {
    refuseTooLong(configuration, request);
    const variant = request.variant ?? 0;
    const call = {
      model: provider.chatModel(model),
      system: request.system,
      messages: [userMessage(request)],
      // The answer is held against the schema by the caller, the same way for every kind of model.
      output: Output.object({
        schema: jsonSchema<unknown>(request.schema, { validate: (value) => ({ success: true, value }) }),
        name: 'answer',
      }),
      temperature: variant === 0 ? 0 : drawTemperature,
      seed: variant,
      maxOutputTokens: request.maxTokens,
      maxRetries: configuration.retries,
      ...(signal ? { abortSignal: signal } : {}),
    };
    try {
      if (onText === undefined) {
        const { text, totalUsage, finishReason } = await generateText(call);
        return rawAnswer(text, totalUsage, finishReason);
      }
      return await streamed(streamText({ ...call, onError: () => undefined }).fullStream, onText);
    } catch (error) {
      if (signal?.aborted) throw signal.reason;
      if (NoObjectGeneratedError.isInstance(error)) return rawAnswer(error.text ?? '', error.usage, error.finishReason);
      throw failure(configuration, apiKey !== undefined && apiKey !== '', error);
    }
  }
  return { identity: `${baseUrl} ${model}`, answer, close: async () => undefined };
}

/** A server that cuts a prompt silently would answer on half a report: what surely does not fit is not sent. */
function refuseTooLong({ name, contextSize }: ServerModelConfiguration, { system, prompt }: CompletionRequest): void {
  if (contextSize === undefined) return;
  const text = system + prompt;
  // At least: a token holds some 4 Latin letters, seldom more than one or two Chinese characters.
  const chinese = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  const least = Math.floor((text.length - chinese) / 8 + chinese / 3);
  if (least > contextSize)
    throw new LanguageModelError(
      'too-long',
      name,
      `the prompt takes ${least} tokens or more, its context holds ${contextSize}`,
      'raise contextSize as far as the model allows',
    );
}

function userMessage({ prompt, images = [] }: CompletionRequest): ModelMessage {
  return {
    role: 'user',
    content: [
      ...images.flatMap(({ meaning, mediaType, data }) => [
        { type: 'text' as const, text: `${meaning}:` },
        { type: 'file' as const, mediaType, data },
      ]),
      { type: 'text', text: prompt },
    ],
  };
}

/** What of the library's stream is looked at. */
type StreamPart =
  | { readonly type: 'text-delta'; readonly text: string }
  | { readonly type: 'error'; readonly error: unknown }
  | { readonly type: 'abort' }
  | { readonly type: 'finish'; readonly totalUsage: LanguageModelUsage; readonly finishReason: string }
  | { readonly type: string };

async function streamed(parts: AsyncIterable<StreamPart>, onText: (piece: string) => void): Promise<RawAnswer> {
  let text = '';
  let usage: LanguageModelUsage | undefined;
  let finishReason: string | undefined;
  for await (const part of parts) {
    if (part.type === 'text-delta' && 'text' in part) {
      text += part.text;
      onText(part.text);
    } else if (part.type === 'error' && 'error' in part) throw part.error;
    else if (part.type === 'finish' && 'totalUsage' in part) {
      usage = part.totalUsage;
      finishReason = part.finishReason;
    }
  }
  return rawAnswer(text, usage, finishReason);
}

const rawAnswer = (
  text: string,
  usage: LanguageModelUsage | undefined,
  finishReason: string | undefined,
): RawAnswer => ({
  text,
  inputTokens: usage?.inputTokens ?? 0,
  outputTokens: usage?.outputTokens ?? 0,
  truncated: finishReason === 'length',
});

/** The library's errors quote the request and the answer: only their kind is passed on. */
function failure({ name, timeoutSeconds, apiKeyEnv }: ServerModelConfiguration, keyed: boolean, error: unknown): Error {
  const last = RetryError.isInstance(error) ? error.lastError : error;
  if (last instanceof Error && last.name === 'TimeoutError')
    return new LanguageModelError(
      'timed-out',
      name,
      `no answer within ${timeoutSeconds} s`,
      'raise timeoutSeconds, or lower concurrency',
    );
  const status = APICallError.isInstance(last) ? last.statusCode : undefined;
  if (status === undefined || status < 400)
    return new LanguageModelError(
      'unreachable',
      name,
      APICallError.isInstance(last) && status !== undefined
        ? 'the server answered in another form'
        : 'the server cannot be reached',
      'is it running at the baseUrl of language-models.json, the version (/v1) included?',
    );
  const fix =
    status === 401 || status === 403
      ? keyed
        ? `the key in ${apiKeyEnv} is not accepted`
        : `put the key into the environment variable that apiKeyEnv names${apiKeyEnv ? ` (${apiKeyEnv})` : ''}`
      : status === 404
        ? 'does the server know this model, and does baseUrl end with its version (/v1)?'
        : status === 429
          ? 'lower concurrency, or wait'
          : 'its log says why; the prompt may be longer than its context';
  return new LanguageModelError('refused', name, `the server refused with status ${status}`, fix, status);
}
