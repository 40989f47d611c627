import type { Point } from '@radiolect/findings';
import { band, blob, ellipse, vertebraBox } from './curves.ts';

// Coordinates of this folder: u is the distance from the midline towards the side, y runs from head to feet, in atlas
// pixels of 2.26 mm. A shape is drawn once for one side and mirrored; midline shapes span both signs of u.

/** Upper edge of each vertebra from C1 to L5, and the lower edge of L5. */
const edges: number[] = (() => {
  const list: number[] = [];
  const cervical = [6, 7.4, 6.2, 6.2, 6.2, 6.4, 6.6];
  const thoracic = Array.from({ length: 12 }, (_, i) => 7.6 + i * 0.31);
  const lumbar = [13.2, 13.8, 14.2, 14.6, 14.9];
  let y = 98;
  for (const height of [...cervical, ...thoracic, ...lumbar]) {
    list.push(y);
    y += height;
  }
  return [...list, y];
})();

const levels = [
  ...Array.from({ length: 7 }, (_, i) => `c${i + 1}`),
  ...Array.from({ length: 12 }, (_, i) => `t${i + 1}`),
  ...Array.from({ length: 5 }, (_, i) => `l${i + 1}`),
];

/** Upper edge of thoracic vertebra n. */
const thoracicTop = (n: number): number => edges[6 + n]!;

/** Lower edge of the lumbar spine. */
export const lumbarEnd = edges.at(-1)!;

/** The 24 boxes. */
export function vertebrae(): Map<string, Point[][]> {
  return new Map(
    levels.map((level, i) => {
      const [y0, y1] = [edges[i]! + 0.5, edges[i + 1]! - 0.5];
      const number = Number(level.slice(1));
      const halfWidth =
        level === 'c1'
          ? 10
          : level.startsWith('c')
            ? 7.6 + number * 0.12
            : level.startsWith('t')
              ? 7.4 + number * 0.18
              : 10.2 + number * 0.35;
      return [level, [vertebraBox(y0, y1, halfWidth, level.startsWith('c') ? 0.4 : 1)]];
    }),
  );
}

/** Half width of the rib cage at the widest point of ribs 1 to 10; for 11 and 12 where they end. */
const reach = [25, 37, 45, 51, 55.5, 58.5, 60.5, 61.5, 61, 58.5, 50, 37];
/** How far each rib falls from its vertebra to that point. */
const drop = [5, 12, 18, 23, 27, 31, 34, 36, 37, 37, 33, 25];
/** Where bone meets cartilage in front, ribs 1 to 10. */
const frontEnd: readonly Point[] = [
  [13, 159],
  [17, 173],
  [20, 186],
  [23, 199],
  [26, 212],
  [30, 225],
  [35, 238],
  [41, 250],
  [47, 261],
  [51.5, 271],
];

const ribLevel = (n: number): number => thoracicTop(n) + 1.5;
const thickness = (n: number): number => (n === 1 ? 5.6 : n === 12 ? 4.2 : n === 11 ? 4.6 : 5.2);

/** From the spine backwards, sideways and down to the side of the chest. */
function posteriorArc(n: number): Point[] {
  const w = reach[n - 1]!;
  const d = drop[n - 1]!;
  const y = ribLevel(n);
  const t = thickness(n);
  if (n >= 11)
    return band([
      [8.5, y, t * 0.8],
      [w * 0.4, y + d * 0.18, t],
      [w * 0.75, y + d * 0.58, t],
      [w, y + d, t * 0.6],
    ]);
  return band([
    [8.5, y, t * 0.9],
    [w * 0.3, y - 1 + d * 0.04, t],
    [w * 0.58, y + d * 0.2, t],
    [w * 0.83, y + d * 0.52, t],
    [w * 0.96, y + d * 0.82, t],
    [w, y + d * 1.08, t * 0.9],
  ]);
}

/** From the side of the chest forwards, down and inwards to the cartilage. */
function anteriorArc(n: number): Point[] {
  if (n >= 11) return posteriorArc(n);
  const w = reach[n - 1]!;
  const side = ribLevel(n) + drop[n - 1]!;
  const [u, y] = frontEnd[n - 1]!;
  const t = thickness(n);
  const fall = y - side;
  return band([
    [w * 0.985, side - 5, t * 0.9],
    [w, side + fall * 0.12, t],
    [w * 0.94, side + fall * 0.42, t],
    [u + (w - u) * 0.55, side + fall * 0.78, t],
    [u, y, t * 1.15],
  ]);
}

/** Ribs 1 to 12 of one side: the posterior arcs for the posterior view, the anterior arcs for the anterior view. */
export function ribs(view: 'anterior' | 'posterior'): Map<string, Point[][]> {
  return new Map(
    Array.from({ length: 12 }, (_, i) => [
      `rib-${i + 1}`,
      [view === 'anterior' ? anteriorArc(i + 1) : posteriorArc(i + 1)],
    ]),
  );
}

/** Both sternal sites. */
export function sternum(): Map<string, Point[][]> {
  return new Map([
    [
      'manubrium',
      [
        blob([
          [-11, 154],
          [-5, 152.5],
          [0, 154.5],
          [5, 152.5],
          [11, 154],
          [11.5, 160],
          [7.5, 168],
          [6, 174.5],
          [0, 175],
          [-6, 174.5],
          [-7.5, 168],
          [-11.5, 160],
        ]),
      ],
    ],
    [
      'sternal-body',
      [
        blob([
          [-5.5, 176],
          [0, 175.5],
          [5.5, 176],
          [6, 186],
          [7.5, 202],
          [7, 213],
          [4, 219],
          [2.6, 228],
          [0, 232],
          [-2.6, 228],
          [-4, 219],
          [-7, 213],
          [-7.5, 202],
          [-6, 186],
        ]),
      ],
    ],
  ]);
}

