import { element, fileMeta, joined, word } from './dataset/element-writer.ts';
import type { Source } from './study.ts';

/** What a test file differs in from a plain 16-bit picture of a bone scan, modality NM. */
export interface TestFile {
  readonly uid?: string;
  readonly studyUid?: string;
  readonly seriesUid?: string;
  readonly modality?: string;
  readonly rows?: number;
  readonly columns?: number;
  readonly frames?: number;
  readonly pixels?: Uint16Array;
  readonly photometric?: string;
  readonly syntax?: string;
  /** Further elements, in rising order of tags, before (0028,xxxx) and after (0020,xxxx). */
  readonly extra?: readonly Uint8Array[];
  readonly early?: readonly Uint8Array[];
}

/** A small DICOM file for tests, written element by element. */
export function dicomFile(file: TestFile = {}): Uint8Array {
  const { rows = 8, columns = 4, frames = 1 } = file;
  const pixels = file.pixels ?? Uint16Array.from({ length: rows * columns * frames }, (_, index) => index);
  const uid = file.uid ?? '1.2.3.4';
  return joined([
    fileMeta('1.2.840.10008.5.1.4.1.1.7', uid, file.syntax ?? '1.2.840.10008.1.2.1'),
    element('00080016', 'UI', '1.2.840.10008.5.1.4.1.1.7'),
    element('00080018', 'UI', uid),
    element('00080060', 'CS', file.modality ?? 'NM'),
    ...(file.early ?? []),
    element('00100010', 'PN', 'Secret^Name'),
    element('00100020', 'LO', 'ID-77'),
    element('0020000D', 'UI', file.studyUid ?? '1.2.3'),
    element('0020000E', 'UI', file.seriesUid ?? '1.2.3.1'),
    ...(file.extra ?? []),
    element('00280002', 'US', word(1, 2)),
    element('00280004', 'CS', file.photometric ?? 'MONOCHROME2'),
    element('00280008', 'IS', String(frames)),
    element('00280010', 'US', word(rows, 2)),
    element('00280011', 'US', word(columns, 2)),
    element('00280100', 'US', word(16, 2)),
    element('00280101', 'US', word(16, 2)),
    element('00280102', 'US', word(15, 2)),
    element('00280103', 'US', word(0, 2)),
    element('7FE00010', 'OW', new Uint8Array(pixels.buffer, pixels.byteOffset, pixels.byteLength)),
  ]);
}

/** Bytes as a source. */
export const sourceOf = (name: string, bytes: Uint8Array): Source => ({ name, open: async () => bytes });
