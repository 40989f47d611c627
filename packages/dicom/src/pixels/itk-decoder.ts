import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { InterfaceTypes, runPipelineNode } from 'itk-wasm';
import type { StoredPixels } from '../stored-frame.ts';
import { encapsulatedPart10 } from './encapsulated-part10.ts';
import type { PixelDescription } from './pixel-description.ts';

/**
 * The decoder of last resort: ITK with GDCM in WebAssembly, for 12-bit JPEG. It applies rescale and reads whole files
 * only, so it is given a file of one frame with nothing but the pixel module. Slow (some 50 ms a frame).
 * Throws RangeError when it does not decode the frame.
 */
export async function decodeWithItk(
  encoded: Uint8Array,
  transferSyntax: string,
  description: PixelDescription,
): Promise<StoredPixels> {
  const path = '/frame.dcm';
  const data = encapsulatedPart10(encoded, transferSyntax, description);
  const entry = createRequire(import.meta.url).resolve('@itk-wasm/dicom');
  const pipeline = join(dirname(entry), 'pipelines', 'read-image-dicom-file-series');
  const { returnValue, outputs } = await runPipelineNode(
    pipeline,
    ['0', '1', '--memory-io', '--input-images', path],
    [{ type: InterfaceTypes.Image }, { type: InterfaceTypes.JsonCompatible }],
    [{ type: InterfaceTypes.BinaryFile, data: { path, data } }],
  );
  const image = outputs[0]?.data as { data?: unknown } | undefined;
  const values = image?.data;
  if (returnValue !== 0 || !isStoredPixels(values))
    throw new RangeError('The decoder of last resort refused the frame');
  if (values.length !== description.rows * description.columns * description.samples)
    throw new RangeError('The decoder of last resort gave a picture of another size');
  return values;
}

const isStoredPixels = (value: unknown): value is StoredPixels =>
  ArrayBuffer.isView(value) && 'length' in value && !(value instanceof BigInt64Array);
