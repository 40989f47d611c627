export type { LaidOutDraft } from './drafter/draft-text.ts';
export { draftText, layOutDraft } from './drafter/draft-text.ts';
export type { Drafter, DraftInput } from './drafter/drafter.ts';
export { createDrafter } from './drafter/drafter.ts';
export type { StudyAttributes } from './drafter/header.ts';
export type { DraftTemplate } from './drafter/template.ts';
export { parseTemplate } from './drafter/template.ts';
