import type { Atlas, LabelSpace, LabelState } from '@radiolect/findings';
import { mirrorSite, views } from '@radiolect/findings';
import { UnusableDatasetError } from '../errors.ts';
import type { Example } from '../example.ts';
import type { ExamplesBySplit } from '../examples-by-split.ts';
import { dataKeyOf } from '../examples-by-split.ts';
import { noiseTable, show } from '../input/augmentation.ts';
import type { GridView, ModelInput } from '../input/model-input.ts';
import { level } from '../input/normalisation.ts';
import type { ReadingGrid } from '../input/reading-grid.ts';
import { readingGrid } from '../input/reading-grid.ts';
import type { AugmentationSettings } from '../recipe.ts';
import type { PictureExample, PictureSource } from './picture-source.ts';

/** What a source of bone scans is told. */
export interface BoneScanPictureSettings {
  /** Rows and columns of a view; both divide the reading grid's 512 × 128. */
  readonly picture: readonly [number, number];
  /** `positions`: each position of the label space; `abnormal`: one output, whether any position is present. */
  readonly outputs: 'positions' | 'abnormal';
  readonly augmentation: AugmentationSettings;
}

/**
 * Bone scans for a plain backbone: both views on the reading grid, averaged down to the picture's size, as
 * ln(1 + 2 · counts in body units). The posterior view is mirrored, so that left lies on the same side in both.
 */
export function boneScanPictures(
  examples: ExamplesBySplit,
  { picture, outputs, augmentation }: BoneScanPictureSettings,
  {
    atlas,
    labelSpace,
    inputs,
  }: {
    readonly atlas: Atlas;
    readonly labelSpace: LabelSpace;
    /** On the reading grid of 512 × 128. */
    readonly inputs: (example: Example) => Promise<ModelInput>;
  },
): PictureSource {
  const grid = readingGrid(atlas);
  const [rows, columns] = picture;
  if (grid.rows % rows !== 0 || grid.columns % columns !== 0)
    throw new UnusableDatasetError(
      `pictures of ${rows} × ${columns} do not divide the reading grid of ${grid.rows} × ${grid.columns}`,
      'Choose 512, 256 or 128 rows, and 128, 64 or 32 columns.',
    );
  // Counts are averaged down before they are changed at random: thinned sums are sums of thinned counts, for less work.
  const small = { ...grid, rows, columns };
  const changes = { ...augmentation, shift: (augmentation.shift * rows) / grid.rows };
  const noise = noiseTable();
  const byKey = new Map(Object.values(examples).flatMap((list) => list.map((one) => [one.studyKey, one] as const)));
  const picturesOf = remembered(async (key) => averagedDown(await inputs(byKey.get(key)!), grid, small));
  const cells = rows * columns;
  const shown = new Float32Array(2 * cells);
  const positions = labelSpace.positions;
  return {
    outputs: outputs === 'positions' ? positions : ['abnormal'],
    views: 2,
    picture,
    mirror: outputs === 'positions' ? positions.map((id) => positions.indexOf(mirrorSite(id))) : [0],
    examples: {
      train: examples.train.map((one) => pictureExample(one, outputs)),
      validation: examples.validation.map((one) => pictureExample(one, outputs)),
      test: examples.test.map((one) => pictureExample(one, outputs)),
    },
    dataKey: `${labelSpace.name} ${labelSpace.version}\n${dataKeyOf(examples)}`,
    async show({ key }, target, seen, random) {
      const change = random && { settings: changes, noise, random };
      const { mirrored } = show(await picturesOf(key), small, shown, seen, change);
      for (let row = 0; row < rows; row++)
        for (let column = 0; column < columns; column++) {
          const at = row * columns + column;
          target[at] = level(shown[at]!);
          target[cells + at + columns - 1 - 2 * column] = level(shown[cells + at]!);
        }
      return { mirrored };
    },
  };
}

function pictureExample(
  { studyKey, patientKey, labels }: Example,
  outputs: BoneScanPictureSettings['outputs'],
): PictureExample {
  const states = outputs === 'positions' ? labels.states : [anyAbnormal(labels.states)];
  return { key: studyKey, patientKey, states };
}

/** Whether a study shows anything: doubt about the only finding is doubt about the study. */
function anyAbnormal(states: readonly LabelState[]): LabelState {
  if (states.includes('present')) return 'present';
  if (states.includes('uncertain')) return 'uncertain';
  return states.includes('absent') ? 'absent' : 'unmentioned';
}

/** Both views as block means; a block holds the counts of all its cells. */
function averagedDown(input: ModelInput, grid: ReadingGrid, small: ReadingGrid): ModelInput {
  const [down, across] = [grid.rows / small.rows, grid.columns / small.columns];
  const reduced = ({ values, countsPerUnit }: GridView): GridView => {
    const means = new Float32Array(small.rows * small.columns);
    for (let row = 0; row < grid.rows; row++)
      for (let column = 0; column < grid.columns; column++)
        means[Math.floor(row / down) * small.columns + Math.floor(column / across)]! +=
          values[row * grid.columns + column]! / (down * across);
    return { values: means, countsPerUnit: countsPerUnit * down * across };
  };
  const present = views.flatMap((view) => (input[view] ? [[view, reduced(input[view])] as const] : []));
  return Object.fromEntries(present);
}

/** What was read once stays in memory, up to {@link roomForPictures}: an archive that does not fit is read again. */
function remembered(read: (key: string) => Promise<ModelInput>): (key: string) => Promise<ModelInput> {
  const known = new Map<string, ModelInput>();
  let bytes = 0;
  return async (key) => {
    const input = known.get(key) ?? (await read(key));
    if (!known.has(key) && bytes < roomForPictures) {
      known.set(key, input);
      bytes += views.reduce((sum, view) => sum + (input[view]?.values.byteLength ?? 0), 0);
    }
    return input;
  };
}

const roomForPictures = 512 * 1024 * 1024;
