import type { Item } from './lexer.ts';

/** A recommendation, or the imaging that it asks for, ends what a segment states. */
export function upToRecommendation(items: readonly Item[]): readonly Item[] {
  const at = items.findIndex((item, index) => item.kind === 'recommend' && !isOccasion(items, index));
  if (at < 0) return items;
  const modality = items.findIndex((item) => item.kind === 'modality');
  return items.slice(0, modality >= 0 && modality < at ? modality : at);
}

/** "Follow-up scan shows …": why the scan was made, and no advice. */
function isOccasion(items: readonly Item[], index: number): boolean {
  const next = items.slice(index + 1, index + 3);
  return next.some((item) => item.kind === 'scan') && items.slice(index + 1).some((item) => item.kind === 'uptake');
}
