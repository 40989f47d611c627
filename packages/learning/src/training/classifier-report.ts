import type { Value } from '@radiolect/onnx';
import { differentiate, encodeModel, floatTensor, Graph, Session } from '@radiolect/onnx';
import { smoothed } from '../heat-map.ts';
import type { PictureSource } from '../pictures/picture-source.ts';
import type { LabelPolicy } from '../recipe.ts';
import type { ValidationReport } from '../watching/run-watcher.ts';
import { validationReport } from './validation-report.ts';

/**
 * What the best weights do in validation, the worst cases as the backbone sees them. What spoke for an output is
 * gradient × pixel: the part of its logit that a place carries beside an empty picture.
 *
 * @param logits (K) of each validation case.
 * @param build appends the model for one case, inputs `images` and `seen`, and returns its logits (1, K).
 */
export async function classifierReport(
  labels: LabelPolicy,
  source: PictureSource,
  logits: readonly Float32Array[],
  build: (g: Graph) => Value,
  threads = 2,
): Promise<ValidationReport> {
  const { outputs, examples, views } = source;
  const [rows, columns] = source.picture;
  const cells = rows * columns;
  const g = new Graph();
  const output = build(g);
  const chosenOutput = g.input('chosen', 'float32', output.shape);
  const images = g.inputs.find(({ name }) => name === 'images')!;
  const slope = differentiate(g, g.sum(g.mul(output, chosenOutput), [0, 1]), [images])[0]!;
  g.output('relevance', g.mul(slope, images));
  const session = await Session.create(encodeModel(g), { threads });
  try {
    return await validationReport({
      outputs,
      policy: labels,
      training: examples.train.map(({ states }) => states),
      validation: examples.validation.map(({ key, states }, index) => ({ key, states, logits: logits[index]! })),
      async views(study, chosenIndex) {
        const picture = floatTensor([1, views, rows, columns]);
        const seen = floatTensor([1, views]);
        await source.show(examples.validation[study]!, picture.data, seen.data);
        const chosen = floatTensor(output.shape);
        chosen.data[chosenIndex] = 1;
        const { relevance } = await session.run({ images: picture, seen, chosen });
        const map = relevance!.data as Float32Array;
        return Array.from({ length: views }, (_, view) => view).flatMap((view) => {
          if (seen.data[view] === 0) return [];
          const pixels = picture.data.slice(view * cells, (view + 1) * cells);
          const heat = smoothed(map.subarray(view * cells, (view + 1) * cells), { rows, columns });
          const name = views === 2 ? (['anterior', 'mirrored-posterior'] as const)[view]! : 'picture';
          return [{ view: name, rows, columns, pixels, heat: heat.map((value) => Math.max(value, 0)) }];
        });
      },
    });
  } finally {
    await session.dispose();
  }
}
