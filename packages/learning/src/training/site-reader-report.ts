import type { Atlas, LabelSpace } from '@radiolect/findings';
import { views } from '@radiolect/findings';
import { floatTensor, Session } from '@radiolect/onnx';
import type { Example } from '../example.ts';
import type { ExamplesBySplit } from '../examples-by-split.ts';
import { nearSite, smoothed } from '../heat-map.ts';
import { show } from '../input/augmentation.ts';
import type { ModelInput } from '../input/model-input.ts';
import type { Geometry } from '../model/geometry.ts';
import type { LabelPolicy } from '../recipe.ts';
import type { ValidationReport } from '../watching/run-watcher.ts';
import { validationReport } from './validation-report.ts';

/**
 * What the best weights do in validation, the worst cases as the model sees them: on the reading grid, each with the
 * relevance of the site that was got wrong. `model` is the shipped one.
 */
export async function siteReaderReport(
  labels: LabelPolicy,
  examples: ExamplesBySplit,
  logits: readonly { readonly presence: Float32Array }[],
  model: Uint8Array,
  { grid }: Geometry,
  {
    atlas,
    labelSpace: { positions },
    inputs,
    threads = 2,
  }: {
    readonly atlas: Atlas;
    readonly labelSpace: LabelSpace;
    readonly inputs: (example: Example) => Promise<ModelInput>;
    readonly threads?: number;
  },
): Promise<ValidationReport> {
  const session = await Session.create(model, { threads });
  const cells = grid.rows * grid.columns;
  try {
    return await validationReport({
      outputs: positions,
      policy: labels,
      training: examples.train.map((one) => one.labels.states),
      validation: examples.validation.map(({ studyKey, labels: { states } }, index) => ({
        key: studyKey,
        states,
        logits: logits[index]!.presence,
      })),
      async views(study, output) {
        const input = await inputs(examples.validation[study]!);
        const images = floatTensor([1, 2, cells]);
        const seen = floatTensor([1, 2]);
        show(input, grid, images.data, seen.data);
        const chosen = floatTensor([1, positions.length]);
        chosen.data[output] = 1;
        const { relevance } = await session.run({ images, seen, chosen }, ['relevance']);
        const near = nearSite(relevance!.data as Float32Array, atlas, positions[output]!, grid);
        return views.flatMap((view, index) => {
          if (!input[view]) return [];
          const heat = smoothed(near.subarray(index * cells, (index + 1) * cells), grid);
          const { rows, columns } = grid;
          return [{ view, rows, columns, pixels: input[view].values, heat: heat.map((value) => Math.max(value, 0)) }];
        });
      },
    });
  } finally {
    await session.dispose();
  }
}
