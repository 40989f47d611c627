import type { Correspondence, Stored } from './correspondence.ts';
import { transposed } from './correspondence.ts';

/**
 * The kernel of a patch embedding: ours is (channels · side², width), theirs (width, channels, side, side). Where
 * `adapts`, theirs may have another number of channels: for one channel they are summed, which is what grey values
 * repeated over the channels would have given; for more they are repeated in turn and scaled to the same sum (as timm).
 */
export function patchKernel(
  ours: string,
  theirs: string,
  { channels, patch }: { readonly channels: number; readonly patch: number },
  width: number,
  adapts: boolean,
): Correspondence {
  const pixels = patch * patch;
  return {
    ours: [{ name: ours, shape: [channels * pixels, width] }],
    theirs: [{ name: theirs, shape: [width, adapts ? null : channels, patch, patch] }],
    read: ([stored]) => [transposed(withChannels(stored!, channels), width, channels * pixels)],
    write: ([data]) => [{ shape: [width, channels, patch, patch], data: transposed(data!, channels * pixels, width) }],
  };
}

/** (width, any channels, side, side) → (width, channels, side, side). */
function withChannels({ shape, data }: Stored, channels: number): Float32Array {
  const [width, given, rows, columns] = shape as [number, number, number, number];
  if (given === channels) return data;
  const pixels = rows * columns;
  const made = new Float32Array(width * channels * pixels);
  for (let output = 0; output < width; output++)
    for (let pixel = 0; pixel < pixels; pixel++) {
      const of = (channel: number): number => data[(output * given + channel) * pixels + pixel]!;
      const sum = Array.from({ length: given }, (_, channel) => of(channel)).reduce((a, b) => a + b, 0);
      for (let channel = 0; channel < channels; channel++)
        made[(output * channels + channel) * pixels + pixel] =
          channels === 1 ? sum : (of(channel % given) * given) / channels;
    }
  return made;
}
