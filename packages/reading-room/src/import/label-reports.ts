import { asc, isNotNull } from 'drizzle-orm';
import type { Room } from '../room.ts';
import { study } from '../store/schema.ts';
import { lockStudy } from '../study/change-study.ts';
import { keepReportOnFile } from '../study/report-on-file.ts';

/**
 * Reads every report on file again with the pack's rule reader: after a lexicon was edited. Signed versions and what a
 * reader decided stay as they are. Returns how many reports were read.
 */
export async function labelReports(
  room: Room,
  options: { readonly signal?: AbortSignal; readonly onProgress?: (done: number, total: number) => void } = {},
): Promise<number> {
  const { db } = room.store;
  const rows = await db
    .select({ id: study.id })
    .from(study)
    .where(isNotNull(study.reportOnFile))
    .orderBy(asc(study.id));
  let done = 0;
  for (const { id } of rows) {
    options.signal?.throwIfAborted();
    await db.transaction(async (tx) => keepReportOnFile(room, tx, await lockStudy(tx, id)));
    done++;
    options.onProgress?.(done, rows.length);
  }
  return done;
}
