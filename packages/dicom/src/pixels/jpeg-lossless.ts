/** A picture decoded from lossless JPEG; samples of a pixel side by side. */
export interface LosslessPicture {
  readonly rows: number;
  readonly columns: number;
  readonly components: number;
  readonly precision: number;
  readonly values: Uint16Array;
}

/** Huffman table as a look-up by the next 16 bits: code length in the upper byte, category in the lower; 0 is no code. */
type HuffmanTable = Uint16Array;

interface Scan {
  readonly components: readonly { index: number; table: HuffmanTable }[];
  readonly predictor: number;
  readonly pointTransform: number;
}

/**
 * Decodes lossless JPEG with Huffman codes (ITU-T T.81 annex H, process 14): predictors 1 to 7, 2 to 16 bits, point
 * transform, restart intervals, one scan or one for each component. Throws RangeError when the stream is damaged, cut
 * off, subsampled or of another process.
 */
export function decodeJpegLossless(jpeg: Uint8Array): LosslessPicture {
  const tables = new Map<number, HuffmanTable>();
  let frame: { rows: number; columns: number; precision: number; ids: number[] } | undefined;
  let values = new Uint16Array(0);
  let restartInterval = 0;
  let scansLeft = Number.POSITIVE_INFINITY;
  let at = 2;
  while (scansLeft > 0) {
    if (at + 4 > jpeg.length) throw new RangeError('The JPEG stream is cut off');
    if (jpeg[at] !== 0xff || jpeg[at + 1] === 0xff || jpeg[at + 1] === 0) {
      at++;
      continue;
    }
    const marker = jpeg[at + 1]!;
    if (marker >= 0xd0 && marker <= 0xd9) {
      at += 2;
      continue;
    }
    const length = jpeg[at + 2]! * 256 + jpeg[at + 3]!;
    const segment = jpeg.subarray(at + 4, at + 2 + length);
    at += 2 + length;
    if (marker === 0xc4) readTables(segment, tables);
    else if (marker === 0xdd) restartInterval = segment[0]! * 256 + segment[1]!;
    else if (marker === 0xc3) {
      frame = readFrame(segment);
      values = new Uint16Array(frame.rows * frame.columns * frame.ids.length);
      scansLeft = frame.ids.length;
    } else if (marker === 0xda) {
      if (!frame) throw new RangeError('A scan stands before its frame');
      const scan = readScan(segment, frame.ids, tables);
      at = decodeScan(jpeg, at, scan, { ...frame, components: frame.ids.length, values }, restartInterval);
      scansLeft -= scan.components.length;
    }
  }
  if (!frame) throw new RangeError('The JPEG stream has no lossless frame');
  return { ...frame, components: frame.ids.length, values };
}

function readFrame(segment: Uint8Array): { rows: number; columns: number; precision: number; ids: number[] } {
  const [precision = 0, high = 0, low = 0, wideHigh = 0, wideLow = 0, count = 0] = segment;
  const ids: number[] = [];
  for (let index = 0; index < count; index++) {
    ids.push(segment[6 + index * 3]!);
    if (segment[7 + index * 3] !== 0x11) throw new RangeError('Subsampled lossless JPEG is not read');
  }
  const rows = high * 256 + low;
  const columns = wideHigh * 256 + wideLow;
  if (rows === 0 || columns === 0 || count === 0 || precision < 2 || precision > 16)
    throw new RangeError('The JPEG frame header is damaged');
  return { rows, columns, precision, ids };
}

function readTables(segment: Uint8Array, tables: Map<number, HuffmanTable>): void {
  let at = 0;
  while (at + 17 <= segment.length) {
    const slot = segment[at]! & 0x0f;
    const table = new Uint16Array(65_536);
    let symbol = at + 17;
    let code = 0;
    for (let length = 1; length <= 16; length++) {
      for (let count = segment[at + length]!; count > 0; count--) {
        const first = code << (16 - length);
        table.fill((length << 8) | segment[symbol++]!, first, first + (1 << (16 - length)));
        code++;
      }
      code <<= 1;
    }
    tables.set(slot, table);
    at = symbol;
  }
}

function readScan(segment: Uint8Array, ids: readonly number[], tables: Map<number, HuffmanTable>): Scan {
  const count = segment[0]!;
  const components = Array.from({ length: count }, (_, index) => {
    const table = tables.get(segment[2 + index * 2]! >> 4);
    const component = ids.indexOf(segment[1 + index * 2]!);
    if (!table || component < 0) throw new RangeError('A scan names a table or component that does not exist');
    return { index: component, table };
  });
  return { components, predictor: segment[1 + count * 2]!, pointTransform: segment[3 + count * 2]! & 0x0f };
}

