import type { FloatTensor, NamedTensors } from '@radiolect/onnx';
import { floatTensor, readSafetensors, Session } from '@radiolect/onnx';
import { describe, expect, test } from 'vitest';
import { drawnPictures, pictureRecipe } from '../drawn-pictures.fixture.ts';
import { drawnTraining, recipe as siteReaderRecipe, stream } from '../drawn-studies.fixture.ts';
import { ResumeMismatchError } from '../errors.ts';
import type { LossSettings } from '../network/losses.ts';
import { normal, randomStream } from '../random.ts';
import type { ClassifierRecipe } from '../recipe.ts';
import { trainModel } from '../train.ts';
import type { StepReport } from '../watching/run-watcher.ts';
import { decodeCheckpoint } from './checkpoint.ts';
import type { OutputOperations } from './classifier-task.ts';
import { trainClassifier } from './classifier-task.ts';
import { MemoryRunFolder } from './run-folder.ts';
import { averageShareAt } from './schedule.ts';

// What a recipe may ask of supervised training, seen at the end of real runs.

const source = drawnPictures(32);
const stated = drawnPictures(32, 'all');
const { optimizer } = pictureRecipe;
const plainSgd = {
  kind: 'sgd',
  momentum: 0,
  weightDecay: 0,
  clipNorm: 1e6,
  learningRate: 0.5,
  warmupSteps: 0,
  averaging: 0,
} as const;
/** One step of plain gradient descent over a whole batch, nothing dropped. */
const oneStep: ClassifierRecipe = {
  ...pictureRecipe,
  optimizer: plainSgd,
  finetuning: { kind: 'everything' },
  dropPath: 0,
  batchSize: 32,
  microBatches: 1,
  epochs: 1,
};

/** A run from start to end; every checkpoint it wrote, in order. */
class Chronicle extends MemoryRunFolder {
  readonly checkpoints: ReturnType<typeof decodeCheckpoint>['state'][] = [];
  override async write(name: string, bytes: Uint8Array): Promise<void> {
    if (name === 'checkpoint.safetensors') this.checkpoints.push(decodeCheckpoint(bytes).state);
    await super.write(name, bytes);
  }
}
async function trained(
  recipe: ClassifierRecipe,
  from = source,
  pretrained?: NamedTensors,
  run: Chronicle = new Chronicle(),
) {
  const norms: number[] = [];
  const outcome = await trainClassifier(recipe, from, run, {
    now: () => 0,
    threads: 1,
    watcher: { onStep: ({ gradientNorm }) => void norms.push(gradientNorm) },
    ...(pretrained ? { pretrained } : {}),
  });
  return { run, outcome, norms, last: run.checkpoints.at(-1)!.training };
}
const json = <T>(run: MemoryRunFolder, name: string): T =>
  JSON.parse(new TextDecoder().decode(run.files.get(name))) as T;

/** Weights as a pretraining would leave them: none is zero, so that every gradient passes. */
const pretrained: NamedTensors = await (async () => {
  const { outcome } = await trained({ ...pictureRecipe, epochs: 1 });
  const random = randomStream(11);
  const moved = ({ shape, data }: FloatTensor): FloatTensor =>
    floatTensor(
      shape,
      Array.from(data, (value) => value + 0.05 * normal(random)),
    );
  return new Map([...outcome.best].map(([name, tensor]) => [name, moved(tensor)]));
})();
const trunk = [...pretrained.keys()].filter((name) => name.startsWith('backbone.'));
const change = (after: NamedTensors, name: string): Float32Array =>
  after.get(name)!.data.map((value, index) => value - pretrained.get(name)!.data[index]!);
const lengthOf = (values: Iterable<number>): number => Math.hypot(...values);

