import type { RandomStream } from '../random-stream.ts';

/** A UID under the root of UUIDs (PS3.5 B.2): 2.25 and a version 8 UUID, which holds bits of our own, as a number. */
export function randomUid(random: RandomStream): string {
  const words = Array.from({ length: 4 }, () => BigInt(random.integer(0, 0xffffffff)));
  const bits = words.reduce((all, word) => (all << 32n) | word, 0n);
  const version = (bits & ~(0xfn << 76n)) | (0x8n << 76n);
  return `2.25.${(version & ~(0x3n << 62n)) | (0x2n << 62n)}`;
}
