import type { CompletionOptions, CompletionRequest } from '@radiolect/reports';
import type { Backend, RawAnswer } from '../backend.ts';
import type { FileModelConfiguration } from '../configuration.ts';
import { deadline } from '../deadline.ts';
import { LanguageModelError } from '../errors.ts';
import type { LlamaGrammar, LlamaModule } from './llama-module.ts';

/** Imports `node-llama-cpp` 3.22, from wherever it is installed. */
export type ImportLlama = () => Promise<unknown>;

const installation = 'npm install --no-save node-llama-cpp@3.22.1 (docs/language-models.md says where)';
const drawTemperature = 0.7;
const usualContext = 8192;

/**
 * A GGUF file in this process, on the processor. One conversation is kept: what a prompt has in common with the one
 * before it (the guideline, the form of the answer) is evaluated once. The caller asks one question at a time.
 */
export function createLlamaBackend(
  configuration: FileModelConfiguration,
  importLlama: ImportLlama = () => import('node-llama-cpp' as string),
): Backend {
  const { name, file, contextSize, threads, timeoutSeconds } = configuration;
  let loading: ReturnType<typeof load> | undefined;

  async function load() {
    const module = await imported(name, importLlama);
    try {
      const llama = await module.getLlama({ build: 'never', gpu: false, logLevel: 'error' });
      const model = await llama.loadModel({ modelPath: file });
      const size = contextSize ?? Math.min(model.trainContextSize, usualContext);
      const context = await model.createContext({
        contextSize: size,
        sequences: 1,
        ...(threads === undefined ? {} : { threads }),
      });
      return { module, llama, model, size, sequence: context.getSequence(), grammars: new Map<string, LlamaGrammar>() };
    } catch (error) {
      throw new LanguageModelError(
        'not-loaded',
        name,
        `the file cannot be loaded (${error instanceof Error ? error.name : 'Error'})`,
        'is it a GGUF file that llama.cpp knows, and is there memory for it?',
      );
    }
  }

  async function answer(
    request: CompletionRequest & { readonly maxTokens: number },
    { signal, onText }: CompletionOptions,
  ): Promise<RawAnswer> {
    loading ??= load();
    const { module, llama, model, size, sequence, grammars } = await loading;
    // The tokens of the prompt, kept from the request before or not, so that requests can be compared.
    const inputTokens = model.tokenize(request.system).length + model.tokenize(request.prompt).length;
    const needed = inputTokens + request.maxTokens;
    if (needed > size)
      throw new LanguageModelError(
        'too-long',
        name,
        `prompt and answer may take ${needed} tokens, its context holds ${size}`,
        'raise contextSize as far as the model allows, or lower maxAnswerTokens',
      );
    const form = JSON.stringify(request.schema);
    const grammar = grammars.get(form) ?? (await llama.createGrammarForJsonSchema(request.schema));
    grammars.set(form, grammar);
    const session = new module.LlamaChatSession({
      contextSequence: sequence,
      systemPrompt: request.system,
      autoDisposeSequence: false,
    });
    const ended = deadline(timeoutSeconds, signal);
    const before = sequence.tokenMeter.getState();
    const variant = request.variant ?? 0;
    try {
      const { responseText, stopReason } = await session.promptWithMeta(request.prompt, {
        grammar,
        temperature: variant === 0 ? 0 : drawTemperature,
        seed: variant,
        maxTokens: request.maxTokens,
        signal: ended,
        ...(onText ? { onTextChunk: onText } : {}),
      });
      const after = sequence.tokenMeter.getState();
      return {
        text: responseText,
        inputTokens,
        outputTokens: after.usedOutputTokens - before.usedOutputTokens,
        truncated: stopReason === 'maxTokens',
      };
    } catch (error) {
      if (signal?.aborted) throw signal.reason;
      if (ended.aborted)
        throw new LanguageModelError('timed-out', name, `no answer within ${timeoutSeconds} s`, 'raise timeoutSeconds');
      throw new LanguageModelError(
        'refused',
        name,
        `llama.cpp stopped (${error instanceof Error ? error.name : 'Error'})`,
        'try another file or a smaller contextSize',
      );
    } finally {
      session.dispose();
    }
  }

  return {
    identity: `gguf ${file}`,
    answer,
    async close() {
      const loaded = await loading?.catch(() => undefined);
      loading = undefined;
      await loaded?.llama.dispose();
    },
  };
}

async function imported(name: string, importLlama: ImportLlama): Promise<LlamaModule> {
  try {
    return (await importLlama()) as LlamaModule;
  } catch {
    throw new LanguageModelError('not-installed', name, 'a GGUF file needs node-llama-cpp', installation);
  }
}
