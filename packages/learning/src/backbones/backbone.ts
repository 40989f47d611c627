import type { Graph, Value } from '@radiolect/onnx';
import type { Parameters } from '../network/parameters.ts';

/** What every backbone returns. B pictures, N tokens, D its width. */
export interface BackboneOutputs {
  /** (B, N, D): the last stage after its norm, without a class token. */
  readonly tokens: Value;
  /** Rows and columns of the tokens; N is their product. */
  readonly lattice: readonly [number, number];
  /** (B, D): what a head reads. */
  readonly pooled: Value;
  /** By name ("block-3", "stage-2"): (B, rows, columns, width) of that place. */
  readonly taps: Readonly<Record<string, Value>>;
}

export interface BackboneContext {
  /**
   * (blocks, B): what each residual branch is multiplied by, 0 where a picture skips it and 1 ÷ (1 − rate) where not
   * (Huang et al. 2016, stochastic depth). Left out where nothing is dropped.
   */
  readonly dropPath?: Value;
}

/** Pictures to tokens. Parameters are asked for by name, so that one backbone serves training, reading and transfer. */
export interface Backbone {
  /** Of a token. */
  readonly width: number;
  /** Residual blocks, counted from the picture: the first axis of `dropPath`, and the depth of layer-wise decay. */
  readonly blocks: number;
  readonly channels: number;
  /** Rows and columns of the pictures it takes. */
  readonly picture: readonly [number, number];
  /** `pictures` is (B, channels, rows, columns). */
  build(g: Graph, p: Parameters, pictures: Value, context?: BackboneContext): BackboneOutputs;
}
