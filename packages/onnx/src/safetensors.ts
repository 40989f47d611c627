import { InvalidSafetensorsError } from './errors.ts';
import type { DataType, Tensor } from './tensor.ts';
import { sizeOf } from './tensor.ts';

// The format: 8 bytes little-endian header length, a JSON header, then the data that its offsets point into.
const codes = { float32: 'F32', float16: 'F16', float64: 'F64', int64: 'I64', bool: 'BOOL' } as const satisfies Record<
  DataType,
  string
>;
const bytesPer = { float32: 4, float16: 2, float64: 8, int64: 8, bool: 1 } as const satisfies Record<DataType, number>;
const longestHeader = 100_000_000;

export interface Safetensors {
  readonly tensors: ReadonlyMap<string, Tensor>;
  readonly metadata: Readonly<Record<string, string>>;
}

/** The bytes of a safetensors file with the tensors in the given order. */
export function writeSafetensors({ tensors, metadata }: Safetensors): Uint8Array<ArrayBuffer> {
  const header: Record<string, unknown> = {};
  if (Object.keys(metadata).length > 0) header.__metadata__ = metadata;
  let offset = 0;
  for (const [name, tensor] of tensors) {
    const end = offset + tensor.data.byteLength;
    header[name] = { dtype: codes[tensor.dtype], shape: tensor.shape, data_offsets: [offset, end] };
    offset = end;
  }
  const plain = new TextEncoder().encode(JSON.stringify(header));
  // Padded with spaces so that the data begins at a multiple of 8.
  const length = Math.ceil(plain.length / 8) * 8;
  const bytes = new Uint8Array(8 + length + offset);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(length), true);
  bytes.fill(0x20, 8, 8 + length);
  bytes.set(plain, 8);
  let at = 8 + length;
  for (const { data } of tensors.values()) {
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at);
    at += data.byteLength;
  }
  return bytes;
}

interface Entry {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data_offsets: readonly [number, number];
}

/**
 * Reads a safetensors file. The tensors are copies; bfloat16 comes as float32, which holds its every value. Throws
 * {@link InvalidSafetensorsError}.
 */
export function readSafetensors(bytes: Uint8Array): Safetensors {
  if (bytes.length < 8) throw new InvalidSafetensorsError('shorter than its header length');
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  if (length > longestHeader || 8 + length > bytes.length) throw new InvalidSafetensorsError('its header is cut off');
  let header: Record<string, unknown>;
  try {
    header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length))) as Record<string, unknown>;
  } catch {
    throw new InvalidSafetensorsError('its header is no JSON');
  }
  const tensors = new Map<string, Tensor>();
  for (const [name, value] of Object.entries(header)) {
    if (name === '__metadata__') continue;
    const entry = value as Entry;
    const widened = entry.dtype === 'BF16';
    const dtype = widened ? 'float16' : (Object.keys(codes) as DataType[]).find((key) => codes[key] === entry.dtype);
    if (!dtype) throw new InvalidSafetensorsError(`"${name}" has type ${entry.dtype}, which is not read here`);
    const [start, end] = entry.data_offsets;
    if (end - start !== sizeOf(entry.shape) * bytesPer[dtype] || 8 + length + end > bytes.length)
      throw new InvalidSafetensorsError(`"${name}" does not fill its offsets`);
    // Node's Buffer shares its memory when sliced, so the copy is made by hand.
    const copy = Uint8Array.from(bytes.subarray(8 + length + start, 8 + length + end)).buffer;
    tensors.set(name, widened ? fromBfloat16(entry.shape, copy) : tensorOf(dtype, entry.shape, copy));
  }
  return { tensors, metadata: (header.__metadata__ ?? {}) as Record<string, string> };
}

/** A bfloat16 is the upper half of a float32. */
function fromBfloat16(shape: readonly number[], buffer: ArrayBuffer): Tensor {
  const bits = Uint32Array.from(new Uint16Array(buffer), (half) => half << 16);
  return { dtype: 'float32', shape, data: new Float32Array(bits.buffer) };
}

function tensorOf(dtype: DataType, shape: readonly number[], buffer: ArrayBuffer): Tensor {
  switch (dtype) {
    case 'float32':
      return { dtype, shape, data: new Float32Array(buffer) };
    case 'float16':
      return { dtype, shape, data: new Uint16Array(buffer) };
    case 'float64':
      return { dtype, shape, data: new Float64Array(buffer) };
    case 'int64':
      return { dtype, shape, data: new BigInt64Array(buffer) };
    case 'bool':
      return { dtype, shape, data: new Uint8Array(buffer) };
  }
}
