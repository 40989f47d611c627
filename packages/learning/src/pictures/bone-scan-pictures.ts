import type { Atlas, LabelSpace, LabelState } from '@radiolect/findings';
import { mirrorSite } from '@radiolect/findings';
import { UnusableDatasetError } from '../errors.ts';
import type { Example } from '../example.ts';
import type { ExamplesBySplit } from '../examples-by-split.ts';
import { dataKeyOf } from '../examples-by-split.ts';
import { noiseTable, show } from '../input/augmentation.ts';
import type { ModelInput } from '../input/model-input.ts';
import { level } from '../input/normalisation.ts';
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
  const cells = grid.rows * grid.columns;
  const noise = noiseTable();
  const byKey = new Map(Object.values(examples).flatMap((list) => list.map((one) => [one.studyKey, one] as const)));
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
      const input = await inputs(byKey.get(key)!);
      const change = random && { settings: augmentation, noise, random };
      const { mirrored } = show(input, grid, shown, seen, change);
      for (let view = 0; view < 2; view++) {
        const from = shown.subarray(view * cells, (view + 1) * cells);
        const into = target.subarray(view * rows * columns, (view + 1) * rows * columns);
        averageDown(from, grid.columns, into, columns, view === 1);
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

/** Block means of the grid on the level scale; mirrored left to right where asked. */
function averageDown(from: Float32Array, wide: number, into: Float32Array, columns: number, mirrored: boolean): void {
  const rows = into.length / columns;
  const across = wide / columns;
  const down = from.length / wide / rows;
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      let sum = 0;
      for (let i = 0; i < down; i++)
        for (let j = 0; j < across; j++) sum += from[(row * down + i) * wide + column * across + j]!;
      into[row * columns + (mirrored ? columns - 1 - column : column)] = level(sum / (down * across));
    }
}
