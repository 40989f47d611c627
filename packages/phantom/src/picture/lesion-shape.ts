import type { PhantomLesion } from '../phantom-case.ts';
import type { RandomStream } from '../random-stream.ts';
import type { BodyModel, BodyPart } from './body-model.ts';
import { coverageAt } from './body-model.ts';
import type { Piece } from './piece.ts';
import type { Place } from './place.ts';
import { axisOf, placeIn, ribPlace } from './place.ts';
import { sampleAt } from './raster.ts';
import { accents } from './uptake-table.ts';

/** A lesion as tracer: what is added, and where an implant or a defect takes away. Densities are 0 to about 1. */
export interface LesionPieces {
  readonly hot: readonly Piece[];
  readonly cold: readonly Piece[];
  /** Whole-site lesions are measured against the site itself, focal ones against their surroundings. */
  readonly whole: boolean;
}

const clampedLogNormal = (random: RandomStream, median: number, sd: number, low: number, high: number): number =>
  Math.min(high, Math.max(low, median * Math.exp(random.normal(0, sd))));

/** 1 inside a radius, falling smoothly to 0 around it. */
const disc = (distance: number, radius: number): number =>
  1 / (1 + Math.exp((distance - radius) / (0.45 + 0.13 * Math.max(0, radius))));

/** Turns a lesion of a case into tracer on the atlas plane. All draws come from the lesion's own stream. */
export function lesionPieces(model: BodyModel, lesion: PhantomLesion, random: RandomStream): LesionPieces {
  const parts = model.bySite.get(lesion.site);
  if (!parts?.[0]) throw new RangeError(`Lesion ${lesion.id} is at ${lesion.site}, which the atlas does not draw`);
  const extent = lesion.extent ?? clampedLogNormal(random, 1, 0.3, 0.5, 2);
  const place = placeOf(lesion, parts, random);
  const one = (piece: Piece): LesionPieces => ({ hot: [piece], cold: [], whole: false });
  switch (lesion.shape) {
    case 'focus':
      return one(spot(place, clampedLogNormal(random, 3.7, 0.95, 0.3, 16) * extent, random));
    case 'rib-row':
      return one(spot(place, clampedLogNormal(random, 2.2, 0.25, 1.2, 5) * extent, random));
    case 'joint':
      return { hot: jointPieces(lesion.site, place, extent, random), cold: [], whole: false };
    case 'end-plate':
      return one(endPlate(place, extent, random));
    case 'segment':
      return one(segment(place, extent, random));
    case 'fracture-band':
      return one(fractureBand(lesion.site, place, extent, random));
    case 'diffuse':
      return { hot: parts.map((part) => wholePart(part, random, 0.35, 0)), cold: [], whole: true };
    case 'paget':
      return { hot: parts.map((part) => wholePart(part, random, 0.08, 1.2)), cold: [], whole: true };
    case 'cold':
      return { hot: [], cold: [spot(place, clampedLogNormal(random, 5, 0.3, 3, 11) * extent, random)], whole: false };
    case 'prosthesis':
      return prosthesis(place.part, random, lesion.uptake === 'increased');
    default:
      return lesion.shape satisfies never;
  }
}

function placeOf(lesion: PhantomLesion, parts: readonly BodyPart[], random: RandomStream): Place {
  if (lesion.site.startsWith('rib-')) return ribPlace(parts, lesion.along ?? random.between(0.08, 1), random);
  // A vault or a knee has a front and a back: one of them.
  return placeIn(random.pick(parts), lesion.along, random);
}

const around = (x: number, y: number, reach: number): Piece['box'] => ({
  left: x - reach,
  right: x + reach,
  top: y - reach,
  bottom: y + reach,
});
const depthOf = (part: BodyPart): Pick<Piece, 'front' | 'back'> => ({ front: part.front, back: part.back });

/** A roundish spot with an uneven edge that keeps to its bone, a little beyond the bone's edge. */
function spot({ part, x, y }: Place, radius: number, random: RandomStream): Piece {
  const aspect = Math.exp(random.normal(0, 0.2));
  const angle = random.between(0, Math.PI);
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const lobes = [2, 3, 5].map((count) => ({
    count,
    phase: random.between(0, 2 * Math.PI),
    size: random.between(0, 0.28 / count),
  }));
  const reach = radius * 2.2 + 4;
  const clouds = cloudiness(2 * reach, 2 * reach, random);
  return {
    box: around(x, y, reach),
    density: (px, py) => {
      const along = ((px - x) * cos + (py - y) * sin) * aspect;
      const across = (-(px - x) * sin + (py - y) * cos) / aspect;
      const direction = Math.atan2(across, along);
      let edge = 1;
      for (const { count, phase, size } of lobes) edge += 2 * size * Math.sin(count * direction + phase);
      const uneven = Math.max(0.4, 1 + 0.22 * clouds(px - x + reach, py - y + reach));
      return disc(Math.hypot(along, across), radius * edge) * uneven * Math.sqrt(coverageAt(part, px, py));
    },
    ...depthOf(part),
  };
}

