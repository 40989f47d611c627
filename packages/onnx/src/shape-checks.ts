import { ShapeError } from './errors.ts';
import type { Operator } from './operator.ts';
import type { TensorType } from './tensor.ts';

/** Throws a ShapeError at the operator unless `holds`. */
export function require(holds: boolean, operator: string, rule: string, inputs: readonly TensorType[]): asserts holds {
  if (!holds)
    throw new ShapeError(
      operator,
      rule,
      inputs.map((input) => input.shape),
    );
}

export const floats = (inputs: readonly TensorType[]): boolean => inputs.every((input) => input.dtype === 'float32');

export const integers = (inputs: readonly TensorType[]): boolean => inputs.every((input) => input.dtype === 'int64');

export const count = (operator: Operator, inputs: readonly TensorType[], n: number): void =>
  require(inputs.length === n, operator, `takes ${n} inputs, got ${inputs.length}`, inputs);
