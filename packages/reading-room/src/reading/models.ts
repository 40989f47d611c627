import type { GreyImage } from '@radiolect/dicom';
import type { OperatingPoint, Prediction, View } from '@radiolect/findings';
import { desc, eq } from 'drizzle-orm';
import { NotFoundError } from '../errors.ts';
import type { Room } from '../room.ts';
import type { ModelCard } from '../store/records.ts';
import { model } from '../store/schema.ts';
import { clearSetting, readSetting, writeSetting } from '../store/settings.ts';

export type StudyPictures = Readonly<Partial<Record<View, GreyImage>>>;

/** A model that is loaded and ready to read. */
export interface ReadyModel {
  readonly points: Readonly<Record<string, OperatingPoint>>;
  /** Below this probability a cause is not named. */
  readonly natureThreshold: number;
  predict(pictures: StudyPictures): Promise<Prediction>;
  /** Where the model looked for one site: a value per pixel of each picture, 0 or more. Warps are estimated unless given. */
  heatMap(
    pictures: StudyPictures,
    site: string,
    warps?: Prediction['warps'],
  ): Promise<Readonly<Partial<Record<View, Float32Array>>>>;
}

export interface ReadingManner {
  /** Every study is read mirrored too, and the mean is taken. */
  readonly mirror?: boolean;
}

/** How models are found and loaded; the one place that knows the training engine's files. */
export interface Models {
  /** The model that comes with the program and its folder; undefined where none does. */
  readonly shipped: { readonly card: ModelCard; readonly folder: string } | undefined;
  /**
   * Loads the model of a folder; loaded ones are kept. `name` is what its predictions carry. Several folders read as one:
   * the mean of their calibrated probabilities.
   */
  load(folders: string | readonly string[], name: string, how?: ReadingManner): Promise<ReadyModel>;
}

/** A model that reads studies of this project, and whether its answers are unvalidated on real ones. */
export interface ModelInUse {
  readonly card: ModelCard;
  readonly folder: string;
}

/** The shipped model first, then those trained here, the latest first. */
export async function listModels({ store: { db }, models }: Room): Promise<ModelInUse[]> {
  const trained = await db.select().from(model).orderBy(desc(model.addedAt));
  return [...(models.shipped ? [models.shipped] : []), ...trained.map(({ card, folder }) => ({ card, folder }))];
}

/** The model in use: the one a person chose, else the shipped one; undefined where there is none. */
export async function modelInUse(room: Room): Promise<ModelInUse | undefined> {
  const chosen = await readSetting(room.store.db, 'modelInUse');
  const known = await listModels(room);
  return known.find(({ card }) => card.id === chosen) ?? room.models.shipped;
}

/** Makes a model read from now on; the one before it is remembered. Throws NotFoundError. */
export async function selectModel(room: Room, id: string): Promise<void> {
  const known = await listModels(room);
  if (!known.some(({ card }) => card.id === id)) throw new NotFoundError('model');
  const before = await modelInUse(room);
  if (before && before.card.id !== id) await writeSetting(room.store.db, 'previousModel', before.card.id);
  await writeSetting(room.store.db, 'modelInUse', id);
}

/** Goes back to the model that read before. Throws NotFoundError where there was none. */
export async function goBackToPreviousModel(room: Room): Promise<void> {
  const previous = await readSetting(room.store.db, 'previousModel');
  if (previous === undefined) throw new NotFoundError('previous model');
  await selectModel(room, previous);
}

/** Adds a model that was trained here to those that can be chosen. */
export async function addModel({ store: { db, now } }: Room, card: ModelCard, folder: string): Promise<void> {
  await db
    .insert(model)
    .values({ id: card.id, folder, card, addedAt: now() })
    .onConflictDoUpdate({ target: model.id, set: { card, folder } });
}

/** Writes scores into a model's card, where it was trained here. */
export async function keepScores({ store: { db } }: Room, card: ModelCard): Promise<void> {
  await db.update(model).set({ card }).where(eq(model.id, card.id));
}

/** Lets the shipped model read studies that are not synthetic, or stops it: a person's decision for this project. */
export async function switchShippedModel({ store: { db } }: Room, on: boolean): Promise<void> {
  if (on) await writeSetting(db, 'shippedOnForRealStudies', true);
  else await clearSetting(db, 'shippedOnForRealStudies');
}
