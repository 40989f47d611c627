import { readFileSync } from 'node:fs';
import type { Tensor } from '@radiolect/onnx';
import { floatTensor, intTensor, readSafetensors, Session, writeSafetensors } from '@radiolect/onnx';
import { describe, expect, test } from 'vitest';
import { UnfitWeightsError } from '../errors.ts';
import { backboneParameters } from './backbone-parameters.ts';
import type { BackboneSettings, VitSettings } from './backbone-settings.ts';
import { exportedModel } from './export-model.ts';
import { configOfSettings, settingsOfConfig } from './hugging-face-config.ts';
import { backboneWeights, exportedWeights } from './load-weights.ts';
import { resamplePositions } from './resample-positions.ts';

// Checkpoints and what their libraries make of them: scripts/make-backbone-fixtures.py.
const folder = new URL('../../../../fixtures/backbones/', import.meta.url);
const tensorsOf = (name: string): ReadonlyMap<string, Tensor> =>
  readSafetensors(readFileSync(new URL(name, folder))).tensors;
const settingsOf = (name: string): BackboneSettings => {
  const config = JSON.parse(readFileSync(new URL(`${name}/config.json`, folder), 'utf8')) as Record<string, unknown>;
  return name.startsWith('timm') ? (config as unknown as BackboneSettings) : settingsOfConfig(config);
};

async function run(model: Uint8Array, pictures: Tensor): Promise<Record<string, Tensor>> {
  const session = await Session.create(model);
  const result = await session.run({ pictures });
  await session.dispose();
  return result;
}

/** The largest absolute difference. */
function difference(a: Tensor, b: Tensor): number {
  expect(a.shape).toEqual(b.shape);
  const [left, right] = [a.data as Float32Array, b.data as Float32Array];
  return left.reduce((largest, value, index) => Math.max(largest, Math.abs(value - right[index]!)), 0);
}

const classifiers = [
  'hugging-face-vit',
  'hugging-face-swin',
  'hugging-face-convnext',
  'timm-vit',
  'timm-swin',
  'timm-convnext',
];

describe.each(classifiers)('%s', (name) => {
  const settings = settingsOf(name);
  const expected = tensorsOf(`${name}/expected.safetensors`);
  const stored = tensorsOf(`${name}/model.safetensors`);
  const weights = backboneWeights(settings, stored, { head: true });

  test('gives the logits and taps of the library that saved it', async () => {
    const result = await run(exportedModel(settings, weights, { batch: 2, taps: true }), expected.get('pictures')!);
    const logits = expected.get('logits')!;
    // Logits of a few units: a wrong epsilon, order or activation moves them by more than this.
    expect(Math.max(...(logits.data as Float32Array))).toBeGreaterThan(0.3);
    expect(difference(result.logits!, logits)).toBeLessThan(1e-4);
    const taps = [...expected.keys()].filter((key) => /^(block|stage)-/.test(key));
    expect(taps.length).toBeGreaterThan(1);
    for (const tap of taps) expect(difference(result[tap]!, expected.get(tap)!)).toBeLessThan(1e-4);
  });

  test('holds every parameter that the backbone asks for, and gives them back under their old names', () => {
    for (const spec of backboneParameters(settings)) expect(weights.get(spec.name)?.shape).toEqual(spec.shape);
    const back = exportedWeights(settings, weights, name.startsWith('timm') ? 'timm' : 'hugging-face');
    // On a small lattice timm's tables of positions are shorter than ours.
    const comparable = [...stored].filter(([key]) => !(name === 'timm-swin' && key.endsWith('bias_table')));
    expect([...back.keys()].sort()).toEqual([...stored.keys()].sort());
    for (const [key, tensor] of comparable) {
      expect(back.get(key)?.shape).toEqual(tensor.shape);
      expect(back.get(key)?.data).toEqual(tensor.data);
    }
  });

  test('comes back from a safetensors file under our own names', () => {
    const file = writeSafetensors({ tensors: weights, metadata: {} });
    const back = backboneWeights(settings, readSafetensors(file).tensors, { head: true });
    expect([...back.keys()].sort()).toEqual([...weights.keys()].sort());
    for (const [key, tensor] of weights) expect(back.get(key)).toEqual(tensor);
  });
});

const vit = settingsOf('hugging-face-vit') as VitSettings;
const saved = tensorsOf('hugging-face-vit/model.safetensors');
const expected = tensorsOf('hugging-face-vit/expected.safetensors');

test.each(['hugging-face-vit', 'hugging-face-swin'])('%s: a state dictionary holds the same weights', (name) => {
  const settings = settingsOf(name);
  const fromFile = backboneWeights(settings, tensorsOf(`${name}/model.safetensors`), { head: true });
  const fromModules = backboneWeights(settings, tensorsOf(`${name}/modules.safetensors`), { head: true });
  expect([...fromModules.keys()]).toEqual([...fromFile.keys()]);
  for (const [key, tensor] of fromFile) expect(fromModules.get(key)).toEqual(tensor);
});

test.each(['f16', 'bf16'])('%s weights are widened', async (type) => {
  const weights = backboneWeights(vit, tensorsOf(`hugging-face-vit/${type}.safetensors`), { head: true });
  const { logits } = await run(exportedModel(vit, weights, { batch: 2 }), expected.get('pictures')!);
  const theirs = tensorsOf(`hugging-face-vit/${type}-expected.safetensors`).get('logits')!;
  expect(difference(logits!, theirs)).toBeLessThan(1e-4);
  expect(difference(logits!, expected.get('logits')!)).toBeGreaterThan(1e-4);
});

