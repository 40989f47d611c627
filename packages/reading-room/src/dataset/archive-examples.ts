import { createHmac } from 'node:crypto';
import { encodePng } from '@radiolect/dicom';
import type { View } from '@radiolect/findings';
import { type Example, splitOf } from '@radiolect/learning';
import { asc, eq, isNotNull, or, sql } from 'drizzle-orm';
import { picturesOf } from '../reading/read-study.ts';
import type { Room } from '../room.ts';
import { signedReport, study, studyView } from '../store/schema.ts';
import { identityKey } from '../store/settings.ts';
import { versionsOf } from '../study/sign-report.ts';
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
 * Every study of the archive that has labels: from its signed findings where there are any, else from its report. One
 * patient's studies fall into one split; patients and studies are known by keyed hashes alone.
 */
export async function archiveExamples(room: Room): Promise<ArchiveExample[]> {
  const { db } = room.store;
  const key = await identityKey(room.store);
  const hash = (kind: string, value: string): string =>
    createHmac('sha256', key).update(`${kind}\n${value}`).digest('hex').slice(0, 20);
  const studies = await db
    .select()
    .from(study)
    .where(
      or(
        isNotNull(study.reportOnFile),
        sql`exists (select 1 from ${signedReport} where ${signedReport.studyId} = ${study.id})`,
      ),
    )
    .orderBy(asc(study.importedAt), asc(study.id));
  const examples: ArchiveExample[] = [];
  for (const record of studies) {
    const views = await db.select({ view: studyView.view }).from(studyView).where(eq(studyView.studyId, record.id));
    const known = [...new Set(views.flatMap(({ view }) => (view ? [view] : [])))].sort();
    if (known.length === 0) continue;
    const [signed] = await versionsOf(db, record.id);
    const labels: ExampleLabels | undefined = signed
      ? labelsOfFindings(signed.findings, room.pack.labelSpace)
      : record.reportOnFile
        ? labelsOfReading(record.reportOnFile.reading, room.pack.labelSpace)
        : undefined;
    if (!labels || labels.labels.states.every((state) => state === 'unmentioned')) continue;
    const studyKey = hash('study', record.studyInstanceUid);
    const patientKey = hash('patient', record.patientId ?? record.studyInstanceUid);
    examples.push({
      studyId: record.id,
      synthetic: record.synthetic,
      labelsFrom: signed ? 'signed' : 'report',
      example: {
        studyKey,
        patientKey,
        ...labels,
        views: Object.fromEntries(known.map((view) => [view, { file: pictureFile(studyKey, view), frame: 1 }])),
        split: splitOf(patientKey, datasetShares),
      },
    });
  }
  const splits = withEverySplit(examples.map(({ example }) => example));
  return examples.map((one, index) => ({ ...one, example: splits[index]! }));
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