/** Wear shows at the joint's compartments, one or several, with some of the whole joint. */
function jointPieces(site: string, place: Place, extent: number, random: RandomStream): Piece[] {
  const { part } = place;
  const compartments = random.shuffle(accents.filter((accent) => accent.site === site && accent.joint));
  const chosen = compartments.slice(0, random.weighted({ '1': 0.55, '2': 0.3, '3': 0.15 }) === '1' ? 1 : 3);
  const centres = chosen.length > 0 ? chosen.map(({ u, y }) => ({ x: 128 + u, y })) : [place];
  const pieces = centres.map(({ x, y }, i) => {
    const piece = spot(
      { part, x: x + random.normal(0, 1), y: y + random.normal(0, 1) },
      clampedLogNormal(random, 3.8, 0.3, 2, 7.5) * extent,
      random,
    );
    // One compartment is the worst.
    const share = i === 0 ? 1 : random.between(0.25, 0.85);
    return { ...piece, density: (px: number, py: number) => share * piece.density(px, py) };
  });
  if (random.chance(0.5)) {
    const whole = wholePart(part, random, 0.1, 0);
    const share = random.between(0.15, 0.5);
    pieces.push({ ...whole, density: (x, y) => share * whole.density(x, y) });
  }
  return pieces;
}

/** A flat band at the upper or lower edge of a vertebra, across it or at one corner. */
function endPlate({ part }: Place, extent: number, random: RandomStream): Piece {
  const { left, top, columns, rows } = part.mask;
  const edge = random.chance(0.5) ? top + 1.5 : top + rows - 1.5;
  const corner = random.chance(0.6) ? random.pick([-1, 1]) : 0;
  const half = (columns / 2 - 1) * (corner === 0 ? 0.9 : 0.42) * Math.min(extent, 1.3);
  const x = left + columns / 2 + corner * (columns / 2 - half);
  const thick = random.between(1, 1.8) * Math.sqrt(extent);
  return {
    box: { left: x - half - 3, right: x + half + 3, top: edge - thick - 3, bottom: edge + thick + 3 },
    density: (px, py) => disc(Math.abs(px - x), half) * disc(Math.abs(py - edge), thick),
    ...depthOf(part),
  };
}

/** A stretch of a rib or a long bone, in its whole width. */
function segment({ part, x, y }: Place, extent: number, random: RandomStream): Piece {
  const { length } = axisOf(part);
  const half = Math.min(
    length * 0.3,
    clampedLogNormal(random, part.site.startsWith('rib-') ? 6.5 : 12, 0.35, 3, 40) * extent,
  );
  return {
    box: around(x, y, half + 4),
    density: (px, py) => disc(Math.hypot(px - x, py - y), half) * coverageAt(part, px, py),
    ...depthOf(part),
  };
}

/** A band across the bone; the sacrum breaks like an H. */
function fractureBand(site: string, place: Place, extent: number, random: RandomStream): Piece {
  const { part } = place;
  const thick = random.between(1.1, 2) * Math.sqrt(extent);
  if (site === 'sacrum') {
    const { left, top, columns, rows } = part.mask;
    const y = top + rows * random.between(0.25, 0.4);
    const wings = random.shuffle([-1, 1]).slice(0, random.chance(0.6) ? 2 : 1);
    const middle = left + columns / 2;
    return {
      box: { left, right: left + columns, top, bottom: top + rows },
      density: (px, py) =>
        Math.max(
          disc(Math.abs(py - y), thick),
          ...wings.map(
            (side) =>
              disc(Math.abs(px - middle - side * columns * 0.33), thick + 0.6) * disc(Math.abs(py - y), rows * 0.26),
          ),
        ) * coverageAt(part, px, py),
      ...depthOf(part),
    };
  }
  const axis = axisOf(part);
  const vertebra = /^[ctl]\d+$/.test(site);
  // Vertebrae and ribs break across, whatever the box's longer side is.
  const [ax, ay] = vertebra ? [0, 1] : [axis.x, axis.y];
  const y = vertebra ? part.mask.top + part.mask.rows * random.between(0.3, 0.6) : place.y;
  const reach = vertebra ? part.mask.columns / 2 + 2 : 12;
  const flat = vertebra ? thick + 0.8 : thick + 0.5;
  const x = vertebra ? part.mask.left + part.mask.columns / 2 : place.x;
  return {
    box: around(x, y, reach + 2),
    density: (px, py) =>
      disc(Math.abs((px - x) * ax + (py - y) * ay), flat) *
      disc(Math.abs(-(px - x) * ay + (py - y) * ax), reach) *
      Math.sqrt(coverageAt(part, px, py)),
    ...depthOf(part),
  };
}

