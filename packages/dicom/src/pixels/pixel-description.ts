import { DicomReadError } from '../errors.ts';
import type { Header } from '../header.ts';

/** The Image Pixel module of one object: how its stored values are laid out. */
export interface PixelDescription {
  readonly rows: number;
  readonly columns: number;
  readonly frames: number;
  readonly samples: 1 | 3;
  readonly photometric: string;
  readonly bitsAllocated: 1 | 8 | 16 | 32 | 64;
  readonly bitsStored: number;
  readonly highBit: number;
  readonly signed: boolean;
  /** Colour planes one after the other (Planar Configuration 1). */
  readonly planar: boolean;
  /** Float or Double Float Pixel Data. */
  readonly float: boolean;
}

/** Pixels that one frame may have; a larger claim is a damaged header. */
const largestFrame = 2 ** 28;

/** Reads the Image Pixel module. Throws DicomReadError where it is incomplete or impossible. */
export function pixelDescription(name: string, header: Header, float: boolean): PixelDescription {
  const rows = header.number('00280010') ?? 0;
  const columns = header.number('00280011') ?? 0;
  const frames = header.number('00280008') ?? 1;
  const samples = header.number('00280002') ?? 1;
  const bitsAllocated = header.number('00280100') ?? 0;
  const bitsStored = header.number('00280101') ?? bitsAllocated;
  if (rows < 1 || columns < 1 || frames < 1 || rows * columns > largestFrame)
    throw dimensionError(name, `claims ${frames} frames of ${rows} × ${columns} pixels`);
  if (samples !== 1 && samples !== 3) throw dimensionError(name, `claims ${samples} samples per pixel, not 1 or 3`);
  if (![1, 8, 16, 32, 64].includes(bitsAllocated) || bitsStored < 1 || bitsStored > bitsAllocated)
    throw dimensionError(name, `claims ${bitsStored} of ${bitsAllocated} bits per sample`);
  return {
    rows,
    columns,
    frames,
    samples,
    photometric: header.text('00280004') ?? (samples === 3 ? 'RGB' : 'MONOCHROME2'),
    bitsAllocated: bitsAllocated as PixelDescription['bitsAllocated'],
    bitsStored,
    highBit: header.number('00280102') ?? bitsStored - 1,
    signed: header.number('00280103') === 1,
    planar: samples === 3 && header.number('00280006') === 1,
    float,
  };
}

/** Bits that one frame takes in plain pixel data; YBR_FULL_422 shares its colour between two pixels. */
export const plainFrameBits = (description: PixelDescription): number =>
  description.rows *
  description.columns *
  (description.photometric === 'YBR_FULL_422' ? 2 : description.samples) *
  description.bitsAllocated;

const dimensionError = (name: string, claim: string): DicomReadError =>
  new DicomReadError(name, {
    code: 'dimensions',
    rule: `The header ${claim}`,
    fix: 'Export the file again from its origin; the header is damaged',
  });
