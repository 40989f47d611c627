import type { FloatTensor } from '@radiolect/onnx';
import { differentiate, encodeModel, floatTensor, Graph, Session } from '@radiolect/onnx';
import { expect, test } from 'vitest';
import { normal, randomStream } from '../random.ts';
import { feedForward, linear, selfAttention } from './layers.ts';
import { AdaptedParameters, isAdapted, mergeAdapters } from './low-rank-adapters.ts';
import { finetunedParameters, parameterPolicy, plainWeights } from './parameter-policy.ts';
import type { ParameterSpec, Parameters } from './parameters.ts';
import { FixedParameters } from './parameters.ts';
import { TrainingParameters } from './training-parameters.ts';

const settings = { kind: 'low-rank-adapters', rank: 2, alpha: 8 } as const;
const [batch, tokens, width] = [2, 3, 8];

/** Two blocks and a head; the blocks' parameters carry their depth. */
function model(g: Graph, p: Parameters, x: ReturnType<Graph['input']>): ReturnType<Graph['input']> {
  const at = (depth: number): Parameters => ({ get: (spec: ParameterSpec) => p.get({ ...spec, depth }) });
  let rows = linear(g, at(0), 'embed', x, width);
  for (const block of [1, 2]) {
    rows = selfAttention(g, at(block), `block-${block}.attention`, rows, batch, 2);
    rows = feedForward(g, at(block), `block-${block}.feed-forward`, rows, 2);
  }
  return linear(g, p, 'head', rows, 4);
}

const pictures = (): FloatTensor => {
  const random = randomStream(4);
  return floatTensor(
    [batch * tokens, 5],
    Array.from({ length: batch * tokens * 5 }, () => normal(random)),
  );
};

test('merged adapters give the logits of the adapted model', async () => {
  const g = new Graph();
  const parameters = new TrainingParameters(g, parameterPolicy(settings, 2));
  const x = g.input('x', 'float32', [batch * tokens, 5]);
  g.output('logits', model(g, finetunedParameters(g, parameters, settings), x));
  // As after training: no adapter is nothing any more.
  const random = randomStream(3);
  const weights = new Map(
    [...parameters.start(new Map(), random)].map(
      ([name, { shape, data }]) =>
        [
          name,
          floatTensor(
            shape,
            Array.from(data, (v) => v + 0.3 * normal(random)),
          ),
        ] as const,
    ),
  );
  const adapted = await Session.create(encodeModel(g), { threads: 1 });
  const { logits } = await adapted.run({ ...Object.fromEntries(weights), x: pictures() });

  const plain = plainWeights(weights, settings);
  expect([...plain.keys()].filter((name) => name.includes('adapter'))).toEqual([]);
  const read = new Graph();
  const input = read.input('x', 'float32', [batch * tokens, 5]);
  read.output('logits', model(read, new FixedParameters(read, plain), input));
  const merged = await Session.create(encodeModel(read), { threads: 1 });
  const own = (await merged.run({ x: pictures() })).logits!;
  expect(own.data.length).toBe(batch * tokens * 4);
  own.data.forEach((value, index) => {
    expect(Number(value)).toBeCloseTo(Number(logits!.data[index]), 4);
  });
  // The adapters did change the model.
  const without = new Map([...weights].filter(([name]) => !name.includes('adapter')));
  expect(plain.get('block-1.attention.query.weight')!.data).not.toEqual(
    without.get('block-1.attention.query.weight')!.data,
  );
  expect(plain.get('embed.weight')!.data).toEqual(without.get('embed.weight')!.data);
});

test('only adapters and heads are trained, and a new adapter changes nothing', () => {
  const g = new Graph();
  const parameters = new TrainingParameters(g, parameterPolicy(settings, 2));
  const x = g.input('x', 'float32', [batch * tokens, 5]);
  model(g, finetunedParameters(g, parameters, settings), x);
  const trained = parameters.trained.map(({ value }) => value.name);
  expect(trained.filter((name) => !name.includes('adapter')).sort()).toEqual(['head.bias', 'head.weight']);
  // Query, key, value and out of the attention, in and out of the feed-forward: two adapters each, in two blocks.
  expect(trained.filter((name) => name.includes('adapter'))).toHaveLength(2 * 6 * 2);
  const start = parameters.start(new Map(), randomStream(1));
  const merged = mergeAdapters(start, settings.alpha);
  for (const [name, { data }] of merged) expect(data).toEqual(start.get(name)!.data);
});

test('by hand: W + (4 / 1) · A · B', () => {
  const merged = mergeAdapters(
    new Map([
      ['w', floatTensor([2, 2], [1, 2, 3, 4])],
      ['w.adapter-in', floatTensor([2, 1], [1, -1])],
      ['w.adapter-out', floatTensor([1, 2], [0.5, 2])],
    ]),
    4,
  );
  expect([...merged.keys()]).toEqual(['w']);
  expect(Array.from(merged.get('w')!.data)).toEqual([3, 10, 1, -4]);
});

test('a weight asked for twice has one adapter, whose gradient sums both uses', () => {
  const g = new Graph();
  const parameters = new TrainingParameters(g, parameterPolicy(settings, 1));
  const adapted = new AdaptedParameters(g, parameters, settings);
  const spec: ParameterSpec = { name: 'w', shape: [3, 3], start: 0, decays: true, depth: 1 };
  expect(adapted.get(spec)).toBe(adapted.get(spec));
  expect(parameters.trained).toHaveLength(2);
  const x = g.input('x', 'float32', [1, 3]);
  const loss = g.sum(g.gemm(g.gemm(x, adapted.get(spec)), adapted.get(spec)), [0, 1]);
  expect(differentiate(g, loss, [parameters.trained[0]!.value])[0]!.shape).toEqual([3, 2]);
});

test('which weights are adapted', () => {
  const spec = (name: string, depth?: number): ParameterSpec => ({
    name,
    shape: [4, 4],
    start: 0,
    decays: true,
    ...(depth === undefined ? {} : { depth }),
  });
  const some = { rank: 1, alpha: 1, layers: ['attention'] };
  expect(isAdapted(spec('block-1.attention.query.weight', 2), some)).toBe(true);
  expect(isAdapted(spec('block-1.feed-forward.in.weight', 2), some)).toBe(false);
  expect(isAdapted(spec('attention-embedding', 0), some)).toBe(false);
  expect(isAdapted(spec('attention-head.weight'), some)).toBe(false);
  expect(() => new AdaptedParameters(new Graph(), new TrainingParameters(new Graph()), { rank: 0, alpha: 1 })).toThrow(
    /rank/,
  );
});