describe('what is trained', () => {
  test.each(['linear-probe', 'frozen-trunk'] as const)('%s leaves the trunk as it was, to the bit', async (kind) => {
    const { outcome } = await trained({ ...pictureRecipe, finetuning: { kind } }, source, pretrained);
    expect(trunk.length).toBeGreaterThan(20);
    for (const name of trunk) expect(outcome.best.get(name)!.data, name).toEqual(pretrained.get(name)!.data);
    expect(outcome.best.get('head.weight')!.data).not.toEqual(pretrained.get('head.weight')!.data);
  });
  test('with one block trained, the blocks below keep their bits', async () => {
    const finetuning = { kind: 'frozen-trunk', trainedBlocks: 1 } as const;
    const { outcome } = await trained({ ...pictureRecipe, finetuning, epochs: 1 }, source, pretrained);
    const moved = trunk.filter((name) => lengthOf(change(outcome.best, name)) > 0);
    expect(moved.some((name) => name.includes('block-3.'))).toBe(true);
    expect(moved.filter((name) => !/block-3\.|backbone\.norm/.test(name))).toEqual([]);
  });
  test('adapters: the trunk keeps its bits, and the shipped weights give the logits that validation saw', async () => {
    const finetuning = { kind: 'low-rank-adapters', rank: 2, alpha: 8 } as const;
    const recipe = { ...pictureRecipe, finetuning, optimizer: { ...optimizer, learningRate: 2e-2 } };
    const { run, outcome } = await trained(recipe, source, pretrained);
    for (const name of trunk) expect(outcome.best.get(name)!.data, name).toEqual(pretrained.get(name)!.data);
    const session = await Session.create(run.files.get('model.onnx')!, { threads: 1 });
    const lines = new TextDecoder().decode(run.files.get('predictions.jsonl')).trimEnd().split('\n');
    let largest = 0;
    for (const [index, example] of source.examples.validation.entries()) {
      const images = floatTensor([1, 2, 16, 16]);
      const seen = floatTensor([1, 2]);
      await source.show(example, images.data, seen.data);
      const { logits } = await session.run({ images, seen });
      const { logits: adapted } = JSON.parse(lines[index]!) as { readonly logits: readonly number[] };
      adapted.forEach((value, output) => {
        largest = Math.max(largest, Math.abs(value - Number(logits!.data[output])));
      });
    }
    // Shipped weights are rounded to half precision.
    expect(largest).toBeLessThan(1e-2);
    const adapters = [...outcome.best].filter(([name]) => name.endsWith('.adapter-out'));
    expect(adapters).toHaveLength(3 * 4);
    for (const [name, { data }] of adapters) expect(lengthOf(data), name).toBeGreaterThan(0);

    // The backbone that is left to begin another training with holds the adapters in its weights.
    const { tensors } = readSafetensors(run.files.get('backbone.safetensors')!);
    expect([...tensors.keys()].sort()).toEqual(trunk.toSorted());
    const adapted = adapters.map(([name]) => name.replace('.adapter-out', ''));
    const moved = trunk.filter((name) => lengthOf(change(tensors as NamedTensors, name)) > 0);
    expect(moved.toSorted()).toEqual(adapted.toSorted());
  });
});

describe('steps', () => {
  test('layer-wise decay: with a decay of a half, a block moves half as far as the one above', async () => {
    const even = (await trained(oneStep, stated, pretrained)).last;
    const finetuning = { kind: 'everything', layerDecay: 0.5 } as const;
    const decayed = (await trained({ ...oneStep, finetuning }, stated, pretrained)).last;
    const share = (name: string): number =>
      lengthOf(change(decayed.parameters, name)) / lengthOf(change(even.parameters, name));
    expect(share('head.weight')).toBeCloseTo(1, 3);
    for (const block of [1, 2, 3]) {
      const names = trunk.filter((name) => name.includes(`block-${block}.`) && name.endsWith('weight'));
      expect(names.length).toBeGreaterThan(2);
      for (const name of names) expect(share(name), name).toBeCloseTo(0.5 ** (4 - block), 3);
    }
    expect(share('backbone.patch.weight')).toBeCloseTo(0.5 ** 4, 3);
  });
  test('a batch in four parts takes the step of the whole batch', async () => {
    // Pictures as they are, every label stated and weighed alike: the parts then hold what the whole holds.
    const still = { ...stated, show: stated.show };
    still.show = (example, target, seen) => stated.show(example, target, seen);
    const loss = { ...oneStep.loss, positivePower: 0 };
    const whole = (await trained({ ...oneStep, loss }, still, pretrained)).last.parameters;
    const parts = (await trained({ ...oneStep, loss, microBatches: 4 }, still, pretrained)).last.parameters;
    for (const [name, { data }] of whole) {
      const far = data.map((value, index) => value - parts.get(name)!.data[index]!);
      expect(lengthOf(far), name).toBeLessThan(1e-4 * Math.max(lengthOf(change(whole, name)), 1e-3));
    }
  });
  test('clipping: the step is as long as the rate times the largest norm', async () => {
    const clipped = { ...plainSgd, clipNorm: 0.01 };
    const { last, norms } = await trained({ ...oneStep, optimizer: clipped }, stated, pretrained);
    expect(norms[0]).toBeGreaterThan(0.02);
    const step = lengthOf([...last.parameters.keys()].flatMap((name) => [...change(last.parameters, name)]));
    expect(step).toBeCloseTo(0.5 * 0.01, 5);
  });
  test('the moving average is that of the parameters of all steps', async () => {
    const recipe = { ...pictureRecipe, checkpointEverySteps: 1, epochs: 2 };
    const { run, outcome } = await trained(recipe);
    const steps = new Map(run.checkpoints.map(({ training }) => [training.step, training]));
    expect(steps.size).toBe(8);
    const average = new Map<string, number[]>();
    for (let step = 1; step <= 8; step++) {
      const share = averageShareAt(step - 1, 8, recipe);
      for (const [name, { data }] of steps.get(step)!.parameters) {
        const before = average.get(name) ?? Array.from(data, () => 0);
        average.set(
          name,
          before.map((value, index) => value + share * (data[index]! - value)),
        );
      }
      // What is kept of the best epoch is the average, not the latest parameters.
      if (step === 4 * outcome.bestEpoch)
        for (const [name, values] of average)
          values.forEach((value, index) => {
            expect(outcome.best.get(name)!.data[index]).toBeCloseTo(value, 5);
          });
    }
    expect(averageShareAt(0, 8, recipe)).toBe(1);
    expect(averageShareAt(7, 8, recipe)).toBeCloseTo(0.125);
    expect(outcome.best.get('head.weight')!.data).not.toEqual(
      steps.get(4 * outcome.bestEpoch)!.parameters.get('head.weight')!.data,
    );
  });
  test('a run stops when the score has not risen for as many epochs as it has patience', async () => {
    const still = { ...plainSgd, learningRate: 0 };
    const { outcome } = await trained({ ...oneStep, optimizer: still, epochs: 30, patience: 3 });
    expect(outcome.bestEpoch).toBe(1);
    expect(outcome.history).toHaveLength(4);
    expect(outcome.finished).toBe(true);
  });
});

