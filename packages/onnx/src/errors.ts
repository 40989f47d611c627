/** An operator was given inputs that it cannot take. Names the operator, the rule, and every input's shape. */
export class ShapeError extends Error {
  readonly operator: string;
  readonly rule: string;
  readonly shapes: readonly (readonly number[])[];
  constructor(operator: string, rule: string, shapes: readonly (readonly number[])[]) {
    super(`${operator}: ${rule}; inputs ${shapes.map((shape) => `[${shape.join(', ')}]`).join(', ')}`);
    this.name = 'ShapeError';
    this.operator = operator;
    this.rule = rule;
    this.shapes = shapes;
  }
}

/** A file that is not safetensors, or names a type that is not read here. */
export class InvalidSafetensorsError extends Error {
  constructor(problem: string) {
    super(`Not a readable safetensors file: ${problem}`);
    this.name = 'InvalidSafetensorsError';
  }
}