/** Reads bits of the entropy-coded segment, dropping stuffed zeros; stops at a marker. */
class BitReader {
  private readonly bytes: Uint8Array;
  at: number;
  private bits = 0;
  private count = 0;
  /** Bits handed out beyond the end of the segment. */
  private missing = 0;
  constructor(bytes: Uint8Array, at: number) {
    this.bytes = bytes;
    this.at = at;
  }
  /** Fills up to at least 16 bits; beyond the end with zeros that must not be used up. */
  private fill(): void {
    while (this.count <= 16) {
      const byte = this.bytes[this.at];
      const ended = byte === undefined || (byte === 0xff && this.bytes[this.at + 1] !== 0);
      if (ended) this.missing += 8;
      else this.at += byte === 0xff ? 2 : 1;
      this.bits = ((this.bits << 8) | (ended ? 0 : byte)) & 0xffffff;
      this.count += 8;
    }
  }
  private drop(length: number): void {
    this.count -= length;
    if (this.missing > 0 && this.count < this.missing) throw new RangeError('The JPEG stream is cut off');
  }
  symbol(table: HuffmanTable): number {
    if (this.count < 16) this.fill();
    const entry = table[(this.bits >> (this.count - 16)) & 0xffff]!;
    if (entry === 0) throw new RangeError('The JPEG stream holds an unknown code');
    this.drop(entry >> 8);
    return entry & 0xff;
  }
  difference(category: number): number {
    if (category === 0) return 0;
    if (category === 16) return 32_768;
    if (this.count < category) this.fill();
    const value = (this.bits >> (this.count - category)) & ((1 << category) - 1);
    this.drop(category);
    return value < 1 << (category - 1) ? value - (1 << category) + 1 : value;
  }
  restart(): void {
    this.bits = 0;
    this.count = 0;
    this.missing = 0;
    while (this.at + 1 < this.bytes.length) {
      const marker = this.bytes[this.at + 1]!;
      if (this.bytes[this.at] === 0xff && marker >= 0xd0 && marker <= 0xd7) {
        this.at += 2;
        return;
      }
      this.at++;
    }
    throw new RangeError('A restart mark is missing');
  }
}

interface Target {
  readonly rows: number;
  readonly columns: number;
  readonly precision: number;
  readonly components: number;
  readonly values: Uint16Array;
}

function decodeScan(jpeg: Uint8Array, start: number, scan: Scan, target: Target, restartInterval: number): number {
  const { rows, columns, components: stride, values } = target;
  const reader = new BitReader(jpeg, start);
  const initial = 1 << (target.precision - scan.pointTransform - 1);
  let untilRestart = restartInterval;
  let firstRow = 0;
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      if (restartInterval > 0 && untilRestart-- === 0) {
        reader.restart();
        untilRestart = restartInterval - 1;
        firstRow = row;
      }
      const pixel = (row * columns + column) * stride;
      for (const { index, table } of scan.components) {
        const here = pixel + index;
        const difference = reader.difference(reader.symbol(table));
        let predicted: number;
        if (row === firstRow) predicted = column === 0 ? initial : values[here - stride]!;
        else if (column === 0) predicted = values[here - columns * stride]!;
        else
          predicted = prediction(
            scan.predictor,
            values[here - stride]!,
            values[here - columns * stride]!,
            values[here - (columns + 1) * stride]!,
          );
        values[here] = predicted + difference;
      }
    }
  if (scan.pointTransform > 0)
    for (const { index } of scan.components)
      for (let at = index; at < values.length; at += stride) values[at] = values[at]! << scan.pointTransform;
  return reader.at;
}

/** The predictors of table H.1, from the pixel to the left, above, and above to the left. */
function prediction(predictor: number, left: number, above: number, corner: number): number {
  switch (predictor) {
    case 1:
      return left;
    case 2:
      return above;
    case 3:
      return corner;
    case 4:
      return left + above - corner;
    case 5:
      return left + ((above - corner) >> 1);
    case 6:
      return above + ((left - corner) >> 1);
    case 7:
      return (left + above) >> 1;
    default:
      throw new RangeError(`Predictor ${predictor} is not one of lossless JPEG`);
  }
}