test('a bare model loads without a prefix; its pooler is left lying', async () => {
  const bare = tensorsOf('hugging-face-vit-bare/expected.safetensors');
  const weights = backboneWeights(vit, tensorsOf('hugging-face-vit-bare/model.safetensors'));
  const result = await run(exportedModel(vit, weights, { batch: 2, taps: true }), bare.get('pictures')!);
  expect(difference(result.tokens!, bare.get('tokens')!)).toBeLessThan(1e-4);
  expect(difference(result['block-2']!, bare.get('block-2')!)).toBeLessThan(1e-4);
});

test('one channel of grey gives what three equal channels gave', async () => {
  const grey = { ...vit, channels: 1 };
  const options = { head: true, adaptsChannels: true };
  const one = floatTensor([2, 1, 16, 24], (expected.get('pictures')!.data as Float32Array).subarray(0, 2 * 16 * 24));
  const pixels = 16 * 24;
  const repeated = [0, 1].flatMap((picture) =>
    [0, 1, 2].flatMap(() => [...one.data.subarray(picture * pixels, (picture + 1) * pixels)]),
  );
  const weights = backboneWeights(vit, saved, { head: true });
  const three = await run(exportedModel(vit, weights, { batch: 2 }), floatTensor([2, 3, 16, 24], repeated));
  const summed = await run(exportedModel(grey, backboneWeights(grey, saved, options), { batch: 2 }), one);
  expect(difference(summed.logits!, three.logits!)).toBeLessThan(1e-4);
});

test('position embeddings are resampled as timm does', () => {
  const positions = tensorsOf('positions.safetensors');
  const from = positions.get('from-4x6')!.data as Float32Array;
  for (const to of [
    [6, 5],
    [2, 3],
    [9, 12],
    [4, 2],
  ] as const) {
    const theirs = positions.get(`to-${to[0]}x${to[1]}`)!.data as Float32Array;
    const ours = resamplePositions(from, 3, [4, 6], to);
    expect(ours).toHaveLength(theirs.length);
    ours.forEach((value, index) => {
      expect(Math.abs(value - theirs[index]!)).toBeLessThan(1e-5);
    });
  }
});

test('a checkpoint for another size of picture is loaded when its lattice is told', () => {
  const larger: VitSettings = { ...vit, picture: [32, 32] };
  const weights = backboneWeights(larger, saved, { positionLattice: [2, 3] });
  expect(weights.get('backbone.position')!.shape).toEqual([16, 12]);
  const pooled = backboneWeights({ ...larger, pooling: 'mean' }, saved, { positionLattice: [2, 3] });
  expect(pooled.get('backbone.position')).toEqual(weights.get('backbone.position'));
  expect(pooled.has('backbone.class.token')).toBe(false);
  const ours = backboneWeights(larger, backboneWeights(vit, saved), { positionLattice: [2, 3] });
  expect(ours.get('backbone.position')).toEqual(weights.get('backbone.position'));
});

test('everything that does not fit is named in one error', () => {
  const broken = new Map<string, Tensor>(saved);
  broken.delete('vit.layernorm.bias');
  broken.set('vit.encoder.layer.7.stray', floatTensor([1]));
  broken.set('vit.encoder.layer.0.intermediate.dense.weight', floatTensor([3, 4]));
  broken.set('vit.encoder.layer.0.intermediate.dense.bias', intTensor([20], new Array<number>(20).fill(0)));
  const load = (): unknown => backboneWeights({ ...vit, picture: [16, 32] }, broken);
  expect(load).toThrow(UnfitWeightsError);
  expect(load).toThrow(/missing: layernorm\.bias; left over: encoder\.layer\.7\.stray; of another shape/);
  expect(load).toThrow(/"encoder\.layer\.0\.intermediate\.dense\.weight" is \[3, 4\] where \[20, 12\] is taken/);
  expect(load).toThrow(/dense\.bias" holds int64/);
  expect(load).toThrow(/position_embeddings" is for 6 patches, which is no square: say its rows and columns/);
});

test('weights of another model do not pass', () => {
  const swin = settingsOf('hugging-face-swin');
  expect(() => backboneWeights(swin, saved)).toThrow(UnfitWeightsError);
  expect(() => backboneWeights({ ...vit, depth: 1 }, saved)).toThrow(/left over: encoder\.layer\.1/);
  expect(() => backboneWeights(vit, tensorsOf('hugging-face-vit-bare/model.safetensors'), { head: true })).toThrow(
    /missing: classifier\.weight, classifier\.bias/,
  );
});

test('a config of another model or activation is refused', () => {
  expect(() => settingsOfConfig({ model_type: 'bert' })).toThrow(/ViT, Swin or ConvNeXt/);
  expect(() => settingsOfConfig({ model_type: 'vit', hidden_act: 'relu' })).toThrow(/activation is relu/);
  expect(settingsOfConfig({ model_type: 'swin' })).toMatchObject({ kind: 'swin', picture: [224, 224], window: 7 });
});

test.each(classifiers)('%s: its settings come back from the configuration that is written for them', (name) => {
  const settings = settingsOf(name);
  const back = settingsOfConfig(JSON.parse(JSON.stringify(configOfSettings(settings, 5))));
  const specs = backboneParameters(settings).map((spec) => [spec.name, spec.shape]);
  expect(backboneParameters(back).map((spec) => [spec.name, spec.shape])).toEqual(specs);
  expect(() => configOfSettings({ ...vit, pooling: 'mean' }, 5)).toThrow(/pools the mean/);
});
