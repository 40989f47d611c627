import { convertBytes } from 'dicom-character-set';
import type { DataSet, Element } from 'dicom-parser';
import type { Header } from '../header.ts';

const key = (tag: string): string => `x${tag.toLowerCase()}`;

/** VRs whose text follows the Specific Character Set; all others are plain ASCII. */
const characterSetVrs = new Set(['LO', 'LT', 'PN', 'SH', 'ST', 'UC', 'UT']);

/** Tags of such a VR that this package reads from implicit files, where the VR is not written. */
const implicitVrs: Record<string, string> = { x00100010: 'PN', x00081030: 'LO', x0008103e: 'LO', x00104000: 'LT' };

const binarySizes: Record<string, number> = { US: 2, SS: 2, UL: 4, SL: 4, FL: 4, FD: 8, AT: 4, UV: 8, SV: 8 };

/** VRs of the numeric tags that are read from implicit files. */
const implicitBinary: Record<string, string> = {
  x00280002: 'US',
  x00280006: 'US',
  x00280010: 'US',
  x00280011: 'US',
  x00280100: 'US',
  x00280101: 'US',
  x00280102: 'US',
  x00280103: 'US',
  x00281101: 'US',
  x00281102: 'US',
  x00281103: 'US',
  x00540010: 'US',
  x00540011: 'US',
  x00540020: 'US',
  x00540021: 'US',
};

/**
 * A header over a parsed data set. `bytes` holds the attributes at the offsets of the data set; pass a copy that ends
 * before the pixels so that a header does not keep a whole file in memory.
 */
export function headerOfDataSet(dataSet: DataSet, bytes: Uint8Array, inheritedCharacterSet?: string): Header {
  dataSet.byteArray = bytes;
  const ascii = (element: Element): string =>
    String.fromCharCode(...bytes.subarray(element.dataOffset, element.dataOffset + Math.min(element.length, 65_536)));
  const ownSet = dataSet.elements.x00080005;
  const characterSet = (ownSet && ascii(ownSet).replace(/[\0 ]+$/, '')) || inheritedCharacterSet;
  const present = (tag: string): Element | undefined => {
    const element = dataSet.elements[key(tag)];
    return element && element.length > 0 ? element : undefined;
  };
  const text = (tag: string): string | undefined => {
    const element = present(tag);
    if (!element || element.items) return undefined;
    const vr = element.vr ?? implicitVrs[element.tag] ?? 'LO';
    const value =
      characterSetVrs.has(vr) && characterSet
        ? decoded(bytes.subarray(element.dataOffset, element.dataOffset + element.length), characterSet, vr)
        : ascii(element);
    return value.replace(/[\0 ]+$/, '').replace(/^ +/, '') || undefined;
  };
  const texts = (tag: string): string[] =>
    text(tag)
      ?.split('\\')
      .map((value) => value.trim()) ?? [];
  const numbers = (tag: string): number[] => {
    const element = present(tag);
    if (!element) return [];
    const vr = element.vr && element.vr !== 'UN' ? element.vr : (implicitBinary[element.tag] ?? element.vr);
    const size = vr ? binarySizes[vr] : undefined;
    if (!vr || !size) return texts(tag).map(Number).filter(Number.isFinite);
    const littleEndian = element.parser !== undefined || isLittleEndian(dataSet);
    const view = new DataView(bytes.buffer, bytes.byteOffset + element.dataOffset, element.length);
    return Array.from({ length: Math.floor(element.length / size) }, (_, index) =>
      binaryNumber(view, index * size, vr, littleEndian),
    );
  };
  return {
    text,
    texts,
    numbers,
    number: (tag) => numbers(tag)[0],
    bytes: (tag) => {
      const element = present(tag);
      return element ? bytes.subarray(element.dataOffset, element.dataOffset + element.length) : undefined;
    },
    items: (tag) =>
      (dataSet.elements[key(tag)]?.items ?? []).flatMap((item) =>
        item.dataSet ? [headerOfDataSet(item.dataSet, bytes, characterSet)] : [],
      ),
    tags: () => Object.keys(dataSet.elements).map((name) => name.slice(1).toUpperCase()),
  };
}

const isLittleEndian = (dataSet: DataSet): boolean => dataSet.byteArrayParser.readUint16(Uint8Array.of(1, 0), 0) === 1;

// An unknown or malformed character set must not lose the file, only the accents.
function decoded(bytes: Uint8Array, characterSet: string, vr: string): string {
  try {
    return convertBytes(characterSet, bytes, { vr });
  } catch {
    return new TextDecoder('utf-8').decode(bytes);
  }
}

function binaryNumber(view: DataView, at: number, vr: string, littleEndian: boolean): number {
  switch (vr) {
    case 'SS':
      return view.getInt16(at, littleEndian);
    case 'UL':
    case 'AT':
      return view.getUint32(at, littleEndian);
    case 'SL':
      return view.getInt32(at, littleEndian);
    case 'FL':
      return view.getFloat32(at, littleEndian);
    case 'FD':
      return view.getFloat64(at, littleEndian);
    case 'UV':
      return Number(view.getBigUint64(at, littleEndian));
    case 'SV':
      return Number(view.getBigInt64(at, littleEndian));
    default:
      return view.getUint16(at, littleEndian);
  }
}
