import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Prediction } from '@radiolect/findings';
import type { OperatingPoints } from '@radiolect/learning';
import { afterAll, expect, test } from 'vitest';

const program = fileURLToPath(new URL('../../bin/radiolect.mjs', import.meta.url));
const shipped = fileURLToPath(new URL('../../../../models/bone-scan', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'radiolect-predict-'));
afterAll(() => rmSync(folder, { recursive: true }));
const done = (...args: string[]): string =>
  execFileSync(process.execPath, [program, ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

test('two models and a mirrored reading: their mean, by predict and by read', { timeout: 240_000 }, () => {
  done('phantom', '--count', '1', '--seed', '43', '--out', join(folder, 'phantom'));
  const study = join(folder, 'phantom', 'dicom', 'T43-00000.dcm');
  // A second model: the shipped network, less ready to call.
  const second = join(folder, 'second');
  mkdirSync(second);
  for (const file of ['model.onnx', 'manifest.json']) copyFileSync(join(shipped, file), join(second, file));
  const points = JSON.parse(readFileSync(join(shipped, 'operating-points.json'), 'utf8')) as OperatingPoints;
  const positions = Object.fromEntries(
    Object.entries(points.positions).map(([id, one]) => [id, { ...one, offset: one.offset - 1 }]),
  );
  writeFileSync(join(second, 'operating-points.json'), JSON.stringify({ ...points, positions }));

  const predict = (...options: string[]) => JSON.parse(done('predict', study, ...options)) as Prediction;
  const own = predict('--model', second);
  const both = predict('--model', shipped, '--model', second);
  expect(both.model).toBe(`${shipped} + ${second}`);
  const readier = (probability: number): number => 1 / (1 + ((1 - probability) / probability) * Math.exp(-1));
  for (const [site, probability] of Object.entries(both.presence))
    expect(probability).toBeCloseTo((own.presence[site]! + readier(own.presence[site]!)) / 2, 10);

  done('read', study, '--model', shipped, '--model', second, '--mirror', '--out', join(folder, 'reading'));
  const reading = JSON.parse(readFileSync(join(folder, 'reading', 'findings.json'), 'utf8')) as Prediction;
  expect(reading.model).toBe(both.model);
  // The mirror image is read a little differently, the mean of both close to the first.
  expect(reading.metastasis).not.toBe(both.metastasis);
  expect(reading.metastasis).toBeCloseTo(both.metastasis, 0);
  for (const view of ['anterior', 'posterior'])
    expect(readFileSync(join(folder, 'reading', `heatmap-${view}.png`)).length).toBeGreaterThan(1000);
});

test('a folder without a model is named', { timeout: 60_000 }, () => {
  const { status, stderr } = spawnSync(
    process.execPath,
    [program, 'predict', folder, '--model', join(folder, 'none')],
    {
      encoding: 'utf8',
    },
  );
  expect(status).toBe(1);
  expect(stderr).toContain(join(folder, 'none'));
});
