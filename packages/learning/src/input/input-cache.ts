import type { Point, View } from '@radiolect/findings';
import { views } from '@radiolect/findings';
import type { Region } from '../example.ts';
import type { GridView, ModelInput } from './model-input.ts';

/** Keeps prepared inputs by study key, so that a study is decoded and warped once and read in every epoch. */
export interface InputCache {
  get(studyKey: string): Promise<ModelInput | undefined>;
  put(studyKey: string, input: ModelInput): Promise<void>;
}

export class MemoryInputCache implements InputCache {
  readonly #inputs = new Map<string, Uint8Array>();
  async get(studyKey: string): Promise<ModelInput | undefined> {
    const bytes = this.#inputs.get(studyKey);
    return bytes && decodeInput(bytes);
  }
  async put(studyKey: string, input: ModelInput): Promise<void> {
    this.#inputs.set(studyKey, encodeInput(input));
  }
}

/** Steps of 1/256 up to 255 units: finer than the noise, wide enough for a bladder. */
const stepsPerUnit = 256;

/**
 * The bytes of a cached input: per view, anterior first, a float32 of counts per unit (0 where the view is missing),
 * the number of cells as uint32, and 16-bit steps of 1/256 unit. Where outlines are known they follow as JSON.
 */
export function encodeInput(input: ModelInput): Uint8Array<ArrayBuffer> {
  const total = views.reduce((sum, view) => sum + 8 + 2 * (input[view]?.values.length ?? 0), 0);
  const regions = new TextEncoder().encode(regionsJson(input));
  const bytes = new Uint8Array(total + regions.length);
  bytes.set(regions, total);
  const header = new DataView(bytes.buffer);
  let at = 0;
  for (const view of views) {
    const one = input[view];
    const cells = one?.values.length ?? 0;
    header.setFloat32(at, one?.countsPerUnit ?? 0, true);
    header.setUint32(at + 4, cells, true);
    if (one)
      new Uint16Array(bytes.buffer, at + 8, cells).set(
        one.values.map((value) => Math.min(Math.round(value * stepsPerUnit), 0xffff)),
      );
    at += 8 + 2 * cells;
  }
  return bytes;
}

export function decodeInput(bytes: Uint8Array): ModelInput {
  const header = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const input: Partial<Record<View, GridView>> = {};
  let at = 0;
  for (const view of views) {
    const countsPerUnit = header.getFloat32(at, true);
    const cells = header.getUint32(at + 4, true);
    if (cells > 0) {
      // A copy of its own: the bytes may lie at an odd offset, or be Node's Buffer, whose slice shares its memory.
      const steps = new Uint16Array(Uint8Array.from(bytes.subarray(at + 8, at + 8 + 2 * cells)).buffer);
      const values = new Float32Array(cells);
      for (let cell = 0; cell < cells; cell++) values[cell] = steps[cell]! / stepsPerUnit;
      input[view] = { values, countsPerUnit };
    }
    at += 8 + 2 * cells;
  }
  if (at === bytes.length) return input;
  const regions = JSON.parse(new TextDecoder().decode(bytes.subarray(at))) as Record<View, readonly Region[]>;
  for (const view of views) if (input[view] && regions[view]) input[view] = { ...input[view], regions: regions[view] };
  return input;
}

/** Empty where no view has outlines. Coordinates are kept to a twentieth of a cell. */
function regionsJson(input: ModelInput): string {
  const known = views.filter((view) => input[view]?.regions);
  if (known.length === 0) return '';
  const near = (value: number): number => Math.round(value * 20) / 20;
  return JSON.stringify(
    Object.fromEntries(
      known.map((view) => [
        view,
        input[view]!.regions!.map((region) => ({
          ...region,
          polygon: region.polygon.map(([x, y]): Point => [near(x), near(y)]),
        })),
      ]),
    ),
  );
}
