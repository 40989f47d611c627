/** An answer that is kept, so that the same question is not asked twice. Holds spans of the report it was asked about. */
export interface KeptAnswer {
  readonly text: string;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly seconds: number;
  readonly truncated: boolean;
}

/** Where answers are kept. The key is a hash: no word of a report can be read from it. */
export interface AnswerStore {
  get(key: string): Promise<KeptAnswer | undefined>;
  /** Whole or not at all, whenever the process may end. */
  put(key: string, answer: KeptAnswer): Promise<void>;
}

/** Answers kept as long as the process lives. */
export function memoryAnswerStore(): AnswerStore {
  const kept = new Map<string, KeptAnswer>();
  return {
    get: async (key) => kept.get(key),
    put: async (key, answer) => {
      kept.set(key, answer);
    },
  };
}
