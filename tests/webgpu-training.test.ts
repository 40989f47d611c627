import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

// The same training on the CPU and on ONNX Runtime's WebGPU provider. No graphics card is needed: Chromium brings a
// Vulkan driver in software. Each runs in a process of its own, since a driver is chosen once a process.

const driver = '/usr/lib/chromium/vk_swiftshader_icd.json';
const loaders = ['/usr/lib/x86_64-linux-gnu/libvulkan.so.1', '/usr/lib64/libvulkan.so.1', '/usr/lib/libvulkan.so.1'];
const missing = !existsSync(driver)
  ? `Chromium's software driver ${driver} is not installed (Debian: chromium)`
  : !loaders.some((path) => existsSync(path))
    ? 'the Vulkan loader is not installed (Debian: libvulkan1)'
    : undefined;

interface Trained {
  readonly losses: readonly number[];
  readonly norms: readonly number[];
  readonly step: number;
  readonly average: number;
  readonly parameters: number;
  readonly followed: number;
  readonly counted: number;
  readonly frozen: readonly number[];
}

function train(device: string): Trained {
  const program = fileURLToPath(new URL('webgpu-training-program.ts', import.meta.url));
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', program, device], {
    encoding: 'utf8',
    env: { ...process.env, VK_ICD_FILENAMES: driver },
  });
  expect(status, stderr).toBe(0);
  return JSON.parse(stdout) as Trained;
}

const suffix = missing ? ` (skipped: ${missing})` : '';
test.skipIf(missing)(
  `a small vision transformer learns the same on WebGPU as on the CPU${suffix}`,
  () => {
    const cpu = train('cpu');
    const webgpu = train('webgpu');
    expect(webgpu.step).toBe(10);
    expect(cpu.losses[9]).toBeLessThan(cpu.losses[0]! - 0.1);
    expect(webgpu.losses).toHaveLength(14);
    webgpu.losses.forEach((loss, step) => {
      expect(Math.abs(loss - cpu.losses[step]!)).toBeLessThan(1e-3);
    });
    webgpu.norms.forEach((norm, step) => {
      expect(Math.abs(norm / cpu.norms[step]! - 1)).toBeLessThan(1e-2);
    });
    // What stayed on the device came back as the CPU holds it.
    expect(webgpu.parameters / cpu.parameters).toBeCloseTo(1, 4);
    expect(webgpu.average / cpu.average).toBeCloseTo(1, 4);
    expect(webgpu.followed / cpu.followed).toBeCloseTo(1, 4);
    expect([webgpu.counted, webgpu.frozen]).toEqual([32, cpu.frozen]);
  },
  300_000,
);
