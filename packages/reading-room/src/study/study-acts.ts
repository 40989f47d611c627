import type { ClinicalPanel, Language, Point, View } from '@radiolect/findings';
import { and, eq } from 'drizzle-orm';
import { NotFoundError, RefusedError } from '../errors.ts';
import type { Room } from '../room.ts';
import type { StudyRecord } from '../store/schema.ts';
import { studyView } from '../store/schema.ts';
import { readSetting } from '../store/settings.ts';
import { changeStudy, listOf } from './change-study.ts';
import type { FindingPatch, NewFinding } from './finding-list.ts';
import {
  acceptAll,
  acceptFinding,
  addFinding,
  editFinding,
  proposeFindings,
  rejectFinding,
  removeFinding,
} from './finding-list.ts';
import { findStudy, viewsOf } from './load-study.ts';
import { siteOfOutline, sitesAtPicturePoint, stretchedWarp } from './place-in-picture.ts';
import { addSentence, confirmSentence, editSentence, removeSentence } from './sentences.ts';

// What a reader does on a study's page. Each act is one transaction and throws NotFoundError, ConflictError (the report
// is signed), RefusedError or InvalidFindingError.

const accept = (room: Room, id: string, finding: string): Promise<void> =>
  changeStudy(room, id, (current) => acceptFinding(listOf(current), finding));

const acceptEvery = (room: Room, id: string): Promise<void> =>
  changeStudy(room, id, (current) => acceptAll(listOf(current)));

const reject = async (room: Room, id: string, finding: string): Promise<void> => {
  const reader = await readSetting(room.store.db, 'reader');
  await changeStudy(room, id, (current) => rejectFinding(listOf(current), finding, reader));
};

const remove = (room: Room, id: string, finding: string): Promise<void> =>
  changeStudy(room, id, (current) => removeFinding(listOf(current), finding));

const edit = async (room: Room, id: string, finding: string, patch: FindingPatch): Promise<void> => {
  const reader = await readSetting(room.store.db, 'reader');
  if (patch.site !== undefined) knownSite(room, patch.site);
  await changeStudy(room, id, (current) => editFinding(listOf(current), finding, patch, reader));
};

/** Adds a finding by its site, or by an outline on the scan whose site is named through the warp. */
const add = async (
  room: Room,
  id: string,
  given: Omit<NewFinding, 'site'> & {
    readonly site?: string | undefined;
    readonly outline?: { readonly view: View; readonly polygon: readonly Point[] } | undefined;
  },
): Promise<void> => {
  const { outline, site, ...attributes } = given;
  const reader = await readSetting(room.store.db, 'reader');
  const named = site ?? (outline ? await siteOfDrawn(room, id, outline) : undefined);
  if (named === undefined) throw new RefusedError('a finding needs a site or an outline', 'click the body map');
  knownSite(room, named);
  const evidence = outline ? [{ kind: 'image', ...outline } as const] : [];
  await changeStudy(room, id, (current) =>
    addFinding(
      listOf(current),
      {
        ...(attributes.presence === 'absent' ? {} : { uptake: 'increased' as const }),
        ...withoutUndefined(attributes),
        site: named,
        evidence,
      },
      reader,
    ),
  );
};

/** What the report on file says of sites that the list is silent on comes on the list, as proposed. */
const takeFromReport = (room: Room, id: string): Promise<void> =>
  changeStudy(room, id, (current) => {
    if (!current.reportOnFile) throw new RefusedError('the study has no report on file', 'import its report first');
    return proposeFindings(listOf(current), current.reportOnFile.reading.findings, true);
  });

const setPanel = (room: Room, id: string, panel: ClinicalPanel): Promise<void> =>
  changeStudy(room, id, () => ({ panel }));

const redraft = (room: Room, id: string, language: Language, keepEdits: boolean): Promise<void> =>
  changeStudy(room, id, () => ({}), { language, keepEdits });

const changeDraft = (
  room: Room,
  id: string,
  change: (draft: NonNullable<StudyRecord['draft']>) => NonNullable<StudyRecord['draft']>,
): Promise<void> =>
  changeStudy(room, id, (current) => {
    if (!current.draft) throw new RefusedError('there is no draft yet', 'draft the report first');
    return { draft: change(current.draft) };
  });

const reword = (room: Room, id: string, sentence: string, text: string): Promise<void> =>
  changeDraft(room, id, (draft) => editSentence(draft, sentence, text));
const confirm = (room: Room, id: string, sentence: string): Promise<void> =>
  changeDraft(room, id, (draft) => confirmSentence(draft, sentence));
const strike = (room: Room, id: string, sentence: string): Promise<void> =>
  changeDraft(room, id, (draft) => removeSentence(draft, sentence));
const write = (room: Room, id: string, sentence: Parameters<typeof addSentence>[1]): Promise<void> =>
  changeDraft(room, id, (draft) => addSentence(draft, sentence));

/** All sites that hold a point of the picture, the smallest first. */
async function sitesAt(room: Room, id: string, view: View, point: Point): Promise<string[]> {
  const { atlas } = room.pack;
  if (!atlas) return [];
  return sitesAtPicturePoint(atlas, view, await warpOf(room, id, view), point);
}

/** The reader says which view a picture is; a picture that had this view before loses it. */
async function setView(room: Room, id: string, key: string, view: View): Promise<void> {
  await changeStudy(room, id, async (_current, tx) => {
    await tx
      .update(studyView)
      .set({ view: null, viewFrom: 'unknown' })
      .where(and(eq(studyView.studyId, id), eq(studyView.view, view)));
    const changed = await tx
      .update(studyView)
      .set({ view, viewFrom: 'reader' })
      .where(and(eq(studyView.studyId, id), eq(studyView.key, key)))
      .returning({ key: studyView.key });
    if (changed.length === 0) throw new NotFoundError('view');
    return { reading: { state: 'not-yet-read', unvalidated: false } };
  });
}

async function siteOfDrawn(
  room: Room,
  id: string,
  { view, polygon }: { readonly view: View; readonly polygon: readonly Point[] },
): Promise<string> {
  const { atlas } = room.pack;
  if (!atlas) throw new RefusedError('the pack has no body map', 'name the site');
  return siteOfOutline(atlas, view, await warpOf(room, id, view), polygon);
}

async function warpOf(room: Room, id: string, view: View) {
  const current = await findStudy(room.store.db, id);
  const known = current.reading.warps?.[view];
  if (known) return known;
  const record = (await viewsOf(room.store.db, id)).find((one) => one.view === view);
  if (!record) throw new NotFoundError('view');
  return stretchedWarp(room.pack.atlas!, record.rowCount, record.columnCount);
}

function knownSite(room: Room, site: string): void {
  if (!room.pack.labelSpace.positions.includes(site))
    throw new RefusedError(`"${site}" is not a site of the pack ${room.pack.name}`, 'choose one of the body map');
}

const withoutUndefined = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined)) as T;

/** The acts by name, for whoever offers them on a screen. */
export const studyActs = {
  accept,
  acceptEvery,
  reject,
  remove,
  edit,
  add,
  takeFromReport,
  setPanel,
  redraft,
  reword,
  confirm,
  strike,
  write,
  sitesAt,
  setView,
} as const;
