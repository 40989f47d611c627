import type { PhantomBody, PhantomCase } from '../phantom-case.ts';
import type { RandomStream } from '../random-stream.ts';
import type { BodyModel, BodyPart } from './body-model.ts';
import { bodyRows } from './body-model.ts';
import { softTissueRows } from './uptake-table.ts';

/** Attenuation that a parallel camera sees per centimetre of tissue, scatter included. */
const attenuationPerCm = 0.1;
const planeColumns = 256;

/** What the cameras see of something at its depth: weight in counts, and how far it is from each. */
export interface Visibility {
  readonly anterior: number;
  readonly posterior: number;
  /** Centimetres of tissue in front and behind, in this patient. */
  readonly front: number;
  readonly back: number;
}

export function visibilityOf(front: number, back: number, body: PhantomBody): Visibility {
  const f = front * body.stoutness;
  const b = back * body.stoutness;
  return {
    anterior: Math.exp(-attenuationPerCm * f),
    posterior: Math.exp(-attenuationPerCm * b),
    front: f,
    back: b,
  };
}

/** Depths, in centimetres, that the two blurred layers of a view stand for. */
export const nearCm = 4;
export const farCm = 14;

/** The share of something at a depth that belongs to the far, more blurred layer. */
export const farShare = (cm: number): number => Math.min(1, Math.max(0, (cm - nearCm) / (farCm - nearCm)));

/** Four sums on the plane, seen from the front: near and far layer of each view. (bodyRows × 256) each. */
export interface Layers {
  readonly anteriorNear: Float32Array;
  readonly anteriorFar: Float32Array;
  readonly posteriorNear: Float32Array;
  readonly posteriorFar: Float32Array;
}

/** Normal tracer of one patient without bladder, lesions and distractors. */
export function composeBody(model: BodyModel, phantomCase: PhantomCase, random: RandomStream): Layers {
  const size = bodyRows * planeColumns;
  const layers: Layers = {
    anteriorNear: new Float32Array(size),
    anteriorFar: new Float32Array(size),
    posteriorNear: new Float32Array(size),
    posteriorFar: new Float32Array(size),
  };
  const { body, physiology, superscan } = phantomCase;
  const texture = makeTexture(random.child('texture'));
  const factors = siteFactors(model, phantomCase, random.child('bones'));
  for (const part of model.parts) {
    const joint = part.joint ? physiology.joints : 1;
    const variation = part.accent ? Math.exp(0.35 * factors.accent(part)) : 1;
    addPart(layers, part, (factors.site.get(part.site) ?? 1) * joint * variation, body, texture);
  }
  for (const [name, part] of model.organs) {
    const of = name.startsWith('kidney')
      ? physiology.kidneys[name.endsWith('left') ? 'left' : 'right'] * (superscan ? 0.12 : 1)
      : name === 'thyroid'
        ? physiology.thyroid
        : name.startsWith('breast')
          ? body.sex === 'female'
            ? 1
            : 0.2
          : 1;
    addPart(layers, part, of, body, texture);
  }
  addTissue(layers, model, phantomCase, texture);
  return layers;
}

/** Each bone's own level: shared by both sides for the most part, with a little of its own. */
function siteFactors(model: BodyModel, { physiology }: PhantomCase, random: RandomStream) {
  const sd = physiology.boneVariation;
  const bones = new Map<string, number>();
  const site = new Map<string, number>();
  const accentDraws = new Map<BodyPart, number>();
  for (const part of model.parts) {
    if (part.accent) {
      accentDraws.set(part, random.normal());
      continue;
    }
    if (site.has(part.site)) continue;
    // Vertebrae and ribs of one patient differ little among themselves.
    const bone = part.site.replace(/-(right|left)$/, '').replace(/^(rib|[ctl])-?\d+$/, '$1');
    if (!bones.has(bone)) bones.set(bone, random.normal(0, sd));
    const shared = bones.get(bone)!;
    site.set(part.site, Math.exp(shared + random.normal(0, 0.3 * sd)));
  }
  return { site, accent: (part: BodyPart): number => accentDraws.get(part) ?? 0 };
}

function addPart(layers: Layers, part: BodyPart, factor: number, body: PhantomBody, texture: Float32Array): void {
  const seen = visibilityOf(part.front, part.back, body);
  const anteriorFar = farShare(seen.front) * seen.anterior * factor;
  const anteriorNear = seen.anterior * factor - anteriorFar;
  const posteriorFar = farShare(seen.back) * seen.posterior * factor;
  const posteriorNear = seen.posterior * factor - posteriorFar;
  const { left, top, columns, rows, values } = part.patch;
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const value = values[row * columns + column]!;
      if (value === 0) continue;
      const at = (row + top) * planeColumns + column + left;
      const here = value * texture[at]!;
      layers.anteriorNear[at]! += anteriorNear * here;
      layers.anteriorFar[at]! += anteriorFar * here;
      layers.posteriorNear[at]! += posteriorNear * here;
      layers.posteriorFar[at]! += posteriorFar * here;
    }
}

function addTissue(
  layers: Layers,
  model: BodyModel,
  { physiology, superscan, body }: PhantomCase,
  texture: Float32Array,
): void {
  const factor = physiology.softTissue * (superscan ? 0.45 : 1);
  // A patient lies on the back, so more loose tissue is in front of the spine than behind it.
  for (let row = 0; row < bodyRows; row++) {
    const level = factor * tissueLevel(row) * Math.exp(-0.12 * (body.stoutness - 1));
    for (let column = 0; column < planeColumns; column++) {
      const at = row * planeColumns + column;
      const value = model.tissue.values[at]! * level * (0.6 + 0.4 * texture[at]!);
      if (value === 0) continue;
      layers.anteriorFar[at]! += value;
      layers.posteriorFar[at]! += value * 0.8;
    }
  }
}

function tissueLevel(y: number): number {
  for (let i = 1; i < softTissueRows.length; i++) {
    const [y0, v0] = softTissueRows[i - 1]!;
    const [y1, v1] = softTissueRows[i]!;
    if (y <= y1) return v0 + ((v1 - v0) * Math.max(0, y - y0)) / (y1 - y0);
  }
  return softTissueRows.at(-1)![1];
}

/** Smooth unevenness around 1 at two scales, over the plane. */
function makeTexture(random: RandomStream): Float32Array {
  const texture = new Float32Array(bodyRows * planeColumns).fill(1);
  for (const [cell, sd] of [
    [4, 0.13],
    [14, 0.09],
  ] as const) {
    const columns = Math.ceil(planeColumns / cell) + 2;
    const rows = Math.ceil(bodyRows / cell) + 2;
    const grid = Float32Array.from({ length: rows * columns }, () => random.normal(0, sd));
    for (let y = 0; y < bodyRows; y++) {
      const gy = y / cell;
      const row = Math.floor(gy);
      const t = gy - row;
      for (let x = 0; x < planeColumns; x++) {
        const gx = x / cell;
        const column = Math.floor(gx);
        const s = gx - column;
        const at = row * columns + column;
        const top = grid[at]! * (1 - s) + grid[at + 1]! * s;
        const bottom = grid[at + columns]! * (1 - s) + grid[at + columns + 1]! * s;
        texture[y * planeColumns + x]! += top * (1 - t) + bottom * t;
      }
    }
  }
  return texture.map((value) => Math.max(0.3, value));
}
