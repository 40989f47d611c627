import type { DataSet } from 'dicom-parser';
import dicomParser from 'dicom-parser';
import { DicomReadError } from '../errors.ts';
import type { Header } from '../header.ts';
import { InflateLimitError, inflateRaw } from './inflate.ts';
import { headerOfDataSet } from './parsed-header.ts';
import {
  deflatedLittleEndian,
  explicitBigEndian,
  explicitLittleEndian,
  implicitLittleEndian,
} from './transfer-syntax.ts';

/** The element that holds the pixels, and where its value lies in `bytes`. */
export interface PixelElement {
  readonly tag: '7FE00010' | '7FE00008' | '7FE00009';
  readonly offset: number;
  /** Bytes of the value; undefined for encapsulated pixels of undefined length. */
  readonly length: number | undefined;
}

/** A DICOM file taken apart: its attributes before the pixels, and where the pixels are. */
export interface Part10 {
  readonly header: Header;
  /** From the file meta header, or guessed from the first elements where there is none. */
  readonly transferSyntax: string;
  readonly bigEndian: boolean;
  readonly pixels?: PixelElement;
  /** The file's bytes; after inflation where the syntax is deflated. */
  readonly bytes: Uint8Array;
}

export interface Part10Limits {
  /** Bytes that a deflated data set may grow to. */
  readonly inflatedBytes: number;
}

/**
 * Takes a DICOM file apart. Also reads files that lack the preamble or the file meta header.
 * Throws DicomReadError naming what the file breaks.
 */
export async function readPart10(name: string, file: Uint8Array, limits: Part10Limits): Promise<Part10> {
  let bytes = withPreamble(file);
  const stated = statedSyntax(name, bytes);
  let transferSyntax = stated?.syntax ?? guessSyntax(bytes);
  if (transferSyntax === undefined)
    throw new DicomReadError(name, {
      code: 'not-an-image-file',
      rule: 'The file is neither DICOM (no "DICM" mark and no data elements at its start) nor a PNG or JPEG picture',
      fix: 'Leave it out, or export it again as DICOM, PNG or JPEG',
    });
  if (transferSyntax === deflatedLittleEndian && stated) {
    bytes = await inflated(name, bytes, stated.end, limits.inflatedBytes);
    transferSyntax = explicitLittleEndian;
  }
  const dataSet = parse(name, bytes, stated?.end ?? 0, encodingOf(bytes, stated?.end ?? 0, transferSyntax));
  const pixels = pixelElementOf(dataSet);
  const kept = pixels ? bytes.slice(0, pixels.offset) : bytes;
  return {
    header: headerOfDataSet(dataSet, kept),
    transferSyntax,
    bigEndian: transferSyntax === explicitBigEndian,
    bytes,
    ...(pixels ? { pixels } : {}),
  };
}

/** Some writers leave out the preamble and start with the file meta header; the parser needs both. */
function withPreamble(bytes: Uint8Array): Uint8Array {
  const startsWithMeta =
    bytes[0] === 2 && bytes[1] === 0 && bytes[3] === 0 && guessSyntax(bytes) === explicitLittleEndian;
  if (!startsWithMeta) return bytes;
  const whole = new Uint8Array(bytes.length + 132);
  whole.set([0x44, 0x49, 0x43, 0x4d], 128);
  whole.set(bytes, 132);
  return whole;
}

/** How the data set is really written: some writers state an explicit syntax and write implicit elements. */
function encodingOf(bytes: Uint8Array, start: number, stated: string): string {
  if (stated === explicitBigEndian) return stated;
  const found = guessSyntax(bytes.subarray(start));
  return found === implicitLittleEndian || found === explicitLittleEndian ? found : stated;
}

