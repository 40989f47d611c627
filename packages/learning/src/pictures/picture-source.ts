import type { LabelState } from '@radiolect/findings';
import type { Split } from '../example.ts';
import type { Random } from '../random.ts';

/** One labelled case as a plain backbone learns from it: no pixels, no text, the patient as a hash. */
export interface PictureExample {
  /** Unique in its data set. */
  readonly key: string;
  readonly patientKey: string;
  /** (K): by output. */
  readonly states: readonly LabelState[];
}

/** Labelled pictures for a plain backbone, whatever they come from. V views of one size, K outputs. */
export interface PictureSource {
  /** Names of the outputs, K. */
  readonly outputs: readonly string[];
  readonly views: number;
  /** Rows and columns of a view. */
  readonly picture: readonly [number, number];
  /** (K): the label that stands at each output once the picture is mirrored. */
  readonly mirror: readonly number[];
  readonly examples: Readonly<Record<Split, readonly PictureExample[]>>;
  /** Tells this data from other data. */
  readonly dataKey: string;
  /**
   * Writes a case's views into `target` (V · rows · columns) and which of them are there into `seen` (V, 1 or 0); a
   * missing view is zeros. With `random` the case is shown changed, as training sees it; without, as it is.
   */
  show(
    example: PictureExample,
    target: Float32Array,
    seen: Float32Array,
    random?: Random,
  ): Promise<{ readonly mirrored: boolean }>;
}
