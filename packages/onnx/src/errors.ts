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

/** A device that graphs were to be computed on cannot be used. Names what is missing and what helps. */
export class DeviceUnavailableError extends Error {
  readonly device: string;
  readonly problem: string;
  readonly fix: string;
  constructor(device: string, problem: string, fix: string) {
    super(`The device "${device}" cannot be used: ${problem}`);
    this.name = 'DeviceUnavailableError';
    this.device = device;
    this.problem = problem;
    this.fix = fix;
  }
}
