import type { GreyImage, Instance, Source, Study } from '@radiolect/dicom';
import { instancesOf, wholeBodyViews } from '@radiolect/dicom';
import { and, eq, inArray } from 'drizzle-orm';
import { RefusedError } from '../errors.ts';
import type { Room } from '../room.ts';
import type { ViewFrom } from '../store/records.ts';
import { instance, study, studyView } from '../store/schema.ts';
import { packCounts, pictureFigures, toCounts } from '../study/picture-figures.ts';
import type { Identities } from './pseudonyms.ts';

export interface TakeStudyOptions {
  readonly identities: Identities;
  /** Keep copies of the originals among the blobs. */
  readonly copy: boolean;
}

/**
 * Puts one study with its whole-body views into the store, or adds the views that it did not have yet. Resolves once it
 * is on disk. Throws RefusedError where it has no whole-body view, DicomPixelError where a picture does not decode.
 */
export async function takeStudy(room: Room, original: Study, options: TakeStudyOptions): Promise<'added' | 'known'> {
  const { db, blobs, now } = room.store;
  const instances = instancesOf(original);
  const uids = instances.map(({ uid }) => uidOf(uid, options));
  const known = await db.select().from(instance).where(inArray(instance.sopInstanceUid, uids));
  if (known.length === uids.length) return 'known';
  const views = await viewsOf(original);
  if (views.length === 0)
    throw new RefusedError(
      'the study has no whole-body picture (at least 1.5 times as high as wide)',
      'leave it out; spot views, slices and other examinations are not read',
    );
  const rows: Omit<typeof studyView.$inferInsert, 'studyId'>[] = [];
  for (const { key, view, viewFrom, image } of views) {
    const counts = toCounts(image);
    const { window, bodyCounts } = pictureFigures(counts);
    const countsBlob = await blobs.put(packCounts(counts));
    const pixelSpacing = image.pixelSpacing ?? null;
    const size = { rowCount: image.rows, columnCount: image.columns };
    rows.push({ key, view, viewFrom, ...size, pixelSpacing, countsBlob, windowHint: window, bodyCounts });
  }
  const copies = new Map<string, string>();
  if (options.copy)
    for (const source of new Set(instances.map((it) => it.source))) copies.set(source.name, await copied(room, source));
  const attributes = attributesOf(await options.identities.ofStudy(original), instances[0]);
  return await db.transaction(async (tx) => {
    const [added] = await tx
      .insert(study)
      .values({ ...attributes, reading: { state: 'not-yet-read', unvalidated: false }, importedAt: now() })
      .onConflictDoUpdate({ target: study.studyInstanceUid, set: { studyInstanceUid: attributes.studyInstanceUid } })
      .returning({ id: study.id, importedAt: study.importedAt, revision: study.revision });
    const studyId = added!.id;
    const newInstances = await tx
      .insert(instance)
      .values(
        instances.map(({ uid, source }) => ({
          sopInstanceUid: uidOf(uid, options),
          studyId,
          path: options.identities.replaced ? null : source.name,
          copyBlob: copies.get(source.name) ?? null,
        })),
      )
      .onConflictDoNothing()
      .returning({ uid: instance.sopInstanceUid });
    const newViews = await tx
      .insert(studyView)
      .values(rows.map((row) => ({ ...row, studyId })))
      .onConflictDoNothing()
      .returning({ key: studyView.key });
    // A view that comes later is worth another reading, as long as nobody has signed.
    if (newViews.length > 0)
      await tx
        .update(study)
        .set({ reading: { state: 'not-yet-read', unvalidated: false } })
        .where(and(eq(study.id, studyId), inArray(study.status, ['unread', 'draft'])));
    return newInstances.length === instances.length && known.length === 0 ? 'added' : 'known';
  });
}

const uidOf = (uid: string, { identities }: TakeStudyOptions): string =>
  identities.replaced ? identities.ofPath(uid) : uid;

const copied = async ({ store }: Room, source: Source): Promise<string> => store.blobs.put(await source.open());

interface NamedView {
  readonly key: string;
  readonly view: 'anterior' | 'posterior' | null;
  readonly viewFrom: ViewFrom;
  readonly image: GreyImage;
}

async function viewsOf(original: Study): Promise<NamedView[]> {
  const { anterior, posterior, unknown, origins } = await wholeBodyViews(original);
  return [
    ...(anterior
      ? [{ key: 'anterior', view: 'anterior', viewFrom: origins.anterior ?? 'unknown', image: anterior } as const]
      : []),
    ...(posterior
      ? [{ key: 'posterior', view: 'posterior', viewFrom: origins.posterior ?? 'unknown', image: posterior } as const]
      : []),
    ...unknown.map(
      (image, index) => ({ key: `unknown-${index + 1}`, view: null, viewFrom: 'unknown', image }) as const,
    ),
  ];
}

function attributesOf({ uid, patient, ...rest }: Study, first: Instance | undefined) {
  const pharmaceutical = first?.header.items('00540016')[0];
  return {
    studyInstanceUid: uid,
    accessionNumber: rest.accessionNumber ?? null,
    patientId: patient.id ?? null,
    patientName: readableName(patient.name) ?? null,
    patientSex: patient.sex ?? null,
    patientBirthDate: patient.birthDate ?? null,
    studyDate: rest.date ?? null,
    studyTime: rest.time?.slice(0, 6) ?? null,
    description: rest.description ?? null,
    radiopharmaceutical: pharmaceutical?.text('00180031') ?? null,
    fileStem: rest.fileStem ?? null,
    // Synthetic Data (0008,001C).
    synthetic: first?.header.text('0008001C') === 'YES',
  };
}

/** A DICOM person name for people: its parts by spaces, the first of its representations that is not empty. */
const readableName = (name: string | undefined): string | undefined =>
  name
    ?.split('=')
    .map((part) => part.replace(/\^+/g, ' ').trim())
    .find((part) => part !== '');
