import { describe, expect, test } from 'vitest';
import { chooseDevice, tryDevice, unavailable } from './devices.ts';
import { DeviceUnavailableError } from './errors.ts';

const now = (): number => performance.now();

test('the CPU always works, and asking for it tries nothing', async () => {
  expect(await chooseDevice('cpu', now)).toEqual({ device: 'cpu', passedOver: [] });
  expect(await tryDevice('cpu', now)).toBeGreaterThan(0);
});

test('a device that works computes; one that does not is refused with the fix', async () => {
  for (const device of ['webgpu', 'cuda'] as const)
    try {
      expect(await tryDevice(device, now)).toBeGreaterThan(0);
    } catch (error) {
      expect(error).toBeInstanceOf(DeviceUnavailableError);
      // Known by its sign, not by the runtime's own words.
      expect((error as DeviceUnavailableError).fix).not.toBe('use the CPU');
      await expect(chooseDevice(device, now)).rejects.toThrow(DeviceUnavailableError);
    }
});

test('auto takes a device that works, and says why it passed the others over', async () => {
  const { device, passedOver } = await chooseDevice('auto', now);
  const before = ['cuda', 'webgpu', 'cpu'].slice(0, ['cuda', 'webgpu', 'cpu'].indexOf(device));
  expect(passedOver.map((one) => one.device)).toEqual(before);
  for (const { reason } of passedOver) expect(reason.length).toBeGreaterThan(10);
});

describe('what the runtime says, and what is missing', () => {
  test.each([
    ['webgpu', 'Failed to get a WebGPU adapter: No supported adapters', /Vulkan driver is missing/, /vulkaninfo/],
    ['webgpu', "sessionOptions.executionProviders[0] is unsupported: 'webgpu'.", /has no WebGPU/, /another device/],
    [
      'cuda',
      'OrtSessionOptionsAppendExecutionProvider_Cuda: Failed to load shared library',
      /libonnxruntime_providers_cuda\.so/,
      /onnxruntime-node-install=cuda12/,
    ],
    ['cuda', 'CUDA failure 100: no CUDA-capable device is detected ; GPU=-1', /no graphics card/, /nvidia-smi/],
    ['cuda', "sessionOptions.executionProviders[0] is unsupported: 'cuda'.", /has no CUDA/, /another device/],
    ['cuda', 'first line\nsomething new', /something new/, /CPU/],
  ] as const)('%s: %s', (device, message, problem, fix) => {
    const error = unavailable(device, message);
    expect(error.problem).toMatch(problem);
    expect(error.fix).toMatch(fix);
    expect(error.message).toContain(`"${device}"`);
  });
});
