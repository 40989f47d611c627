import { encodeColourPng } from '@radiolect/dicom';
import type { CaseView } from './run-watcher.ts';

/** Share of the pixels that are drawn black: one hot bladder must not make the rest white. */
const black = 0.005;

/** A view as scans are read, more counts blacker, and over it in orange what spoke for the site. A PNG. */
export function casePicture({ rows, columns, pixels, heat }: CaseView): Uint8Array {
  const bright = pixels.filter((value) => value > 0).sort();
  const top = bright[Math.min(Math.floor(bright.length * (1 - black)), bright.length - 1)] ?? 1;
  let hottest = 0;
  for (const value of heat ?? []) if (value > hottest) hottest = value;
  const rgb = new Uint8Array(3 * rows * columns);
  for (let index = 0; index < pixels.length; index++) {
    const grey = 255 * (1 - Math.min(Math.max(pixels[index]! / top, 0), 1));
    const share = heat && hottest > 0 ? Math.max(heat[index]!, 0) / hottest : 0;
    // Faint heat is noise: it fades in from a tenth.
    const opacity = 0.75 * Math.min(Math.max((share - 0.1) / 0.5, 0), 1);
    const [red, green, blue] = [255, 90 + 110 * share, 0];
    rgb[3 * index] = red * opacity + grey * (1 - opacity);
    rgb[3 * index + 1] = green * opacity + grey * (1 - opacity);
    rgb[3 * index + 2] = blue * opacity + grey * (1 - opacity);
  }
  return encodeColourPng(rows, columns, rgb);
}
