import type { Parameters } from './parameters.ts';

/** The same parameters, each marked with the block it belongs to: `depth` of a ParameterSpec. */
export const atDepth = (p: Parameters, depth: number): Parameters => ({ get: (spec) => p.get({ ...spec, depth }) });