/** Clavicle, scapula and shoulder joint of one side. */
export function shoulderGirdle(): Map<string, Point[][]> {
  return new Map([
    [
      'clavicle',
      [
        band([
          [11, 153.8, 7],
          [20, 147.8, 5.6],
          [32, 141.7, 5],
          [44, 139, 5],
          [55, 136, 5.6],
          [65, 133, 6],
        ]),
      ],
    ],
    [
      'scapula',
      [
        blob([
          [27, 147.3],
          [35, 143.6],
          [46, 142.5],
          [56, 137.5],
          [66, 132],
          [74, 132.5],
          [75, 136.5],
          [68, 139.5],
          [62, 142.5],
          [58, 148.5],
          [57, 156.5],
          [52, 167.5],
          [46, 183.5],
          [40.5, 200.5],
          [36.5, 205.3],
          [33.5, 199.9],
          [31, 181.4],
          [28.5, 162],
        ]),
      ],
    ],
    [
      'shoulder',
      [
        blob([
          [56, 142.5],
          [61, 136],
          [69, 133.5],
          [76, 137.5],
          [79, 145.5],
          [77, 153.5],
          [70, 158.5],
          [62, 157.5],
          [57, 151.5],
        ]),
      ],
    ],
  ]);
}

/** Skull parts, midline. The calvarium is a cap in front and the whole vault behind. */
export function skull(view: 'anterior' | 'posterior'): Map<string, Point[][]> {
  const face = blob([
    [-25, 67.5],
    [-14, 64.9],
    [0, 66.5],
    [14, 64.9],
    [25, 67.5],
    [29, 75.8],
    [26, 86.1],
    [19, 94.4],
    [12, 99.6],
    [0, 101.1],
    [-12, 99.6],
    [-19, 94.4],
    [-26, 86.1],
    [-29, 75.8],
  ]);
  const jaw = blob([
    [-27.5, 87.2],
    [-24, 86.1],
    [-22.5, 95.4],
    [-18, 104.7],
    [-9, 110.4],
    [0, 111.5],
    [9, 110.4],
    [18, 104.7],
    [22.5, 95.4],
    [24, 86.1],
    [27.5, 87.2],
    [26.5, 99.6],
    [21, 112],
    [11, 119.2],
    [0, 120.8],
    [-11, 119.2],
    [-21, 112],
    [-26.5, 99.6],
  ]);
  if (view === 'anterior')
    return new Map([
      [
        'calvarium',
        [
          blob([
            [-32, 63.3],
            [-33.5, 50.9],
            [-28, 35.4],
            [-16, 26.1],
            [0, 23.5],
            [16, 26.1],
            [28, 35.4],
            [33.5, 50.9],
            [32, 63.3],
            [20, 59.7],
            [0, 58.7],
            [-20, 59.7],
          ]),
        ],
      ],
      [
        'skull-base',
        [
          blob([
            [-31, 64.4],
            [-18, 60.8],
            [0, 59.7],
            [18, 60.8],
            [31, 64.4],
            [30.5, 73.7],
            [18, 70.6],
            [0, 71.6],
            [-18, 70.6],
            [-30.5, 73.7],
          ]),
        ],
      ],
      ['facial-bones', [face]],
      ['mandible', [jaw]],
    ]);
  return new Map([
    ['facial-bones', [face]],
    ['mandible', [jaw]],
    [
      'skull-base',
      [
        blob([
          [-31, 73.7],
          [-18, 78.9],
          [0, 80.9],
          [18, 78.9],
          [31, 73.7],
          [30, 84],
          [24, 92.3],
          [13, 97.5],
          [0, 99.1],
          [-13, 97.5],
          [-24, 92.3],
          [-30, 84],
        ]),
      ],
    ],
    [
      'calvarium',
      [
        blob([
          [-32, 72.7],
          [-34, 53],
          [-28.5, 35.4],
          [-16, 26.1],
          [0, 23.5],
          [16, 26.1],
          [28.5, 35.4],
          [34, 53],
          [32, 72.7],
          [18, 77.8],
          [0, 79.9],
          [-18, 77.8],
        ]),
      ],
    ],
  ]);
}

/** Organs of the trunk; the first map's are of one side, the second's are on the midline or on the named side alone. */
export function organs(): { paired: Map<string, Point[][]>; single: Map<string, Point[][]> } {
  return {
    paired: new Map([
      ['kidney', [ellipse(28, 268, 11, 21.5, -12)]],
      ['breast', [ellipse(32, 212, 20, 19)]],
    ]),
    single: new Map([
      ['thyroid', [ellipse(-5, 137, 3.6, 7, 12), ellipse(5, 137, 3.6, 7, -12)]],
      [
        'bladder',
        [
          blob([
            [-16, 375],
            [-14, 366],
            [0, 361],
            [14, 366],
            [16, 375],
            [9, 382],
            [0, 384],
            [-9, 382],
          ]),
        ],
      ],
      [
        'liver',
        [
          blob([
            [-57, 240],
            [-45, 226],
            [-20, 222],
            [8, 226],
            [26, 230],
            [14, 242],
            [-14, 256],
            [-40, 276],
            [-55, 282],
            [-60, 262],
          ]),
        ],
      ],
    ]),
  };
}
