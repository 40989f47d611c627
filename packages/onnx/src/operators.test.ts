import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { differentiate } from './differentiate.ts';
import { encodeModel } from './encode.ts';
import { Graph, type Value } from './graph.ts';
import type { Operator } from './operator.ts';
import { type GivenInput, type OperatorCase, operatorCases } from './operator-cases.fixture.ts';
import { type Plain, type Reference, references } from './references.fixture.ts';
import { Session } from './session.ts';
import { floatTensor, sizeOf, type Tensor } from './tensor.ts';

// Every operator on random shapes, values and attributes: ONNX Runtime's result against the reference, and the gradient
// rule's result against central differences of the reference, in float32 and, where ONNX Runtime's CPU provider has the
// kernels, in float64.

/** No float64 kernel. LayerNormalization has one, but it saves the mean and inverse deviation in float32. */
const withoutDouble = new Set<Operator>(['Softplus', 'Erf', 'Gelu', 'LayerNormalization', 'Conv', 'ConvTranspose']);
/** No float64 kernel for an operator of the gradient. */
const withoutDoubleGradient = new Set<Operator>(['Gelu', 'LayerNormalization', 'Conv', 'ConvTranspose']);

const tolerance = {
  float32: { forward: 1e-5, gradient: 1e-4 },
  float64: { forward: 1e-12, gradient: 1e-7 },
} as const;

const plain = ({ shape, data }: GivenInput): Plain => ({ shape, data: Float64Array.from(data) });

function fed({ dtype, shape, data }: GivenInput, float: 'float32' | 'float64'): Tensor {
  if (dtype === 'int64') return { dtype, shape, data: BigInt64Array.from(data, BigInt) };
  if (dtype === 'bool') return { dtype, shape, data: Uint8Array.from(data) };
  return float === 'float64' ? { dtype: float, shape, data: Float64Array.from(data) } : floatTensor(shape, data);
}

/** Largest difference, as a share of the largest expected value or of 1. */
function error(given: Tensor, expected: Plain): number {
  expect([...given.shape]).toEqual([...expected.shape]);
  const largest = expected.data.reduce((top, value) => Math.max(top, Math.abs(value)), 1);
  const apart = expected.data.map((value, at) => Math.abs(Number(given.data[at]) - value));
  expect(apart.some(Number.isNaN)).toBe(false);
  return apart.reduce((top, value) => Math.max(top, value), 0) / largest;
}

/** How far each value of an output counts towards the loss; exact in float32. */
const weights = (output: number, length: number): number[] =>
  Array.from({ length }, (_, at) => Math.fround(Math.sin(1 + 3 * output + at)));

interface Proof {
  readonly model: (float: 'float32' | 'float64', parts: { forward: boolean; gradient: boolean }) => Uint8Array;
  readonly named: ReadonlyMap<string, Value>;
  /** By output name: y0, y1 … of the operator, d0, d1 … the gradients by its inputs. */
  readonly expected: ReadonlyMap<string, Plain>;
}

function proofOf<O extends Operator>(operator: O, { inputs, attributes }: OperatorCase<O>): Proof {
  const reference = references[operator] as Reference<O>;
  const values = inputs.map(plain);
  const g = new Graph();
  const x = inputs.map(({ dtype, shape }, index) => g.input(`x${index}`, dtype, shape));
  const y = g.apply(operator, x, attributes);
  const named = new Map<string, Value>(y.map((value, index) => [`y${index}`, value]));
  const expected = new Map(reference(values, attributes).map((value, index) => [`y${index}`, value]));
  // What the shape rule says before anything runs.
  expect(y.map(({ shape }) => [...shape])).toEqual([...expected.values()].map(({ shape }) => [...shape]));

  // The mean and inverse deviation that LayerNormalization saves are for its gradient, not for a loss.
  const results = operator === 'LayerNormalization' ? y.slice(0, 1) : y;
  const wanted = x.flatMap((value, index) => (value.dtype === 'float32' && !inputs[index]!.fixed ? [index] : []));
  if (results.every((value) => value.dtype === 'float32') && wanted.length > 0) {
    const loss = results
      .map((value, output) => {
        const weighted = g.mul(value, g.constant(floatTensor(value.shape, weights(output, sizeOf(value.shape)))));
        return g.sum(g.reshape(weighted, [sizeOf(value.shape)]), [0]);
      })
      .reduce((a, b) => g.add(a, b));
    const gradients = differentiate(
      g,
      loss,
      wanted.map((index) => x[index]!),
    );
    const lossAt = (): number =>
      reference(values, attributes)
        .slice(0, results.length)
        .flatMap(({ data }, output) => weights(output, data.length).map((share, at) => share * data[at]!))
        .reduce((sum, term) => sum + term, 0);
    wanted.forEach((index, place) => {
      const { shape, data } = values[index]!;
      named.set(`d${index}`, gradients[place]!);
      const differences = data.map((value, at) => {
        const nudge = 1e-5;
        data[at] = value + nudge;
        const above = lossAt();
        data[at] = value - nudge;
        const below = lossAt();
        data[at] = value;
        return (above - below) / (2 * nudge);
      });
      expected.set(`d${index}`, { shape, data: differences });
    });
  }
  return {
    named,
    expected,
    model: (float, { forward, gradient }) => {
      g.outputs.clear();
      for (const [name, value] of named) if (name.startsWith('y') ? forward : gradient) g.output(name, value);
      return encodeModel(g, { doublePrecision: float === 'float64' });
    },
  };
}

async function check<O extends Operator>(operator: O, one: OperatorCase<O>): Promise<void> {
  const { model, named, expected } = proofOf(operator, one);
  const parts = { forward: !withoutDouble.has(operator), gradient: !withoutDoubleGradient.has(operator) };
  for (const float of ['float32', 'float64'] as const) {
    const asked = float === 'float32' ? { forward: true, gradient: true } : parts;
    if (!asked.forward && !asked.gradient) continue;
    const session = await Session.create(model(float, asked), { threads: 1 });
    const feeds = one.inputs.map((input, index) => [`x${index}`, fed(input, float)] as const);
    const results = await session.run(Object.fromEntries(feeds.filter(([name]) => session.inputNames.includes(name))));
    for (const [name, value] of Object.entries(results)) {
      const { dtype } = named.get(name)!;
      expect(value.dtype).toBe(dtype === 'float32' ? float : dtype);
      const limit = tolerance[float][name.startsWith('y') ? 'forward' : 'gradient'];
      expect(error(value, expected.get(name)!), `${float} ${name}`).toBeLessThan(limit);
    }
    await session.dispose();
  }
}

const settings = { seed: 20_261_122, numRuns: 12 };

describe.each(Object.keys(operatorCases) as Operator[])('%s', (operator) => {
  const cases = operatorCases[operator] as fc.Arbitrary<OperatorCase<Operator>>;
  test('gives what its reference gives, and its gradient what differences of the reference give', async () => {
    await fc.assert(
      fc.asyncProperty(cases, (one) => check(operator, one)),
      settings,
    );
  });
  if (withoutDouble.has(operator))
    test('has no float64 kernel, as listed', async () => {
      const [one] = fc.sample(cases, { ...settings, numRuns: 1 });
      const bytes = proofOf(operator, one!).model('float64', { forward: true, gradient: false });
      await expect(Session.create(bytes, { threads: 1 })).rejects.toThrow();
    });
});
