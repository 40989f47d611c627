import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { DicomPixelError, DicomReadError } from '../errors.ts';
import { readInstance } from '../read-studies.ts';
import type { StoredPixels } from '../stored-frame.ts';
import { fileSource } from './folder-sources.ts';

const frameReference = z.union([
  z.object({ sha256: z.string() }),
  z.object({ step: z.number(), values: z.array(z.number()), mean: z.number() }),
]);
const fileReference = z.object({
  transferSyntax: z.string().optional(),
  modality: z.string().nullish(),
  photometric: z.string().nullish(),
  bits: z.number().nullish(),
  frames: z.number().optional(),
  rows: z.number().optional(),
  columns: z.number().optional(),
  samples: z.number().optional(),
  values: z.record(z.string(), frameReference).optional(),
  refused: z.string().optional(),
});

/** The form of fixtures/dicom-reference.json: what another decoder (pydicom with GDCM) makes of the public test files. */
export const dicomReference = z.object({ decoder: z.string(), files: z.record(z.string(), fileReference) });
export type DicomReference = z.infer<typeof dicomReference>;
export type FileReference = z.infer<typeof fileReference>;

export interface FileComparison {
  readonly path: string;
  readonly reference: FileReference;
  /** Decoded here, frame by frame. */
  readonly decoded: boolean;
  /** Largest difference of a value from the reference: 0 where the hashes are equal; undefined where they are not. */
  readonly difference?: number;
  /** Why the file is not the same, or not decoded. */
  readonly reason?: string;
}

/** Largest difference that two correct decoders may have: one step of rounding in lossy or YBR frames. */
export const allowedDifference = 1;

/** True when the values are those of the reference, up to the rounding that is allowed. */
export const isSame = (comparison: FileComparison): boolean =>
  comparison.difference !== undefined && comparison.difference <= allowedDifference;

/** Decodes one file of the reference (its path is below `folder`) and compares the values. */
export async function compareWithReference(
  folder: string,
  path: string,
  reference: FileReference,
): Promise<FileComparison> {
  try {
    const { instance } = await readInstance(fileSource(join(folder, path)));
    let difference: number | undefined = 0;
    const expected = Object.entries(reference.values ?? { 1: undefined });
    for (const [number, values] of expected) {
      const frame = instance.frames[Number(number) - 1];
      if (!frame) return { path, reference, decoded: false, reason: `frame ${number} is missing` };
      const { pixels } = await frame.decodeStored();
      if (!values || difference === undefined) continue;
      const here = frameDifference(pixels, values);
      difference = here === undefined ? undefined : Math.max(difference, here);
    }
    if (!reference.values) return { path, reference, decoded: true };
    return {
      path,
      reference,
      decoded: true,
      ...(difference === undefined ? { reason: 'other values' } : { difference }),
      ...(difference !== undefined && difference > allowedDifference
        ? { reason: `values differ by up to ${difference}` }
        : {}),
    };
  } catch (error) {
    if (!(error instanceof DicomReadError) && !(error instanceof DicomPixelError)) throw error;
    return { path, reference, decoded: false, reason: error.refusal.rule };
  }
}

function frameDifference(pixels: StoredPixels, reference: z.infer<typeof frameReference>): number | undefined {
  if ('sha256' in reference) return canonicalHash(pixels) === reference.sha256 ? 0 : undefined;
  const { step, values, mean } = reference;
  if (Math.ceil(pixels.length / step) !== values.length) return undefined;
  let largest = 0;
  for (const [index, value] of values.entries()) largest = Math.max(largest, Math.abs(value - pixels[index * step]!));
  let sum = 0;
  for (let index = 0; index < pixels.length; index++) sum += pixels[index]!;
  return Math.max(largest, Math.abs(Math.round((sum / pixels.length) * 1000) / 1000 - mean));
}

/** SHA-256 of the values as little-endian 32-bit integers, or as 64-bit floats. */
function canonicalHash(pixels: StoredPixels): string {
  const isFloat = pixels instanceof Float32Array || pixels instanceof Float64Array;
  const canonical = isFloat ? Float64Array.from(pixels) : Int32Array.from(pixels);
  return createHash('sha256').update(new Uint8Array(canonical.buffer)).digest('hex');
}
