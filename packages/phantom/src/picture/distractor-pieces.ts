import type { PhantomCase, PhantomDistractor, Side } from '../phantom-case.ts';
import type { RandomStream } from '../random-stream.ts';
import type { BodyModel } from './body-model.ts';
import type { Piece } from './piece.ts';
import { sampleAt } from './raster.ts';

const midline = 128;
const sign = (side: Side): 1 | -1 => (side === 'left' ? 1 : -1);
/** Anatomical places on the plane: distance from the midline and height. */
const armPlaces = { hand: [96, 418], wrist: [95, 386], elbow: [82, 272] } as const;

/** A splash with a smooth edge; `cm` is the depth in front and behind. */
function splash(x: number, y: number, rx: number, ry: number, level: number, front: number, back: number): Piece {
  return {
    box: { left: x - 3.2 * rx, right: x + 3.2 * rx, top: y - 3.2 * ry, bottom: y + 3.2 * ry },
    density: (px, py) => level * Math.exp(-0.5 * (((px - x) / rx) ** 2 + ((py - y) / ry) ** 2)),
    front,
    back,
  };
}

/** Urine in the bladder, by this patient's filling. */
export function bladderPiece(model: BodyModel, { physiology, superscan }: PhantomCase): Piece {
  const { patch, front, back } = model.bladder;
  const size = physiology.bladderSize;
  // A fuller bladder rises above the symphysis; its floor stays.
  const floor = patch.top + patch.rows - 1;
  const level = physiology.bladder * (superscan ? 0.25 : 1);
  const stretch = Math.sqrt(size);
  return {
    box: {
      left: midline - (patch.columns / 2) * stretch - 1,
      right: midline + (patch.columns / 2) * stretch + 1,
      top: floor - patch.rows * size - 1,
      bottom: floor + 1,
    },
    density: (x, y) => level * sampleAt(patch, midline + (x - midline) / stretch, floor + (y - floor) / size),
    front,
    back,
  };
}

/** The tracer of a distractor; crooked positioning has none, it changes the pose. */
export function distractorPieces(distractor: PhantomDistractor, random: RandomStream): Piece[] {
  switch (distractor.kind) {
    case 'urine-contamination': {
      const s = sign(distractor.side);
      const [u, y] = { groin: [6, 412], thigh: [30, 440], pelvis: [44, 350] }[distractor.where] as [number, number];
      const drops = random.integer(1, 3);
      return Array.from({ length: drops }, () =>
        splash(
          midline + s * (u + random.normal(0, 4)),
          y + random.normal(0, 7),
          random.between(1.5, 5),
          random.between(2, 7),
          random.between(1.5, 7) / drops,
          1,
          random.between(4, 14),
        ),
      );
    }
    case 'injection-site':
    case 'injection-leakage': {
      const [u, y] = armPlaces[distractor.where];
      const leak = distractor.kind === 'injection-leakage';
      const x = midline + sign(distractor.side) * (u + random.normal(0, 2));
      const at = y + random.normal(0, 5);
      const pieces = [
        splash(x, at, leak ? 3.5 : 1.6, leak ? 6 : 2.2, random.between(2.5, 8) * (leak ? 2.5 : 1), 1.5, 2.5),
      ];
      // Leaked tracer drains along the vein.
      if (leak && distractor.where !== 'elbow')
        pieces.push(splash(x - sign(distractor.side) * 3, at - 40, 1.8, 16, random.between(0.8, 2.5), 2, 3));
      return pieces;
    }
    case 'catheter-bag': {
      const x = midline + sign(distractor.side) * random.between(60, 88);
      return [
        splash(
          x,
          random.between(480, 560),
          random.between(9, 14),
          random.between(14, 24),
          random.between(1.5, 5),
          1,
          4,
        ),
        splash(midline + sign(distractor.side) * 20, 415, 1.6, 14, 1.6, 1, 10),
      ];
    }
    case 'breast-uptake':
      return ([1, -1] as const).map((s) => splash(midline + s * 34, 214, 12, 11, random.between(0.3, 0.7), 2, 18));
    case 'free-pertechnetate':
      return [
        ...([1, -1] as const).map((s) => splash(midline + s * 5, 138, 3, 5, random.between(2, 5), 2, 10)),
        splash(midline + 24, 262, 14, 12, random.between(0.8, 2.2), 6, 10),
        splash(midline, 92, 10, 6, random.between(0.6, 1.5), 4, 12),
      ];
    case 'crooked-positioning':
      return [];
    default:
      return distractor satisfies never;
  }
}