/** All of a part, more or less even, and larger by some pixels. */
function wholePart(part: BodyPart, random: RandomStream, unevenness: number, enlarged: number): Piece {
  const { left, top, columns, rows } = part.patch;
  const clouds = cloudiness(columns + 2 * enlarged, rows + 2 * enlarged, random);
  const peak = part.patch.values.reduce((max, value) => Math.max(max, value), 0);
  const bone = (x: number, y: number): number =>
    enlarged === 0
      ? sampleAt(part.patch, x, y) / peak
      : Math.max(
          coverageAt(part, x - enlarged, y),
          coverageAt(part, x + enlarged, y),
          coverageAt(part, x, y - enlarged),
          coverageAt(part, x, y + enlarged),
        );
  return {
    box: {
      left: left - enlarged,
      right: left + columns + enlarged,
      top: top - enlarged,
      bottom: top + rows + enlarged,
    },
    density: (x, y) => bone(x, y) * Math.max(0.15, 1 + unevenness * clouds(x - left + enlarged, y - top + enlarged)),
    ...depthOf(part),
  };
}

/** Smooth random unevenness, about −2 to 2, over a rectangle that starts at 0, 0; clouds are some six pixels wide. */
function cloudiness(columns: number, rows: number, random: RandomStream): (x: number, y: number) => number {
  const cell = 6;
  const across = Math.ceil(columns / cell) + 2;
  const grid = Float32Array.from({ length: across * (Math.ceil(rows / cell) + 2) }, () => random.normal());
  return (x, y) => {
    const gx = Math.max(0, x / cell);
    const gy = Math.max(0, y / cell);
    const [c, r] = [Math.floor(gx), Math.floor(gy)];
    const [s, t] = [gx - c, gy - r];
    const value = (row: number, column: number): number => grid[row * across + column] ?? 0;
    return (
      (value(r, c) * (1 - s) + value(r, c + 1) * s) * (1 - t) +
      (value(r + 1, c) * (1 - s) + value(r + 1, c + 1) * s) * t
    );
  };
}

/** A metal core that takes nothing up, with a rim that takes up a little, or a lot where it is loose. */
function prosthesis(part: BodyPart, random: RandomStream, loose: boolean): LesionPieces {
  const { left, top, columns, rows } = part.mask;
  const axis = axisOf(part);
  const long = axis.length > 60;
  // In a long bone the stem fills the upper part of the shaft; a joint is replaced as a whole.
  const x = long ? axis.centreX - axis.x * axis.length * 0.28 : left + columns / 2;
  const y = long ? axis.centreY - axis.y * axis.length * 0.28 : top + rows / 2;
  const halfAlong = long ? axis.length * 0.2 : Math.min(columns, rows) * 0.36;
  const halfAcross = long ? 3 : Math.min(columns, rows) * 0.34;
  const [ax, ay] = long ? [axis.x, axis.y] : [0, 1];
  const core = (px: number, py: number): number => {
    const along = ((px - x) * ax + (py - y) * ay) / halfAlong;
    const across = (-(px - x) * ay + (py - y) * ax) / halfAcross;
    return disc((Math.hypot(along, across) - 1) * halfAcross, 0);
  };
  const rimWidth = 2.6;
  const rim = (px: number, py: number): number => {
    const along = ((px - x) * ax + (py - y) * ay) / (halfAlong + rimWidth);
    const across = (-(px - x) * ay + (py - y) * ax) / (halfAcross + rimWidth);
    return Math.max(0, disc((Math.hypot(along, across) - 1) * (halfAcross + rimWidth), 0) - core(px, py));
  };
  const reach = Math.max(halfAlong, halfAcross) + rimWidth + 4;
  // A loose implant is hottest at its tip and at one edge.
  const [tipX, tipY] = [x + ax * halfAlong, y + ay * halfAlong];
  const side = random.pick([-1, 1]);
  const hot: Piece = {
    box: around(x, y, reach),
    density: (px, py) =>
      rim(px, py) *
      (0.45 + 0.8 * Math.exp(-((px - tipX) ** 2 + (py - tipY) ** 2) / 60)) *
      (1 + 0.4 * side * Math.sign(px - x)),
    ...depthOf(part),
  };
  return {
    hot: loose ? [hot] : [],
    cold: [{ box: around(x, y, reach), density: core, ...depthOf(part) }],
    whole: false,
  };
}
