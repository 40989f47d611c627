import { ascii, element, fileMeta, joined, tagBytes, word } from '../dataset/element-writer.ts';
import type { PixelDescription } from './pixel-description.ts';

/** A DICOM file (explicit little endian attributes) with one compressed frame and only what a decoder needs to know. */
export function encapsulatedPart10(
  encoded: Uint8Array,
  transferSyntax: string,
  description: PixelDescription,
): Uint8Array {
  const secondaryCapture = '1.2.840.10008.5.1.4.1.1.7';
  const padded = encoded.length % 2 === 0 ? encoded : joined([encoded, Uint8Array.of(0)]);
  const { rows, columns, samples, bitsAllocated, bitsStored, highBit, signed, photometric } = description;
  return joined([
    fileMeta(secondaryCapture, '2.25.1', transferSyntax),
    element('00080016', 'UI', secondaryCapture),
    element('00080018', 'UI', '2.25.1'),
    element('00080060', 'CS', 'OT'),
    element('0020000D', 'UI', '2.25.2'),
    element('0020000E', 'UI', '2.25.3'),
    element('00280002', 'US', word(samples, 2)),
    element('00280004', 'CS', photometric),
    element('00280010', 'US', word(rows, 2)),
    element('00280011', 'US', word(columns, 2)),
    element('00280100', 'US', word(bitsAllocated, 2)),
    element('00280101', 'US', word(bitsStored, 2)),
    element('00280102', 'US', word(highBit, 2)),
    element('00280103', 'US', word(signed ? 1 : 0, 2)),
    joined([tagBytes('7FE00010'), ascii('OB'), word(0, 2), word(0xffffffff, 4)]),
    joined([tagBytes('FFFEE000'), word(0, 4)]),
    joined([tagBytes('FFFEE000'), word(padded.length, 4), padded]),
    joined([tagBytes('FFFEE0DD'), word(0, 4)]),
  ]);
}
