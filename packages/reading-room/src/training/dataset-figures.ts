import type { LabelSpace } from '@radiolect/findings';
import { countDistinct, isNotNull, sql } from 'drizzle-orm';
import { archiveExamples } from '../dataset/archive-examples.ts';
import type { SiteCounts } from '../dataset/write-dataset.ts';
import { siteCounts, splitCounts } from '../dataset/write-dataset.ts';
import type { Room } from '../room.ts';
import { study } from '../store/schema.ts';

/** With fewer labelled studies there is nothing to learn from, and no validation worth the name. */
export const fewestStudies = 20;

/** What the archive would teach, before anything is trained. */
export interface DatasetFigures {
  readonly studies: number;
  readonly syntheticStudies: number;
  readonly patients: number;
  readonly withReport: number;
  readonly withSignedFindings: number;
  readonly usable: number;
  readonly split: { readonly train: number; readonly validation: number; readonly test: number };
  readonly tooFew?: string;
  readonly perSite: readonly SiteCounts[];
}

export async function datasetFigures(room: Room): Promise<DatasetFigures> {
  const { db } = room.store;
  const examples = await archiveExamples(room);
  const [figures] = await db
    .select({
      studies: sql<number>`count(*)::int`,
      syntheticStudies: sql<number>`count(*) filter (where ${study.synthetic})::int`,
      patients: countDistinct(sql`coalesce(${study.patientId}, ${study.studyInstanceUid})`),
      withReport: sql<number>`count(*) filter (where ${isNotNull(study.reportOnFile)})::int`,
    })
    .from(study);
  const space: LabelSpace = room.pack.labelSpace;
  const plain = examples.map(({ example }) => example);
  return {
    ...figures!,
    withSignedFindings: examples.filter(({ labelsFrom }) => labelsFrom === 'signed').length,
    usable: examples.length,
    split: splitCounts(plain),
    perSite: siteCounts(plain, space),
    ...(examples.length < fewestStudies
      ? { tooFew: `${examples.length} studies have labels; training needs at least ${fewestStudies}` }
      : {}),
  };
}
