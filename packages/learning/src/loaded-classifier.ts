import { Session } from '@radiolect/onnx';
import { calibrated } from './calibration/calibration.ts';
import { InvalidModelError } from './errors.ts';
import type { ModelFiles } from './model-files.ts';
import type { PictureSource } from './pictures/picture-source.ts';
import type { ClassifierManifest, OutputOperations } from './training/classifier-task.ts';

/** A trained classifier, ready to read. */
export interface Classifier {
  readonly manifest: ClassifierManifest;
  /** (K): by output, the least probability that is called present. */
  readonly thresholds: readonly number[];
  /** (K): calibrated probabilities of one case, as the source shows it. */
  read(
    source: Pick<PictureSource, 'show' | 'views' | 'picture'>,
    example: PictureSource['examples']['test'][number],
  ): Promise<Float64Array>;
  dispose(): Promise<void>;
}

/**
 * A classifier from the files of its run. Throws InvalidModelError where they are of another kind of model. Reading
 * throws RangeError where a source shows other views or sizes than the model learnt from.
 */
export async function loadClassifier(
  files: ModelFiles,
  { threads = 2 }: { readonly threads?: number } = {},
): Promise<Classifier> {
  const json = <T>(name: 'manifest.json' | 'operating-points.json'): T => {
    try {
      return JSON.parse(new TextDecoder().decode(files[name])) as T;
    } catch (cause) {
      throw new InvalidModelError(name, `is no JSON: ${(cause as Error).message}`);
    }
  };
  const manifest = json<ClassifierManifest>('manifest.json');
  if (manifest.kind !== 'classifier')
    throw new InvalidModelError('manifest.json', `is of a ${String(manifest.kind)}, and pictures take a classifier`);
  const { positions } = json<OutputOperations>('operating-points.json');
  const operations = manifest.outputs.map((output) => {
    const operation = positions[output];
    if (!operation) throw new InvalidModelError('operating-points.json', `has nothing for the output "${output}"`);
    return operation;
  });
  const session = await Session.create(files['model.onnx'], { threads });
  const { views, picture } = manifest;
  return {
    manifest,
    thresholds: operations.map(({ high }) => high),
    async read(source, example) {
      if (source.views !== views || source.picture.join() !== picture.join())
        throw new RangeError(
          `the model reads ${views} views of ${picture.join(' × ')}, and is shown ${source.views} of ${source.picture.join(' × ')}`,
        );
      const images = new Float32Array(views * picture[0] * picture[1]);
      const seen = new Float32Array(views);
      await source.show(example, images, seen);
      const { logits } = await session.run({
        images: { dtype: 'float32', shape: [1, views, ...picture], data: images },
        seen: { dtype: 'float32', shape: [1, views], data: seen },
      });
      return Float64Array.from(operations, (operation, output) => calibrated(operation, Number(logits!.data[output])));
    },
    dispose: () => session.dispose(),
  };
}
