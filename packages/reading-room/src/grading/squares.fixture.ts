import { writeFile } from 'node:fs/promises';
import { hashFraction } from '@radiolect/learning';

// For tests. An .npz file of MedMNIST form, stored as NumPy stores it: noise of 8 × 8, with a square that is brighter on
// the left in labelled pictures and on the right in the others.

export async function writeSquares(
  file: string,
  counts: Readonly<Partial<Record<'train' | 'val' | 'test', number>>>,
): Promise<void> {
  const members: [string, Uint8Array][] = [];
  for (const [split, count] of Object.entries(counts)) {
    const pixels = Uint8Array.from({ length: count * 64 }, (_, at) => Math.floor(200 * hashFraction(`${split} ${at}`)));
    const labels = Uint8Array.from({ length: count }, (_, index) => index % 2);
    labels.forEach((label, index) => {
      for (let row = 2; row < 5; row++)
        for (let column = 0; column < 3; column++) pixels[index * 64 + row * 8 + (label ? column : column + 5)]! += 40;
    });
    members.push([`${split}_images.npy`, npy(pixels, [count, 8, 8])], [`${split}_labels.npy`, npy(labels, [count, 1])]);
  }
  await writeFile(file, storedZip(members));
}

/** Version 1.0 of NumPy's format (numpy.lib.format). */
function npy(values: Uint8Array, shape: readonly number[]): Uint8Array {
  const head = `{'descr': '|u1', 'fortran_order': False, 'shape': (${shape.join(', ')}, ), }`.padEnd(117, ' ');
  return Buffer.concat([Buffer.from('\u0093NUMPY\u0001\u0000v\u0000', 'latin1'), Buffer.from(`${head}\n`), values]);
}

/** A ZIP archive without compression (APPNOTE 6.3, 4.3.7, 4.3.12, 4.3.16). */
function storedZip(members: readonly (readonly [string, Uint8Array])[]): Uint8Array {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const [name, content] of members) {
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt32LE(crc32(content), 10);
    fields.writeUInt32LE(content.length, 14);
    fields.writeUInt32LE(content.length, 18);
    fields.writeUInt16LE(name.length, 22);
    parts.push(Buffer.from('PK\u0003\u0004', 'latin1'), fields, Buffer.from(name), Buffer.from(content));
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(at, 10);
    directory.push(Buffer.from('PK\u0001\u0002\u0014\u0000', 'latin1'), fields, rest, Buffer.from(name));
    at += 30 + name.length + content.length;
  }
  const size = directory.reduce((sum, part) => sum + part.length, 0);
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 'latin1');
  end.writeUInt16LE(members.length, 8);
  end.writeUInt16LE(members.length, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...parts, ...directory, end]);
}

function crc32(bytes: Uint8Array): number {
  let crc = -1;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ -1) >>> 0;
}
