import type { StoredFrame, StoredPixels } from '../stored-frame.ts';
import { interleaved, rgbOfYbrFull } from './colour.ts';
import type { PixelDescription } from './pixel-description.ts';

/** Puts values of any decoder into the form of a StoredFrame: colour side by side and in RGB. */
export function storedFrame(description: PixelDescription, values: StoredPixels, planar: boolean): StoredFrame {
  const { rows, columns, samples, photometric } = description;
  if (samples === 1) {
    const known = photometric === 'MONOCHROME1' || photometric === 'PALETTE COLOR' ? photometric : 'MONOCHROME2';
    return { rows, columns, samples, photometric: known, pixels: values };
  }
  const unsigned = values as Uint8Array | Uint16Array | Uint32Array;
  const side = planar ? interleaved(unsigned) : unsigned;
  const rgb = photometric.startsWith('YBR_FULL') && side instanceof Uint8Array ? rgbOfYbrFull(side) : side;
  return { rows, columns, samples, photometric: 'RGB', pixels: rgb };
}
