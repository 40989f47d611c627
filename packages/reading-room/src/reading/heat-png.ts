import { crc32, deflateSync } from 'node:zlib';
import type { GreyImage } from '@radiolect/dicom';
import type { Point } from '@radiolect/findings';
import { pictureFigures, toCounts } from '../study/picture-figures.ts';

/** Values of 0 to 1 as a PNG from clear over orange to yellow, to lay over a picture. */
export function heatPng(heat: Float32Array, rows: number, columns: number): Uint8Array {
  return png(rows, columns, (index) => {
    const [red, green, blue, opacity] = colourOf(heat[index]!);
    return [red, green, blue, Math.round(255 * opacity)];
  });
}

/**
 * The same over its picture, which is drawn as scans are read: more counts are blacker, windowed inside the body. Outlines,
 * in pixels of the picture, are drawn in blue.
 */
export function heatOverPicturePng(
  heat: Float32Array,
  picture: GreyImage,
  outlines: readonly (readonly Point[])[] = [],
): Uint8Array {
  const drawn = pixelsOfOutlines(outlines, picture.rows, picture.columns);
  const counts = toCounts(picture);
  const { upper } = pictureFigures(counts).window;
  return png(picture.rows, picture.columns, (index) => {
    if (drawn.has(index)) return [0, 90, 255, 255];
    const grey = 255 * (1 - Math.min(1, counts[index]! / upper));
    const [red, green, blue, opacity] = colourOf(heat[index]!);
    const mixed = (colour: number): number => Math.round(colour * opacity + grey * (1 - opacity));
    return [mixed(red), mixed(green), mixed(blue), 255];
  });
}

/** The pixels that the sides of closed outlines pass. */
function pixelsOfOutlines(outlines: readonly (readonly Point[])[], rows: number, columns: number): Set<number> {
  const passed = new Set<number>();
  for (const outline of outlines)
    outline.forEach(([x, y], index) => {
      const [toX, toY] = outline[(index + 1) % outline.length]!;
      const steps = Math.max(1, Math.ceil(2 * Math.hypot(toX - x, toY - y)));
      for (let step = 0; step < steps; step++) {
        const column = Math.floor(x + ((toX - x) * step) / steps);
        const row = Math.floor(y + ((toY - y) * step) / steps);
        if (row >= 0 && column >= 0 && row < rows && column < columns) passed.add(row * columns + column);
      }
    });
  return passed;
}

/** Colour and opacity (0 to 1). Faint heat is noise: it fades in from a twentieth. */
const colourOf = (heat: number): [red: number, green: number, blue: number, opacity: number] => [
  255,
  60 + 160 * heat,
  0,
  0.8 * Math.max(0, Math.min(1, (heat - 0.05) / 0.6)),
];

/** An RGBA picture of 8 bits as PNG (PNG specification 11.2), each row unfiltered. */
function png(rows: number, columns: number, pixel: (index: number) => readonly number[]): Uint8Array {
  const lines = new Uint8Array(rows * (1 + columns * 4));
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      lines.set(pixel(row * columns + column), row * (1 + columns * 4) + 1 + column * 4);
  const header = new DataView(new ArrayBuffer(13));
  header.setUint32(0, columns);
  header.setUint32(4, rows);
  header.setUint8(8, 8);
  header.setUint8(9, 6);
  const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
  const chunks = [
    chunk('IHDR', new Uint8Array(header.buffer)),
    chunk('IDAT', deflateSync(lines)),
    chunk('IEND', new Uint8Array(0)),
  ];
  return new Uint8Array(Buffer.concat([signature, ...chunks]));
}

/** One PNG chunk: length, type, data, and the checksum of type and data (PNG specification 5.3). */
function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, checksum]);
}
