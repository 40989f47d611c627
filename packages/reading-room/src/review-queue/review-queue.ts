import type { SiteLabel } from '@radiolect/findings';
import { brokenRule, InvalidFindingError } from '@radiolect/findings';
import type { SQL } from 'drizzle-orm';
import { and, asc, desc, eq, sql } from 'drizzle-orm';
import { ConflictError, NotFoundError, RefusedError } from '../errors.ts';
import type { Room } from '../room.ts';
import type { ReviewItemRecord } from '../store/schema.ts';
import { report, reviewItem } from '../store/schema.ts';
import { readSetting } from '../store/settings.ts';

/** An item of the queue and the report that it is about. */
export interface ReviewItem extends Omit<ReviewItemRecord, 'addedAt'> {
  /** The report's id in the file it came from. */
  readonly sourceId: string;
  readonly accessionNumber: string | null;
  readonly studyId: string | null;
  readonly addedAt: Date;
}

export interface ReviewFilter {
  readonly state?: 'open' | 'resolved' | undefined;
  readonly differs?: 'presence' | 'attributes' | undefined;
  readonly site?: string | undefined;
  readonly model?: string | undefined;
  readonly report?: string | undefined;
  readonly limit: number;
  readonly offset: number;
}

export interface ReviewCounts {
  readonly open: number;
  readonly resolved: number;
  /** Of the open ones. */
  readonly presence: number;
  readonly attributes: number;
  /** Of the resolved ones: whose reading was taken. */
  readonly taken: { readonly rules: number; readonly model: number; readonly own: number };
}

const columns = {
  id: reviewItem.id,
  reportId: reviewItem.reportId,
  site: reviewItem.site,
  differs: reviewItem.differs,
  model: reviewItem.model,
  rulesLabel: reviewItem.rulesLabel,
  modelLabel: reviewItem.modelLabel,
  state: reviewItem.state,
  revision: reviewItem.revision,
  taken: reviewItem.taken,
  label: reviewItem.label,
  resolvedBy: reviewItem.resolvedBy,
  resolvedAt: reviewItem.resolvedAt,
  addedAt: reviewItem.addedAt,
  sourceId: report.sourceId,
  accessionNumber: report.accessionNumber,
  studyId: report.studyId,
};

/** Items of the queue, those of one report together: open ones in the order they came, settled ones the latest first. */
export async function listReviewItems(
  room: Room,
  { state, differs, site, model, report: reportId, limit, offset }: ReviewFilter,
): Promise<{ readonly items: readonly ReviewItem[]; readonly total: number }> {
  const { db } = room.store;
  const wanted: (SQL | undefined)[] = [
    state ? eq(reviewItem.state, state) : undefined,
    differs ? eq(reviewItem.differs, differs) : undefined,
    site ? eq(reviewItem.site, site) : undefined,
    model ? eq(reviewItem.model, model) : undefined,
    reportId ? eq(reviewItem.reportId, idOr404(reportId, 'report')) : undefined,
  ];
  const total = await db.$count(reviewItem, and(...wanted));
  const items = await db
    .select(columns)
    .from(reviewItem)
    .innerJoin(report, eq(report.id, reviewItem.reportId))
    .where(and(...wanted))
    .orderBy(
      ...(state === 'resolved' ? [desc(reviewItem.resolvedAt)] : []),
      asc(report.arrival),
      asc(reviewItem.site),
      asc(reviewItem.model),
    )
    .limit(limit)
    .offset(offset);
  return { items, total };
}

/** How full the queue is, and whose readings people took. */
export async function countReviewItems(room: Room): Promise<ReviewCounts> {
  const count = (condition: SQL) => sql<number>`(count(*) filter (where ${condition}))::int`;
  const open = eq(reviewItem.state, 'open');
  const taken = (which: 'rules' | 'model' | 'own') => count(eq(reviewItem.taken, which));
  const [row] = await room.store.db
    .select({
      open: count(open),
      resolved: count(eq(reviewItem.state, 'resolved')),
      presence: count(and(open, eq(reviewItem.differs, 'presence'))!),
      attributes: count(and(open, eq(reviewItem.differs, 'attributes'))!),
      rules: taken('rules'),
      model: taken('model'),
      own: taken('own'),
    })
    .from(reviewItem);
  const { rules, model, own, ...counts } = row!;
  return { ...counts, taken: { rules, model, own } };
}

/** One item with the whole report, so that both readings can be shown in it. Throws NotFoundError. */
export async function loadReviewItem(
  room: Room,
  id: string,
): Promise<{ readonly item: ReviewItem; readonly text: string }> {
  const [row] = await room.store.db
    .select({ ...columns, text: report.text })
    .from(reviewItem)
    .innerJoin(report, eq(report.id, reviewItem.reportId))
    .where(eq(reviewItem.id, idOr404(id, 'review item')));
  if (!row) throw new NotFoundError('review item');
  const { text, ...item } = row;
  return { item, text };
}

/** What a person decided: one of the readings, or a label of their own; null: the report says nothing of the site. */
export type ReviewDecision =
  | { readonly take: 'rules' | 'model' }
  | { readonly take: 'own'; readonly label: SiteLabel | null };

/**
 * Settles an item in the name of the session's reader. Throws ConflictError where it was changed since `revision`,
 * RefusedError where nobody has typed a name, InvalidFindingError for an own label that breaks the rules.
 */
export async function resolveReviewItem(
  room: Room,
  id: string,
  revision: number,
  decision: ReviewDecision,
): Promise<void> {
  const resolvedBy = await readSetting(room.store.db, 'reader');
  if (resolvedBy === undefined)
    throw new RefusedError('a decision needs the name of who makes it', 'type your name, then decide again');
  await changeItem(room, id, revision, (item) => {
    const label =
      decision.take === 'own' ? decision.label : decision.take === 'rules' ? item.rulesLabel : item.modelLabel;
    const rule = label ? brokenRule({ ...label, presence: label.state }) : undefined;
    if (rule !== undefined) throw new InvalidFindingError(rule, item.site);
    return { state: 'resolved', taken: decision.take, label, resolvedBy, resolvedAt: room.store.now() };
  });
}

/** Opens a settled item again. Throws ConflictError where it was changed since `revision`. */
export async function reopenReviewItem(room: Room, id: string, revision: number): Promise<void> {
  await changeItem(room, id, revision, () => ({
    state: 'open',
    taken: null,
    label: null,
    resolvedBy: null,
    resolvedAt: null,
  }));
}

async function changeItem(
  room: Room,
  id: string,
  revision: number,
  change: (item: ReviewItemRecord) => Partial<ReviewItemRecord>,
): Promise<void> {
  await room.store.db.transaction(async (tx) => {
    const [item] = await tx
      .select()
      .from(reviewItem)
      .where(eq(reviewItem.id, idOr404(id, 'review item')))
      .for('update');
    if (!item) throw new NotFoundError('review item');
    if (item.revision !== revision)
      throw new ConflictError('somebody changed this item since it was opened', 'look at it again, then decide');
    await tx
      .update(reviewItem)
      .set({ ...change(item), revision: revision + 1 })
      .where(eq(reviewItem.id, id));
  });
}

function idOr404(id: string, what: string): string {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)) throw new NotFoundError(what);
  return id;
}
