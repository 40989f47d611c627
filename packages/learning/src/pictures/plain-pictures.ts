import { UnusableDatasetError } from '../errors.ts';
import type { Split } from '../example.ts';
import { hashFraction } from '../example.ts';
import type { Random } from '../random.ts';
import { normal } from '../random.ts';
import type { AugmentationSettings, DistortionSettings } from '../recipe.ts';
import type { PictureExample, PictureSource } from './picture-source.ts';

/** Grey pictures of one size with yes-or-no labels: what a public image data set holds. */
export interface LabelledPictures {
  readonly rows: number;
  readonly columns: number;
  /** Names of the labels, K. */
  readonly outputs: readonly string[];
  readonly splits: Readonly<Partial<Record<Split, LabelledSplit>>>;
}

export interface LabelledSplit {
  readonly count: number;
  /** (count, rows, columns), any scale. */
  readonly pixels: ArrayLike<number>;
  /** (count, K): 1 where the label is given, else 0. */
  readonly labels: Uint8Array;
}

/**
 * Pictures that stand for themselves: no body to place them on, no patient who links two. Each is shown with mean 0 and
 * deviation 1, so that exposure and display are not what is learnt. Throws UnusableDatasetError where the picture that
 * the backbone takes has another size.
 */
export function plainPictures(
  { rows, columns, outputs, splits }: LabelledPictures,
  picture: readonly [number, number],
  augmentation: AugmentationSettings,
  distortion?: DistortionSettings,
): PictureSource {
  if (picture[0] !== rows || picture[1] !== columns)
    throw new UnusableDatasetError(
      `its pictures are ${rows} × ${columns}, and the backbone takes ${picture[0]} × ${picture[1]}`,
      `Set backbone.picture to [${rows}, ${columns}].`,
    );
  const size = rows * columns;
  const places = new Map<string, { readonly split: LabelledSplit; readonly index: number }>();
  const examplesOf = (name: Split): PictureExample[] => {
    const split = splits[name];
    if (!split) return [];
    return Array.from({ length: split.count }, (_, index) => {
      const key = `${name}-${String(index).padStart(6, '0')}`;
      places.set(key, { split, index });
      const states = outputs.map((_, output) =>
        split.labels[index * outputs.length + output] === 1 ? ('present' as const) : ('absent' as const),
      );
      return { key, patientKey: key, states };
    });
  };
  const inOrder = (examples: PictureExample[]): PictureExample[] =>
    // A file may be sorted by label; a share of the training pictures must be a random part.
    examples.sort((a, b) => hashFraction(`order ${a.key}`) - hashFraction(`order ${b.key}`));
  const examples = {
    train: inOrder(examplesOf('train')),
    validation: inOrder(examplesOf('validation')),
    test: inOrder(examplesOf('test')),
  };
  const changed = new Float32Array(size);
  return {
    outputs,
    views: 1,
    picture,
    mirror: outputs.map((_, output) => output),
    examples,
    dataKey: Object.entries(splits)
      .map(([name, split]) => `${name} ${split.count} ${sumOf(split.labels)} ${sumOf(split.pixels)}`)
      .join('\n'),
    async show({ key }, target, seen, random) {
      const { split, index } = places.get(key)!;
      seen[0] = 1;
      for (let at = 0; at < size; at++) target[at] = split.pixels[index * size + at]!;
      standardise(target);
      const mirrored = random !== undefined && random() < augmentation.mirror;
      if (!random) return { mirrored };
      warpInto(changed, target, rows, columns, mirrored, augmentation.shift, distortion, random);
      target.set(changed);
      if (distortion) recolour(target, rows, columns, distortion, random);
      const factor = Math.exp((2 * random() - 1) * augmentation.gain);
      for (let at = 0; at < size; at++) target[at]! *= factor;
      return { mirrored };
    },
  };
}

/** To mean 0 and deviation 1, in place; an even picture becomes zeros. */
export function standardise(values: Float32Array): void {
  let sum = 0;
  for (const value of values) sum += value;
  const mean = sum / values.length;
  let squares = 0;
  for (const value of values) squares += (value - mean) ** 2;
  const deviation = Math.sqrt(squares / values.length);
  for (let at = 0; at < values.length; at++) values[at] = deviation > 0 ? (values[at]! - mean) / deviation : 0;
}

/** Turned, scaled, shifted and mirrored about the middle, between pixels linear; beyond the edge the edge goes on. */
function warpInto(
  into: Float32Array,
  from: Float32Array,
  rows: number,
  columns: number,
  mirrored: boolean,
  shift: number,
  distortion: DistortionSettings | undefined,
  random: Random,
): void {
  const symmetric = (reach: number): number => (2 * random() - 1) * reach;
  const angle = (symmetric(distortion?.rotation ?? 0) * Math.PI) / 180;
  const scale = symmetric(distortion?.scale ?? 0);
  const stretch = symmetric((distortion?.scale ?? 0) / 4);
  const down = symmetric(shift);
  const across = symmetric(shift);
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const [tall, wide] = [Math.exp(scale + stretch), Math.exp(scale - stretch) * (mirrored ? -1 : 1)];
  const [middleRow, middleColumn] = [(rows - 1) / 2, (columns - 1) / 2];
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const y = row - middleRow - down;
      const x = column - middleColumn - across;
      const fromRow = clamp((cos * y - sin * x) / tall + middleRow, rows - 1);
      const fromColumn = clamp((sin * y + cos * x) / wide + middleColumn, columns - 1);
      const top = Math.floor(fromRow);
      const left = Math.floor(fromColumn);
      const below = Math.min(top + 1, rows - 1) * columns;
      const right = Math.min(left + 1, columns - 1);
      const v = fromRow - top;
      const u = fromColumn - left;
      const above = from[top * columns + left]! * (1 - u) + from[top * columns + right]! * u;
      const under = from[below + left]! * (1 - u) + from[below + right]! * u;
      into[row * columns + column] = above * (1 - v) + under * v;
    }
}

/** Another exposure, another noise, a part hidden; then standardised again. */
function recolour(
  values: Float32Array,
  rows: number,
  columns: number,
  { gamma, noise, erased }: DistortionSettings,
  random: Random,
): void {
  if (gamma > 0) {
    let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const value of values) [least, most] = [Math.min(least, value), Math.max(most, value)];
    const power = Math.exp((2 * random() - 1) * gamma);
    const span = Math.max(most - least, 1e-6);
    for (let at = 0; at < values.length; at++) values[at] = ((values[at]! - least) / span) ** power;
  }
  standardise(values);
  if (noise > 0) {
    const deviation = random() * noise;
    for (let at = 0; at < values.length; at++) values[at]! += deviation * normal(random);
  }
  if (random() < erased) {
    const tall = Math.ceil((random() * rows) / 3);
    const wide = Math.ceil((random() * columns) / 3);
    const top = Math.floor(random() * (rows - tall + 1));
    const left = Math.floor(random() * (columns - wide + 1));
    for (let row = top; row < top + tall; row++) values.fill(0, row * columns + left, row * columns + left + wide);
  }
}

const clamp = (value: number, most: number): number => Math.min(Math.max(value, 0), most);

function sumOf(values: ArrayLike<number>): number {
  // Weighted by place, so that two pictures that changed places are other data.
  let sum = 0;
  for (let at = 0; at < values.length; at++) sum = (sum + values[at]! * ((at % 8191) + 1)) % 4294967291;
  return sum;
}
