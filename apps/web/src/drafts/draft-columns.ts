import type { DraftUnderWay, KeptDraft } from '@radiolect/server/api';

/** One draft beside the others: still being written, failed, or kept. */
export interface DraftColumn {
  readonly key: string;
  readonly writer: string;
  readonly variant: number;
  /** Absent once it is written: the checked draft is in `kept`. */
  readonly underWay?: DraftUnderWay;
  readonly kept?: KeptDraft;
}

export const columnKey = ({ writer, variant }: Pick<KeptDraft, 'writer' | 'variant'>): string => `${writer}/${variant}`;

/**
 * Puts the drafts of a run and those kept from before into one row, the rules first, then as they were asked for. A
 * draft counts as checked once the kept one is newer than that which stood `before` the run (times of writing by key).
 */
export function draftColumns(
  kept: readonly KeptDraft[],
  run: readonly DraftUnderWay[],
  before: ReadonlyMap<string, string>,
): readonly DraftColumn[] {
  const byKey = new Map(kept.map((draft) => [columnKey(draft), draft]));
  const asked = new Set(run.map(columnKey));
  const columns = run.map((underWay): DraftColumn => {
    const key = columnKey(underWay);
    const known = byKey.get(key);
    const { writer, variant } = underWay;
    const fresh = underWay.state === 'written' && known !== undefined && known.writtenAt !== before.get(key);
    return fresh ? { key, writer, variant, kept: known } : { key, writer, variant, underWay };
  });
  for (const draft of kept) {
    const key = columnKey(draft);
    if (!asked.has(key)) columns.push({ key, writer: draft.writer, variant: draft.variant, kept: draft });
  }
  return [...columns].sort((a, b) => Number(b.writer === 'rules') - Number(a.writer === 'rules'));
}
