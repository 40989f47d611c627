import { fileURLToPath } from 'node:url';
import { readPack } from '@radiolect/findings/node';
import type { Tensor, Value } from '@radiolect/onnx';
import { adamW, differentiate, encodeModel, floatTensor, Graph, Session } from '@radiolect/onnx';
import { makeGeometry } from './model/geometry.ts';
import { parameterSpecs, trainingSession } from './model/training-graph.ts';
import { feedForward, linear, norm, selfAttention } from './network/layers.ts';
import type { Parameters } from './network/parameters.ts';
import { decayMask, ParameterList, ParameterSlices, startingParameters } from './network/parameters.ts';
import { readRecipe } from './node/recipe-file.ts';
import { randomStream } from './random.ts';

// Training speed in images a second, forward, backward and update: the shipped recipe's model, and a plain vision
// transformer of 196 tokens, width 192 and depth 6 (2.8 M parameters) to compare engines by. Input work is left out.

const recipe = await readRecipe(fileURLToPath(new URL('../../../recipes/bone-scan.ts', import.meta.url)));
const batch = recipe.batchSize;
const steps = 12;

async function measure(name: string, session: Session, feeds: Record<string, Tensor>): Promise<void> {
  let best = Number.POSITIVE_INFINITY;
  let total = 0;
  const state = { ...feeds };
  for (let step = 0; step < steps; step++) {
    const started = performance.now();
    const results = await session.run(state);
    const took = performance.now() - started;
    state.parameters = results.nextParameters!;
    state.first = results.nextFirst!;
    state.second = results.nextSecond!;
    state.step = floatTensor([], [step + 2]);
    if (step >= 2) total += took;
    best = Math.min(best, took);
  }
  const rate = (milliseconds: number): string => ((batch * 1000) / milliseconds).toFixed(1).padStart(7);
  console.log(
    `${name.padEnd(34)}${String(feeds.parameters!.data.length).padStart(10)} parameters ${rate(total / (steps - 2))} images/s, best step ${rate(best)}`,
  );
  await session.dispose();
}

function optimizerFeeds(parameters: Float32Array): Record<string, Tensor> {
  const shape = [parameters.length];
  return {
    parameters: floatTensor(shape, parameters),
    first: floatTensor(shape),
    second: floatTensor(shape),
    learningRate: floatTensor([], [1e-4]),
    step: floatTensor([], [1]),
  };
}

async function siteReader(): Promise<void> {
  const { atlas, labelSpace } = await readPack('bone-scan');
  const geometry = makeGeometry(atlas!, labelSpace.positions, recipe.windows);
  const specs = parameterSpecs(recipe, geometry);
  const cells = geometry.grid.rows * geometry.grid.columns;
  const normalisation = {
    mean: new Float32Array(2 * cells).fill(1),
    inverseDeviation: new Float32Array(2 * cells).fill(3),
  };
  const session = await trainingSession(recipe, geometry, normalisation, specs, { threads: 2 });
  const random = randomStream(1);
  const labels = Float32Array.from({ length: batch * geometry.sites }, () => (random() < 0.15 ? 1e-3 : 0));
  await measure(`site reader, ${geometry.windows.windows.length} windows`, session, {
    ...optimizerFeeds(startingParameters(specs, random)),
    images: floatTensor(
      [batch, 2, cells],
      Float32Array.from({ length: batch * 2 * cells }, () => 3 * random()),
    ),
    seen: floatTensor([batch, 2], new Float32Array(2 * batch).fill(1)),
    present: floatTensor([batch, geometry.sites], labels),
    absent: floatTensor(
      [batch, geometry.sites],
      labels.map((value) => 1e-3 - value),
    ),
    nature: floatTensor([batch, geometry.sites, geometry.natures]),
    metastatic: floatTensor([batch, 1]),
    notMetastatic: floatTensor([batch, 1], new Float32Array(batch).fill(0.01)),
  });
}

async function plainTransformer(): Promise<void> {
  const [tokens, pixels, width, depth, heads, labels] = [196, 256, 192, 6, 3, 91];
  const build = (g: Graph, p: Parameters): Value => {
    const patches = g.input('patches', 'float32', [batch * tokens, pixels]);
    let x = linear(g, p, 'embed', patches, width);
    for (let block = 0; block < depth; block++) {
      x = selfAttention(g, p, `block-${block}.attention`, x, batch, heads);
      x = feedForward(g, p, `block-${block}.feed-forward`, x, 4);
    }
    const pooled = g.mean(g.reshape(norm(g, p, 'norm', x), [batch, tokens, width]), [1]);
    return linear(g, p, 'head', pooled, labels);
  };
  const list = new ParameterList(new Graph());
  build(new Graph(), list);
  const g = new Graph();
  const decays = decayMask(list.specs);
  const state = {
    parameters: g.input('parameters', 'float32', [decays.length]),
    first: g.input('first', 'float32', [decays.length]),
    second: g.input('second', 'float32', [decays.length]),
  };
  const learningRate = g.input('learningRate', 'float32', []);
  const step = g.input('step', 'float32', []);
  const logits = build(g, new ParameterSlices(g, state.parameters, list.specs));
  const loss = g.mean(g.op('Softplus', logits), [0, 1]);
  const gradient = differentiate(g, loss, [state.parameters])[0]!;
  const { next } = adamW(g, state, gradient, learningRate, step, decays, recipe.optimizer);
  g.output('nextParameters', next.parameters);
  g.output('nextFirst', next.first);
  g.output('nextSecond', next.second);
  const random = randomStream(2);
  const session = await Session.create(encodeModel(g), { threads: 2 });
  await measure('plain transformer, 196 tokens', session, {
    ...optimizerFeeds(startingParameters(list.specs, random)),
    patches: floatTensor(
      [batch * tokens, pixels],
      Float32Array.from({ length: batch * tokens * pixels }, () => random()),
    ),
  });
}

await siteReader();
await plainTransformer();
