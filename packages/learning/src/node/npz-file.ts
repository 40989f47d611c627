import { readFile } from 'node:fs/promises';
import { unzipSync } from 'fflate';
import { parse } from 'npyjs';

/** An array of a NumPy archive: values in row-major order. */
export interface NpzArray {
  readonly shape: readonly number[];
  readonly data:
    | Uint8Array
    | Int8Array
    | Uint16Array
    | Int16Array
    | Uint32Array
    | Int32Array
    | Float32Array
    | Float64Array;
}

/** A NumPy archive that cannot be used: what is wrong with which array of which file, and what to do. */
export class InvalidNpzError extends Error {
  readonly fix: string;
  constructor(file: string, problem: string, fix: string) {
    super(`${file}: ${problem}`);
    this.name = 'InvalidNpzError';
    this.fix = fix;
  }
}

/**
 * The arrays of an `.npz` file by name ("train_images"), stored or deflated. 64-bit whole numbers become doubles, truth
 * values bytes. Only the arrays that `wanted` accepts are unpacked. Throws InvalidNpzError.
 */
export async function readNpz(
  file: string,
  wanted: (name: string) => boolean = () => true,
): Promise<Map<string, NpzArray>> {
  const bytes = await readFile(file);
  let members: Record<string, Uint8Array>;
  try {
    members = unzipSync(bytes, { filter: ({ name }) => name.endsWith('.npy') && wanted(name.slice(0, -4)) });
  } catch (cause) {
    throw new InvalidNpzError(file, `not a NumPy archive (${(cause as Error).message})`, 'save it with numpy.savez');
  }
  return new Map(
    Object.entries(members).map(([member, content]) => [member.slice(0, -4), arrayOf(file, member, content)] as const),
  );
}

function arrayOf(file: string, member: string, content: Uint8Array): NpzArray {
  try {
    // A copy begins at offset 0, as aligned views need it.
    const { data, shape, fortranOrder } = parse(content.slice().buffer as ArrayBuffer);
    if (fortranOrder && shape.length > 1) throw new RangeError('columns come first (Fortran order)');
    const values = plain(data);
    const size = shape.reduce((product, extent) => product * extent, 1);
    if (values.length < size) throw new RangeError(`holds ${values.length} of ${size} values`);
    return { shape, data: values };
  } catch (cause) {
    const fix = 'save numbers with numpy.savez, after numpy.ascontiguousarray';
    throw new InvalidNpzError(file, `${member}: ${(cause as Error).message}`, fix);
  }
}

/** npyjs gives truth values as a list and 64-bit numbers as big ones, whatever its types say. */
function plain(data: unknown): NpzArray['data'] {
  if (Array.isArray(data) && data.every((value) => typeof value === 'boolean'))
    return Uint8Array.from(data, (value) => (value ? 1 : 0));
  if (data instanceof BigInt64Array || data instanceof BigUint64Array) return Float64Array.from(data, Number);
  if (ArrayBuffer.isView(data) && !(data instanceof DataView)) return data as NpzArray['data'];
  throw new RangeError('holds no numbers');
}
