import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FloatTensor } from '@radiolect/onnx';
import { floatTensor, Graph, Session, writeSafetensors } from '@radiolect/onnx';
import { expect, test } from 'vitest';
import { linear } from '../network/layers.ts';
import { TrainingParameters } from '../network/training-parameters.ts';
import { normal, randomStream } from '../random.ts';
import type { BackboneSettings } from './create-backbone.ts';
import { createBackbone } from './create-backbone.ts';
import { exportedModel } from './export-model.ts';
import { configOfSettings } from './hugging-face-config.ts';
import { exportedWeights } from './load-weights.ts';

const python = process.env.RADIOLECT_PYTHON ?? 'python3';
const checks = spawnSync(python, ['-c', 'import onnxruntime, safetensors']).status === 0;
const why = checks
  ? `with ${python}`
  : `${python} has no onnxruntime: pip install onnxruntime numpy safetensors, RADIOLECT_PYTHON`;

const outputs = 4;
const networks: readonly BackboneSettings[] = [
  { kind: 'vit', picture: [32, 16], channels: 1, patch: 8, width: 24, depth: 2, heads: 3 },
  { kind: 'swin', picture: [36, 48], channels: 1, patch: 4, window: 4, width: 8, depths: [2, 1], heads: [2, 4] },
  { kind: 'convnext', picture: [32, 24], channels: 3, widths: [8, 16], depths: [1, 2], layerScale: 0.5 },
];

/** Weights as training would begin with, but large enough to show in the logits. */
function randomWeights(settings: BackboneSettings): Map<string, FloatTensor> {
  const g = new Graph();
  const p = new TrainingParameters(g);
  const { build, channels, picture } = createBackbone(settings);
  const { pooled } = build(g, p, g.input('pictures', 'float32', [1, channels, ...picture]));
  linear(g, p, 'head', pooled, outputs);
  const random = randomStream(5);
  const start = p.start(new Map(), random);
  for (const { data } of start.values()) for (const index of data.keys()) data[index]! += 0.1 * normal(random);
  return start;
}

test.skipIf(!checks)(
  `what we export gives the same logits in Python's onnxruntime and in transformers (${why})`,
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'radiolect-backbones-'));
    try {
      const random = randomStream(6);
      for (const settings of networks) {
        const where = join(folder, settings.kind);
        mkdirSync(where);
        const weights = randomWeights(settings);
        const shape = [2, settings.channels, ...settings.picture];
        const count = shape.reduce((product, side) => product * side, 1);
        const pictures = floatTensor(
          shape,
          Float32Array.from({ length: count }, () => normal(random)),
        );
        const model = exportedModel(settings, weights, { batch: 2 });
        const session = await Session.create(model);
        const { logits } = await session.run({ pictures }, ['logits']);
        await session.dispose();
        const expected = new Map([
          ['pictures', pictures],
          ['logits', logits as FloatTensor],
        ] as const);
        const tensors = exportedWeights(settings, weights);
        writeFileSync(join(where, 'model.onnx'), model);
        writeFileSync(join(where, 'model.safetensors'), writeSafetensors({ tensors, metadata: { format: 'pt' } }));
        writeFileSync(join(where, 'config.json'), JSON.stringify(configOfSettings(settings, outputs)));
        writeFileSync(join(where, 'expected.safetensors'), writeSafetensors({ tensors: expected, metadata: {} }));
      }
      const script = fileURLToPath(new URL('../../../../scripts/check-exported-backbones.py', import.meta.url));
      const folders = networks.map(({ kind }) => join(folder, kind));
      const lines = execFileSync(python, [script, ...folders], { encoding: 'utf8' })
        .trim()
        .split('\n');
      expect(lines).toHaveLength(networks.length);
      for (const line of lines) {
        const { onnxruntime, transformers } = JSON.parse(line) as { onnxruntime: number; transformers: number | null };
        expect(onnxruntime, line).toBeLessThan(1e-4);
        if (transformers !== null) expect(transformers, line).toBeLessThan(1e-4);
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
);