test('silence masked, or taken as absent: only then does it teach', async () => {
  const silent = { ...source, examples: { ...source.examples } };
  silent.examples.train = source.examples.train.map((one) => ({ ...one, states: one.states.map(() => 'unmentioned') }));
  const movement = async (unmentioned: 'masked' | 'absent'): Promise<number> => {
    const labels = { unmentioned, uncertain: 'masked' } as const;
    const { last } = await trained({ ...oneStep, labels }, silent, pretrained);
    return lengthOf(change(last.parameters, 'head.bias'));
  };
  expect(await movement('masked')).toBe(0);
  expect(await movement('absent')).toBeGreaterThan(1e-3);
});

test.each([
  { kind: 'binary-cross-entropy' },
  { kind: 'focal', focus: 2 },
  { kind: 'asymmetric', positiveFocus: 0, negativeFocus: 4, shift: 0.05 },
] as const)('learns with $kind, and says how its outputs are to be called', async (kind) => {
  const loss = { ...kind, positivePower: 0.5, largestPositiveWeight: 5 };
  const operatingPoints = { calibration: 'temperature', threshold: { kind: 'sensitivity', at: 0.9 } } as const;
  // A quarter of the picture is a token: read by place, the labels are easy.
  const recipe = { ...pictureRecipe, readout: 'tokens', dropPath: 0.1, loss, operatingPoints } as const;
  const { run, outcome } = await trained(recipe, drawnPictures(96));
  expect(outcome.history.at(-1)!.measures.validationAuroc).toBeGreaterThan(0.9);
  const points = json<OutputOperations>(run, 'operating-points.json');
  expect(points.method).toEqual(operatingPoints);
  expect(Object.keys(points.positions)).toEqual(source.outputs);
});

test('the site reader descends the loss of its recipe', async () => {
  const { examples, context } = await drawnTraining(12);
  const firstLoss = async (kind: LossSettings): Promise<number> => {
    const short = { ...siteReaderRecipe, loss: { ...siteReaderRecipe.loss, ...kind }, epochs: 1 };
    const losses: number[] = [];
    const watcher = { onStep: ({ logged }: StepReport) => void losses.push(logged!.presenceLoss!) };
    await trainModel(short, stream(examples), new MemoryRunFolder(), { ...context, watcher });
    return losses[0]!;
  };
  const plain = await firstLoss({ kind: 'binary-cross-entropy' });
  const focal = await firstLoss({ kind: 'focal', focus: 2 });
  // At first all logits are near −2: a label is right by 0.88 or by 0.12, and counts (1 − p)² of what it would.
  expect(focal).toBeLessThan(0.8 * plain);
  expect(focal).toBeGreaterThan(0.0144 * plain);
}, 60_000);

test('a finished run chooses its thresholds anew without another step, and does not go on with another recipe', async () => {
  const { run, outcome } = await trained(pictureRecipe);
  const before = json<OutputOperations>(run, 'operating-points.json');
  const operatingPoints = { calibration: 'temperature', threshold: { kind: 'specificity', at: 0.9 } } as const;
  const again = await trained({ ...pictureRecipe, operatingPoints }, source, undefined, run);
  expect(again.norms).toEqual([]);
  expect(again.outcome.best).toEqual(outcome.best);
  const after = json<OutputOperations>(run, 'operating-points.json');
  expect(after.method).toEqual(operatingPoints);
  expect(after.positions).not.toEqual(before.positions);
  await expect(trained({ ...pictureRecipe, seed: 99 }, source, undefined, run)).rejects.toThrow(ResumeMismatchError);
});

test('thresholds that cannot be are refused before the first step', async () => {
  const operatingPoints = { calibration: 'platt', threshold: { kind: 'sensitivity', at: 90 } } as const;
  const run = new MemoryRunFolder();
  await expect(trainClassifier({ ...pictureRecipe, operatingPoints }, source, run, { now: () => 0 })).rejects.toThrow(
    /sensitivity cannot be 90/,
  );
  expect(run.files.size).toBe(0);
});
