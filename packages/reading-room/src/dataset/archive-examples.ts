import { createHmac } from 'node:crypto';
import { encodePng } from '@radiolect/dicom';
import type { Finding, ReportReading, View } from '@radiolect/findings';
import { type Example, splitOf } from '@radiolect/learning';
import { and, asc, gt, isNotNull, or, sql } from 'drizzle-orm';
import { picturesOf } from '../reading/read-study.ts';
import type { SettledSite } from '../review-queue/settled-reading.ts';
import { settledReading } from '../review-queue/settled-reading.ts';
import type { Room } from '../room.ts';
import { study } from '../store/schema.ts';
import { identityKey } from '../store/settings.ts';
import { withEverySplit } from './every-split.ts';
import type { ExampleLabels } from './example-labels.ts';
import { labelsOfFindings, labelsOfReading } from './example-labels.ts';
import { datasetShares } from './write-dataset.ts';

/** One study of the archive with labels, and from where they are. */
export interface ArchiveExample {
  readonly studyId: string;
  readonly synthetic: boolean;
  readonly labelsFrom: 'signed' | 'report';
  readonly example: Example;
}

/**
 * Every study of the archive that has labels: from its signed findings where there are any, else from its report, with
 * what people settled on the review queue. One patient's studies fall into one split; patients and studies are known by
 * keyed hashes alone. In the order of these hashes: in whatever order the archive came in, it trains the same model.
 */
export async function archiveExamples(room: Room): Promise<ArchiveExample[]> {
  const key = await identityKey(room.store);
  const hash = (kind: string, value: string): string =>
    createHmac('sha256', key).update(`${kind}\n${value}`).digest('hex').slice(0, 20);
  const examples: ArchiveExample[] = [];
  for await (const { id, studyInstanceUid, patientId, synthetic, views, signed, reading, settled } of labelledStudies(
    room,
  )) {
    const labels: ExampleLabels | undefined = signed
      ? labelsOfFindings(signed, room.pack.labelSpace)
      : reading && labelsOfReading(settledReading(reading, settled), room.pack.labelSpace);
    if (!labels || views.length === 0 || labels.labels.states.every((state) => state === 'unmentioned')) continue;
    const studyKey = hash('study', studyInstanceUid);
    const patientKey = hash('patient', patientId ?? studyInstanceUid);
    examples.push({
      studyId: id,
      synthetic,
      labelsFrom: signed ? 'signed' : 'report',
      example: {
        studyKey,
        patientKey,
        ...labels,
        views: Object.fromEntries(views.map((view) => [view, { file: pictureFile(studyKey, view), frame: 1 }])),
        split: splitOf(patientKey, datasetShares),
      },
    });
  }
  examples.sort((a, b) => (a.example.studyKey < b.example.studyKey ? -1 : 1));
  const splits = withEverySplit(examples.map(({ example }) => example));
  return examples.map((one, index) => ({ ...one, example: splits[index]! }));
}

interface LabelledStudy {
  readonly id: string;
  readonly studyInstanceUid: string;
  readonly patientId: string | null;
  readonly synthetic: boolean;
  readonly views: readonly View[];
  readonly signed: readonly Finding[] | undefined;
  readonly reading: ReportReading | undefined;
  /** By site, the latest decision. */
  readonly settled: readonly SettledSite[];
}

/** Readings are large: a few hundred studies at a time keep the memory of a large archive small. */
const studiesAtATime = 200;

async function* labelledStudies({ store: { db } }: Room): AsyncIterable<LabelledStudy> {
  const latestSigned = sql<readonly Finding[] | null>`(select content -> 'findings' from signed_report
    where study_id = study.id order by version desc limit 1)`;
  const known = sql<readonly View[]>`(select coalesce(jsonb_agg(distinct view order by view), '[]')
    from study_view where study_id = study.id and view is not null)`;
  const settled = sql<readonly SettledSite[]>`(select coalesce(jsonb_agg(item order by item.site), '[]') from (
    select distinct on (site) site, label from review_item join report on report.id = review_item.report_id
    where report.study_id = study.id and state = 'resolved' order by site, resolved_at desc) item)`;
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const rows = await db
      .select({
        id: study.id,
        studyInstanceUid: study.studyInstanceUid,
        patientId: study.patientId,
        synthetic: study.synthetic,
        views: known,
        signed: latestSigned,
        reading: sql<ReportReading | null>`report_on_file -> 'reading'`,
        settled,
      })
      .from(study)
      .where(and(gt(study.id, after), or(isNotNull(study.reportOnFile), sql`${latestSigned} is not null`)))
      .orderBy(asc(study.id))
      .limit(studiesAtATime);
    for (const { signed, reading, ...row } of rows)
      yield { ...row, signed: signed ?? undefined, reading: reading ?? undefined };
    if (rows.length < studiesAtATime) return;
    after = rows.at(-1)!.id;
  }
}

const pictureFile = (studyKey: string, view: View): string => `pictures/${studyKey}-${view}.png`;

/** The pictures of the examples as 16-bit PNG files, so that a dataset folder stands alone. */
export async function* archivePictures(
  room: Room,
  examples: readonly ArchiveExample[],
  signal: AbortSignal | undefined,
): AsyncIterable<{ file: string; bytes: Uint8Array }> {
  for (const { studyId, example } of examples) {
    signal?.throwIfAborted();
    const pictures = await picturesOf(room, studyId);
    for (const view of ['anterior', 'posterior'] as const) {
      const picture = pictures[view];
      const reference = example.views[view];
      if (picture && reference) yield { file: reference.file, bytes: encodePng(picture) };
    }
  }
}
