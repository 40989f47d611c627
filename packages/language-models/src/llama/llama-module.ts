/**
 * The part of `node-llama-cpp` 3.22 that is used. Its own types cannot be imported: it is an optional peer, absent from
 * most installations (some 700 MB with all its platform packages).
 */
export interface LlamaModule {
  getLlama(options: { build: 'never'; gpu: false; logLevel: 'error' }): Promise<Llama>;
  readonly LlamaChatSession: new (options: {
    contextSequence: LlamaSequence;
    systemPrompt?: string;
    autoDisposeSequence: boolean;
  }) => LlamaChatSession;
}

export interface Llama {
  loadModel(options: { modelPath: string }): Promise<LlamaModel>;
  createGrammarForJsonSchema(schema: unknown): Promise<LlamaGrammar>;
  dispose(): Promise<void>;
}

export interface LlamaModel {
  readonly trainContextSize: number;
  tokenize(text: string): readonly number[];
  createContext(options: { contextSize: number; sequences: 1; threads?: number }): Promise<LlamaContext>;
  dispose(): Promise<void>;
}

export interface LlamaContext {
  getSequence(): LlamaSequence;
}

/** The evaluated state of one conversation; what two prompts begin with alike is evaluated once. */
export interface LlamaSequence {
  readonly tokenMeter: { getState(): { readonly usedOutputTokens: number } };
  dispose(): void;
}

export type LlamaGrammar = { readonly llamaGrammar?: never };

export interface LlamaChatSession {
  promptWithMeta(
    prompt: string,
    options: {
      grammar: LlamaGrammar;
      temperature: number;
      seed?: number;
      maxTokens: number;
      signal: AbortSignal;
      onTextChunk?: (piece: string) => void;
    },
  ): Promise<{ readonly responseText: string; readonly stopReason: string }>;
  dispose(): void;
}
