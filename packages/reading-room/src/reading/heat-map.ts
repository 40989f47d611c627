import type { View } from '@radiolect/findings';
import { NotFoundError, RefusedError } from '../errors.ts';
import type { Room } from '../room.ts';
import { findStudy } from '../study/load-study.ts';
import { heatPng } from './heat-png.ts';
import { listModels } from './models.ts';
import { picturesOf } from './read-study.ts';

export interface HeatMapPicture {
  readonly rows: number;
  readonly columns: number;
  /** A transparent PNG, or 32-bit floats, little-endian, 0 to 1. */
  readonly bytes: Uint8Array;
}

/**
 * Where the model that read the study looked for one site. Throws NotFoundError where no model read it or the view is
 * not there, RefusedError for an unknown site.
 */
export async function heatMapPicture(
  room: Room,
  studyId: string,
  site: string,
  view: View,
  format: 'png' | 'raw',
): Promise<HeatMapPicture> {
  if (!room.pack.labelSpace.positions.includes(site))
    throw new RefusedError(`"${site}" is not a site of the pack ${room.pack.name}`, 'choose one of the body map');
  const { reading } = await findStudy(room.store.db, studyId);
  const chosen = (await listModels(room)).find(({ card }) => card.id === reading.model);
  if (reading.state !== 'read' || !chosen) throw new NotFoundError('heat map');
  const pictures = await picturesOf(room, studyId);
  const picture = pictures[view];
  if (!picture) throw new NotFoundError('view');
  const model = await room.models.load(chosen.folder, chosen.card.id);
  const map = (await model.heatMap(pictures, site, reading.warps))[view];
  if (!map) throw new NotFoundError('heat map');
  const { rows, columns } = picture;
  const scaled = scaledToOne(map);
  return { rows, columns, bytes: format === 'png' ? heatPng(scaled, rows, columns) : floatBytes(scaled) };
}

/** The hottest place is 1; a map without any heat stays cold. */
export function scaledToOne(map: Float32Array): Float32Array {
  let hottest = 0;
  for (const value of map) if (value > hottest) hottest = value;
  return hottest > 0 ? map.map((value) => Math.max(0, value) / hottest) : new Float32Array(map.length);
}

function floatBytes(values: Float32Array): Uint8Array {
  const view = new DataView(new ArrayBuffer(values.length * 4));
  values.forEach((value, index) => {
    view.setFloat32(index * 4, value, true);
  });
  return new Uint8Array(view.buffer);
}
