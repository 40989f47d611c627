import { siteLabelsOf } from '@radiolect/findings';
import { endsEverything } from '@radiolect/language-models';
import type { CompletionUsage, LanguageModelReader, SiteDisagreement } from '@radiolect/reports';
import { compareTwoReadings, sumUsage } from '@radiolect/reports';
import { and, asc, eq, gt, notInArray, sql } from 'drizzle-orm';
import type { Room } from '../room.ts';
import type { Queries } from '../store/open-store.ts';
import { report, reviewItem } from '../store/schema.ts';

/** A report that the model could not read; the rest went on. Holds no text. */
export interface UnreadReport {
  /** The report's id in the file it came from. */
  readonly sourceId: string;
  readonly rule: string;
  readonly fix?: string;
}

export interface ReviewFilling {
  readonly reports: number;
  /** Sites on which both readers agree in everything. */
  readonly agreedSites: number;
  readonly disagreements: number;
  /** Reports without a second reading, since the model abstained: nothing of them goes to the queue. */
  readonly abstained: number;
  readonly unread: readonly UnreadReport[];
  readonly usage: CompletionUsage;
}

export interface FillOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: (done: number, total: number) => void;
}

const reportsAtATime = 16;

/**
 * Reads every report of the archive with the rules and with a language model, and puts the sites on which they do not
 * agree on the queue. Filled again it adds, renews and takes away open items; what a person settled stays. The model's
 * kept answers make a second run cheap, one that was ended included. Throws what the model throws.
 */
export async function fillReviewQueue(
  room: Room,
  reader: LanguageModelReader,
  { signal, onProgress }: FillOptions = {},
): Promise<ReviewFilling> {
  const { db } = room.store;
  const total = await db.$count(report);
  const usage: CompletionUsage[] = [];
  const unread: UnreadReport[] = [];
  let reports = 0;
  let agreedSites = 0;
  let disagreements = 0;
  let abstained = 0;
  let after = 0;
  const stop = new AbortController();
  const ended = signal ? AbortSignal.any([signal, stop.signal]) : stop.signal;
  for (;;) {
    const rows = await db
      .select({ id: report.id, arrival: report.arrival, sourceId: report.sourceId, text: report.text })
      .from(report)
      .where(gt(report.arrival, after))
      .orderBy(asc(report.arrival))
      .limit(reportsAtATime);
    const work = await Promise.allSettled(
      rows.map(async ({ id, sourceId, text }) => {
        try {
          ended.throwIfAborted();
          const part = await reader.read(text, { signal: ended });
          usage.push(part.usage);
          if (part.abstained !== undefined) abstained++;
          else {
            const { agreed, disagreements: found } = compareTwoReadings(
              siteLabelsOf(room.reader.read(text)),
              siteLabelsOf(part.reading),
              room.pack.labelSpace.positions,
            );
            agreedSites += Object.keys(agreed).length - found.filter((one) => one.differs === 'attributes').length;
            disagreements += found.length;
            await db.transaction((tx) => renewItems(room, tx, id, reader.name, found));
          }
        } catch (error) {
          if (ended.aborted || endsEverything(error)) {
            // The others of this page need not wait for their turn at a server that is gone.
            stop.abort(error);
            throw error;
          }
          const { message, fix } = error as Error & { fix?: string };
          unread.push({ sourceId, rule: message, ...(fix ? { fix } : {}) });
        }
        reports++;
        onProgress?.(reports, total);
      }),
    );
    const failed = work.find((one) => one.status === 'rejected');
    if (failed) throw failed.reason;
    if (rows.length < reportsAtATime) break;
    after = rows.at(-1)!.arrival;
  }
  return { reports, agreedSites, disagreements, abstained, unread, usage: sumUsage(usage) };
}

/** Brings the open items of one report and model to what was found; settled ones are left alone. */
async function renewItems(
  room: Room,
  tx: Queries,
  reportId: string,
  model: string,
  found: readonly SiteDisagreement[],
): Promise<void> {
  const sites = found.map((one) => one.site);
  await tx
    .delete(reviewItem)
    .where(
      and(
        eq(reviewItem.reportId, reportId),
        eq(reviewItem.model, model),
        eq(reviewItem.state, 'open'),
        sites.length > 0 ? notInArray(reviewItem.site, sites) : undefined,
      ),
    );
  if (found.length === 0) return;
  await tx
    .insert(reviewItem)
    .values(
      found.map(({ site, differs, first, second }) => ({
        reportId,
        site,
        differs,
        model,
        rulesLabel: first,
        modelLabel: second,
        addedAt: room.store.now(),
      })),
    )
    .onConflictDoUpdate({
      target: [reviewItem.reportId, reviewItem.site, reviewItem.model],
      set: {
        differs: sql`excluded.differs`,
        rulesLabel: sql`excluded.rules_label`,
        modelLabel: sql`excluded.model_label`,
        revision: sql`${reviewItem.revision} + 1`,
      },
      // Somebody may look at an item that says the same as before: it stays as it is.
      setWhere: sql`${reviewItem.state} = 'open' and (${reviewItem.rulesLabel}, ${reviewItem.modelLabel})
        is distinct from (excluded.rules_label, excluded.model_label)`,
    });
}