/** The transfer syntax of the file meta header and where that header ends, or undefined for a file without one. */
function statedSyntax(name: string, bytes: Uint8Array): { syntax: string; end: number } | undefined {
  if (bytes.length < 132 || String.fromCharCode(...bytes.subarray(128, 132)) !== 'DICM') return undefined;
  try {
    const meta = dicomParser.readPart10Header(bytes) as DataSet & { position: number };
    const syntax = meta.string('x00020010');
    return {
      syntax: syntax || (guessSyntax(bytes.subarray(meta.position)) ?? explicitLittleEndian),
      end: meta.position,
    };
  } catch (error) {
    throw brokenHeader(name, error);
  }
}

/** Tells the encoding from the first data element: a group that starts a data set, then a VR or a length. */
function guessSyntax(bytes: Uint8Array): string | undefined {
  if (bytes.length < 8) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const starts = (group: number): boolean => group >= 0x0002 && group <= 0x0020 && group % 2 === 0;
  const explicit = /^[A-Z]{2}$/.test(String.fromCharCode(bytes[4]!, bytes[5]!));
  if (explicit && starts(view.getUint16(0, true))) return explicitLittleEndian;
  if (explicit && starts(view.getUint16(0, false))) return explicitBigEndian;
  if (starts(view.getUint16(0, true)) && view.getUint32(4, true) <= Math.min(bytes.length - 8, 1024))
    return implicitLittleEndian;
  return undefined;
}

async function inflated(name: string, bytes: Uint8Array, start: number, limit: number): Promise<Uint8Array> {
  try {
    const rest = await inflateRaw(bytes.subarray(start), limit);
    const whole = new Uint8Array(start + rest.length);
    whole.set(bytes.subarray(0, start));
    whole.set(rest, start);
    return whole;
  } catch (error) {
    if (error instanceof InflateLimitError)
      throw new DicomReadError(name, {
        code: 'too-large',
        rule: `The deflated data set grows beyond the limit of ${limit} bytes`,
        fix: 'Raise the limit if the file is trusted, or export it uncompressed',
      });
    throw new DicomReadError(name, {
      code: 'truncated',
      rule: 'The deflated data set is cut off or damaged',
      fix: 'Copy the file again from its origin',
    });
  }
}

// dicom-parser reads the transfer syntax from the meta header itself; told otherwise for what was inflated or guessed,
// it must not see that header, so only the bytes behind it are parsed and the offsets are moved back.
function parse(name: string, bytes: Uint8Array, start: number, transferSyntax: string): DataSet {
  const parser =
    transferSyntax === explicitBigEndian
      ? dicomParser.bigEndianByteArrayParser
      : dicomParser.littleEndianByteArrayParser;
  const dataSet = { byteArray: bytes, byteArrayParser: parser, elements: {}, warnings: [] } as unknown as DataSet;
  const options = { untilTag: 'x7fe00010' };
  try {
    const stream = new dicomParser.ByteStream(parser, bytes, start);
    if (transferSyntax === implicitLittleEndian)
      dicomParser.parseDicomDataSetImplicit(dataSet, stream, bytes.length, options);
    else dicomParser.parseDicomDataSetExplicit(dataSet, stream, bytes.length, options);
  } catch (error) {
    throw brokenHeader(name, error);
  }
  return dataSet;
}

function pixelElementOf(dataSet: DataSet): PixelElement | undefined {
  for (const tag of ['7FE00010', '7FE00008', '7FE00009'] as const) {
    const element = dataSet.elements[`x${tag.toLowerCase()}`];
    if (!element || element.length === 0) continue;
    const undefinedLength = element.hadUndefinedLength || element.length === 0xffffffff;
    return { tag, offset: element.dataOffset, length: undefinedLength ? undefined : element.length };
  }
  return undefined;
}

// The parser's message may quote the file's bytes, so it is not passed on.
function brokenHeader(name: string, _cause: unknown): DicomReadError {
  return new DicomReadError(name, {
    code: 'broken-header',
    rule: 'The data elements cannot be read to the end: one of them claims more bytes than the file has',
    fix: 'Copy the file again from its origin; if it stays so, export it anew',
  });
}
