import { createReadStream } from 'node:fs';
import { decodeText } from './decode-text.ts';

const pieceBytes = 1 << 20;
const longestLine = 8_000_000;

/**
 * The lines of a text file of any size, one after the other, so that memory does not grow with the file. The encoding
 * is told from the first megabyte. Throws a RangeError where the file is no text, holds a line above 8 million
 * characters, or leaves its encoding further on.
 */
export async function* linesOfFile(file: string): AsyncIterable<string> {
  let decoder: InstanceType<typeof TextDecoder> | undefined;
  let rest = '';
  for await (const piece of createReadStream(file, { highWaterMark: pieceBytes }) as AsyncIterable<Buffer>) {
    if (!decoder) {
      const { encoding } = decodeText(wholeLines(piece));
      decoder = new TextDecoder(encoding, { fatal: encoding === 'utf-8' });
    }
    const lines = (rest + decoded(decoder, piece)).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > longestLine) throw new RangeError(`a line is longer than ${longestLine} characters`);
    yield* lines;
  }
  if (rest !== '') yield rest;
}

/** Cut after the last line end, so that no character is cut in two; all of it where there is none. */
function wholeLines(piece: Buffer): Buffer {
  const end = piece.lastIndexOf(10);
  return end < 0 || piece.length < pieceBytes ? piece : piece.subarray(0, end + 1);
}

function decoded(decoder: InstanceType<typeof TextDecoder>, piece: Buffer): string {
  try {
    return decoder.decode(piece, { stream: true });
  } catch {
    throw new RangeError(`the file begins as ${decoder.encoding} and does not go on so`);
  }
}
