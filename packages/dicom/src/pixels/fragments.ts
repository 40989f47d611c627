/** The encapsulated pixel data cannot be taken apart. The message holds no file content. */
export class FragmentError extends Error {
  constructor(problem: string) {
    super(problem);
    this.name = 'FragmentError';
  }
}

interface Fragment {
  /** Offset from the first byte of the first fragment's item, as offset tables count. */
  readonly at: number;
  readonly bytes: Uint8Array;
}

const itemTag = 0xe000fffe;
const sequenceEnd = 0xe0ddfffe;

/** The fragments of encapsulated pixel data whose value starts at `offset`; a missing end mark is forgiven. */
export function readFragments(bytes: Uint8Array, offset: number): { table: number[]; fragments: Fragment[] } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const items: { start: number; bytes: Uint8Array }[] = [];
  let at = offset;
  while (at + 8 <= bytes.length) {
    const tag = view.getUint32(at, true);
    if (tag === sequenceEnd) break;
    if (tag !== itemTag) {
      if (items.length > 1) break;
      throw new FragmentError('The encapsulated pixels do not start with an item');
    }
    const length = view.getUint32(at + 4, true);
    items.push({ start: at, bytes: bytes.subarray(at + 8, Math.min(at + 8 + length, bytes.length)) });
    at += 8 + length;
  }
  const [tableItem, ...rest] = items;
  if (!tableItem || rest.length === 0) throw new FragmentError('The encapsulated pixels hold no fragment');
  const first = rest[0]!.start;
  const tableView = new DataView(tableItem.bytes.buffer, tableItem.bytes.byteOffset, tableItem.bytes.byteLength);
  const table = Array.from({ length: Math.floor(tableItem.bytes.length / 4) }, (_, i) =>
    tableView.getUint32(i * 4, true),
  );
  return { table, fragments: rest.map(({ start, bytes: part }) => ({ at: start - first, bytes: part })) };
}

/** The encoded bytes of frame `index` (from 0) of `frames`, put together from its fragments. */
export function encapsulatedFrame(bytes: Uint8Array, offset: number, frames: number, index: number): Uint8Array {
  const { table, fragments } = readFragments(bytes, offset);
  if (frames === 1) return joined(fragments);
  if (fragments.length === frames) return fragments[index]!.bytes;
  const starts = table.length === frames ? table : startsByMarker(fragments);
  const from = starts[index];
  if (starts.length !== frames || from === undefined)
    throw new FragmentError(`${fragments.length} fragments cannot be told apart into ${frames} frames`);
  const to = starts[index + 1] ?? Number.POSITIVE_INFINITY;
  return joined(fragments.filter((fragment) => fragment.at >= from && fragment.at < to));
}

// Without an offset table a frame starts where a fragment starts with a start mark (JPEG, JPEG-LS: FFD8; JPEG 2000: FF4F).
const startsByMarker = (fragments: readonly Fragment[]): number[] =>
  fragments
    .filter(({ bytes }) => bytes[0] === 0xff && (bytes[1] === 0xd8 || bytes[1] === 0x4f))
    .map((fragment) => fragment.at);

function joined(fragments: readonly Fragment[]): Uint8Array {
  if (fragments.length === 1) return fragments[0]!.bytes;
  const whole = new Uint8Array(fragments.reduce((sum, fragment) => sum + fragment.bytes.length, 0));
  let at = 0;
  for (const { bytes } of fragments) {
    whole.set(bytes, at);
    at += bytes.length;
  }
  return whole;
}
