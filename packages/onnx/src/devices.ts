import { encodeModel } from './encode.ts';
import { DeviceUnavailableError } from './errors.ts';
import { Graph } from './graph.ts';
import { Session } from './session.ts';
import type { FloatTensor } from './tensor.ts';
import { floatTensor } from './tensor.ts';

/** Where a graph is computed, by ONNX Runtime's name of the provider. */
export const devices = ['cpu', 'webgpu', 'cuda'] as const;
export type Device = (typeof devices)[number];

export interface DeviceChoice {
  readonly device: Device;
  /** What was tried before, and why it was not taken. */
  readonly passedOver: readonly { readonly device: Device; readonly reason: string }[];
}

/** A product of square matrices, done often enough that a graphics card is felt. */
const side = 384;
const products = 2;
/** Of the largest value; devices multiply in other orders, and CUDA with shorter factors (TF32). */
const tolerance = 1e-2;

/**
 * Runs a small graph there. Returns milliseconds of `now` for the trial, after one run to warm up.
 *
 * @throws DeviceUnavailableError where the device cannot be used, or computes something else than the processor.
 */
export async function tryDevice(device: Device, now: () => number): Promise<number> {
  const model = trialModel();
  const start = floatTensor(
    [side, side],
    Float32Array.from({ length: side ** 2 }, (_, index) => ((index * 7) % 13) / 13 - 0.5),
  );
  let session: Session;
  try {
    session = await Session.create(model, { provider: device });
  } catch (cause) {
    throw unavailable(device, (cause as Error).message);
  }
  try {
    const { sum } = await session.run({ start });
    if (device !== 'cpu') await checkSum(device, sum as FloatTensor, model, start);
    const began = now();
    await session.run({ start });
    return now() - began;
  } catch (cause) {
    throw cause instanceof DeviceUnavailableError ? cause : unavailable(device, (cause as Error).message);
  } finally {
    await session.dispose();
  }
}

/**
 * The device asked for, once it is known to work; for `auto` the first of CUDA, WebGPU and CPU that works and is no
 * slower than the CPU: a driver that only imitates a graphics card is passed over.
 *
 * @throws DeviceUnavailableError where the device asked for does not work.
 */
export async function chooseDevice(wanted: Device | 'auto', now: () => number): Promise<DeviceChoice> {
  if (wanted === 'cpu') return { device: 'cpu', passedOver: [] };
  if (wanted !== 'auto') {
    await tryDevice(wanted, now);
    return { device: wanted, passedOver: [] };
  }
  const passedOver: { device: Device; reason: string }[] = [];
  const cpuMs = await tryDevice('cpu', now);
  for (const device of ['cuda', 'webgpu'] as const)
    try {
      const ms = await tryDevice(device, now);
      if (ms <= cpuMs) return { device, passedOver };
      const reason = `slower than the CPU (${ms.toFixed(0)} ms against ${cpuMs.toFixed(0)} ms): a driver in software?`;
      passedOver.push({ device, reason });
    } catch (error) {
      if (!(error instanceof DeviceUnavailableError)) throw error;
      passedOver.push({ device, reason: error.problem });
    }
  return { device: 'cpu', passedOver };
}

function trialModel(): Uint8Array {
  const g = new Graph();
  const start = g.input('start', 'float32', [side, side]);
  let product = start;
  for (let count = 0; count < products; count++) product = g.scale(g.matmul(product, start), 1 / Math.sqrt(side));
  g.output('sum', g.sum(product, [0]));
  return encodeModel(g);
}

async function checkSum(device: Device, sum: FloatTensor, model: Uint8Array, start: FloatTensor): Promise<void> {
  const reference = await Session.create(model);
  const expected = (await reference.run({ start })).sum!.data as Float32Array;
  await reference.dispose();
  const largest = expected.reduce((top, value) => Math.max(top, Math.abs(value)), 0);
  const wrong = expected.some((value, index) => !(Math.abs(value - sum.data[index]!) <= tolerance * largest));
  if (wrong) throw new DeviceUnavailableError(device, 'computes wrong numbers', 'update the driver of the card');
}

/** What stands behind a message of the runtime, and what helps. */
export function unavailable(device: Device, message: string): DeviceUnavailableError {
  const known = explanations[device].find(({ sign }) => sign.test(message));
  const fallback = { problem: message.trim().split('\n').at(-1) ?? message, fix: 'use the CPU' };
  const { problem, fix } = known ?? fallback;
  return new DeviceUnavailableError(device, problem, fix);
}

interface Explanation {
  readonly sign: RegExp;
  readonly problem: string;
  readonly fix: string;
}

const notInBuild = (name: string): Explanation => ({
  sign: /is unsupported/i,
  problem: `ONNX Runtime's build for this system has no ${name} provider`,
  fix: 'use another device',
});

const explanations: Readonly<Record<Device, readonly Explanation[]>> = {
  cpu: [],
  webgpu: [
    notInBuild('WebGPU'),
    {
      sign: /adapter/i,
      problem: 'no graphics card answers: the Vulkan loader or a Vulkan driver is missing',
      fix:
        'on Linux install libvulkan1 and the driver of the card (mesa-vulkan-drivers, or NVIDIA’s own); ' +
        '"vulkaninfo --summary" must list the card',
    },
  ],
  cuda: [
    notInBuild('CUDA'),
    {
      sign: /shared library|providers_(cuda|shared)/i,
      problem:
        'ONNX Runtime’s CUDA provider (libonnxruntime_providers_cuda.so) is not installed, or CUDA 12 and cuDNN 9 ' +
        'that it needs are not',
      fix:
        'fetch it with "node node_modules/onnxruntime-node/script/install.js --onnxruntime-node-install=cuda12", ' +
        'install CUDA 12 and cuDNN 9, and see that "ldd" on it names no missing library',
    },
    {
      sign: /CUDA|cudnn|driver/i,
      problem: 'CUDA finds no graphics card that it can use',
      fix: 'install NVIDIA’s driver; "nvidia-smi" must list the card',
    },
  ],
};
