export { isLoopback } from './address.ts';
export type { AnswerStore, KeptAnswer } from './answers/answer-store.ts';
export { memoryAnswerStore } from './answers/answer-store.ts';
export type {
  FileModelConfiguration,
  LanguageModelConfiguration,
  LanguageModelSettings,
  ServerModelConfiguration,
} from './configuration.ts';
export {
  leavesComputer,
  parseModelConfiguration,
  parseModelConfigurations,
  patientTextBanner,
} from './configuration.ts';
export type { LanguageModelFailure } from './errors.ts';
export { endsEverything, InvalidModelConfigurationError, LanguageModelError } from './errors.ts';
export type { ImportLlama } from './llama/llama-backend.ts';
export type { LanguageModelSurroundings, OpenLanguageModel } from './open-language-model.ts';
export { openLanguageModel } from './open-language-model.ts';
