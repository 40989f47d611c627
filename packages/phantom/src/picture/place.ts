import type { RandomStream } from '../random-stream.ts';
import type { BodyPart } from './body-model.ts';

/** A place inside a part of the body, on the atlas plane from the front. */
export interface Place {
  readonly part: BodyPart;
  readonly x: number;
  readonly y: number;
}

/** The long axis of a part: its direction, pointing to the feet (or sideways), its centre and length in pixels. */
export interface Axis {
  readonly x: number;
  readonly y: number;
  readonly centreX: number;
  readonly centreY: number;
  readonly length: number;
}

/** The centres of the pixels that a part covers, with how much of it lies there. */
function insidePixels(part: BodyPart): { x: number; y: number; weight: number }[] {
  const { left, top, columns, values } = part.mask;
  const pixels: { x: number; y: number; weight: number }[] = [];
  values.forEach((value, at) => {
    if (value > 0.45)
      pixels.push({
        x: left + (at % columns) + 0.5,
        y: top + Math.floor(at / columns) + 0.5,
        weight: part.patch.values[at] ?? value,
      });
  });
  return pixels;
}

export function axisOf(part: BodyPart): Axis {
  const pixels = insidePixels(part);
  const n = pixels.length || 1;
  const centreX = pixels.reduce((sum, pixel) => sum + pixel.x, 0) / n;
  const centreY = pixels.reduce((sum, pixel) => sum + pixel.y, 0) / n;
  let xx = 0;
  let xy = 0;
  let yy = 0;
  for (const { x, y } of pixels) {
    xx += (x - centreX) ** 2;
    xy += (x - centreX) * (y - centreY);
    yy += (y - centreY) ** 2;
  }
  const angle = 0.5 * Math.atan2(2 * xy, xx - yy);
  let [ax, ay] = [Math.cos(angle), Math.sin(angle)];
  // Towards the feet; for what lies flat, away from the midline.
  const outward = Math.abs(ay) > 0.5 ? ay > 0 : (centreX - 128) * ax >= 0;
  if (!outward) [ax, ay] = [-ax, -ay];
  const along = pixels.map(({ x, y }) => (x - centreX) * ax + (y - centreY) * ay);
  return { x: ax, y: ay, centreX, centreY, length: Math.max(...along) - Math.min(...along) };
}

/** A random place in a part, likelier where there is more bone; near a share of its long axis where one is given. */
export function placeIn(part: BodyPart, along: number | undefined, random: RandomStream): Place {
  const pixels = insidePixels(part);
  const axis = along === undefined ? undefined : axisOf(part);
  const wanted = axis && along !== undefined ? (along - 0.5) * axis.length : 0;
  const tolerance = axis ? Math.max(2, axis.length * 0.06) : 0;
  const weights = pixels.map(({ x, y, weight }) => {
    if (!axis) return weight;
    const offset = (x - axis.centreX) * axis.x + (y - axis.centreY) * axis.y - wanted;
    return weight * Math.exp(-((offset / tolerance) ** 2));
  });
  let at = random.unit() * weights.reduce((sum, weight) => sum + weight, 0);
  for (let i = 0; i < pixels.length; i++) {
    at -= weights[i]!;
    if (at < 0) return { part, x: pixels[i]!.x, y: pixels[i]!.y };
  }
  const { left, top, columns, rows } = part.mask;
  return { part, x: left + columns / 2, y: top + rows / 2 };
}

/** The share of a rib's length that lies behind. */
const backShare = 0.6;

/** The place at a share of a rib's length, from the spine round the side to the cartilage. */
export function ribPlace(parts: readonly BodyPart[], along: number, random: RandomStream): Place {
  const back = parts.find((part) => part.face !== 'front') ?? parts[0]!;
  const front = parts.find((part) => part.face === 'front') ?? back;
  const [part, share] =
    front === back
      ? [back, along]
      : along < backShare
        ? [back, along / backShare]
        : [front, 1 - (along - backShare) / (1 - backShare)];
  const pixels = insidePixels(part);
  const distances = pixels.map((pixel) => Math.abs(pixel.x - 128));
  const [near, far] = [Math.min(...distances), Math.max(...distances)];
  const wanted = near + (far - near) * Math.min(0.97, Math.max(0.03, share));
  const slice = pixels.filter((pixel) => Math.abs(Math.abs(pixel.x - 128) - wanted) < 1.2);
  if (slice.length === 0) return placeIn(part, undefined, random);
  const y = slice.reduce((sum, pixel) => sum + pixel.y, 0) / slice.length;
  return { part, x: 128 + Math.sign(slice[0]!.x - 128) * wanted, y: y + random.normal(0, 0.3) };
}
