import { DicomReadError, PictureError } from '../errors.ts';
import type { GreyImage } from '../grey-image.ts';
import { emptyHeader } from '../header.ts';
import type { ReadLimits } from '../read-limits.ts';
import { stableUid } from '../stable-uid.ts';
import type { Frame, FrameView, Source, ViewOrigin } from '../study.ts';
import type { InstanceRecord } from '../study-assembly.ts';
import { namesBothViews, viewOfWords, withoutViewWord } from '../views/view-words.ts';
import { upright } from './inverted-greys.ts';
import { decodeJpeg, jpegSize } from './jpeg.ts';
import { decodePng, isPng, pngSize } from './png.ts';
import { cropped, splitViews } from './split-views.ts';

/** Secondary Capture Image Storage: what a picture is when it becomes DICOM. */
const secondaryCapture = '1.2.840.10008.5.1.4.1.1.7';

/**
 * Reads a PNG or JPEG as an instance of a study of modality NM without patient data. Two views in one picture become two
 * frames. Files of one folder whose names differ only in the view word ("7_ant.png", "7_post.png") share a study.
 * Throws DicomReadError.
 */
export async function readPicture(source: Source, bytes: Uint8Array, limits: ReadLimits): Promise<InstanceRecord> {
  const size = isPng(bytes) ? pngSize(bytes) : jpegSize(bytes);
  if (size && size.rows * size.columns > limits.picturePixels)
    throw new DicomReadError(source.name, {
      code: 'dimensions',
      rule: `The picture claims ${size.rows} × ${size.columns} pixels, more than the limit of ${limits.picturePixels}`,
      fix: 'Export it at its acquired size',
    });
  let image: GreyImage;
  try {
    image = upright(await decodePicture(bytes));
  } catch (error) {
    if (!(error instanceof PictureError)) throw error;
    throw new DicomReadError(source.name, {
      code: 'broken-picture',
      rule: error.rule,
      fix: 'Export it again as 8- or 16-bit PNG, or as 8-bit JPEG',
    });
  }
  const held = { image: new WeakRef(image) };
  const again = async (): Promise<GreyImage> => {
    const known = held.image.deref();
    if (known) return known;
    const decoded = upright(await decodePicture(await source.open()));
    held.image = new WeakRef(decoded);
    return decoded;
  };
  const stem = fileStem(source.name);
  const parts = splitViews(image);
  const named = parts.length === 1 && !namesBothViews(stem) ? viewOfWords(stem) : undefined;
  const frames = parts.map((part, index): Frame => {
    const view: { view?: FrameView; viewOrigin?: ViewOrigin } = named ? { view: named, viewOrigin: 'file-name' } : {};
    return {
      number: index + 1,
      rows: part.rows,
      columns: part.columns,
      ...view,
      decode: async () => cropped(await again(), part),
      decodeStored: async () => {
        const { rows, columns, pixels } = cropped(await again(), part);
        return { rows, columns, samples: 1, photometric: 'MONOCHROME2', pixels };
      },
    };
  });
  const uid = await stableUid(bytes);
  const fileStemOfStudy = named ? withoutViewWord(stem) : stem;
  const studyUid = named
    ? await stableUid(`study ${folderOf(source.name)}/${fileStemOfStudy}`)
    : await stableUid(`study ${uid}`);
  return {
    instance: {
      uid,
      sopClass: secondaryCapture,
      transferSyntax: '',
      source,
      kind: 'picture',
      header: emptyHeader,
      frames,
    },
    study: { uid: studyUid, patient: {}, fileStem: fileStemOfStudy || stem },
    series: { uid: await stableUid(`series ${studyUid}`), modality: 'NM' },
  };
}

/** A PNG or JPEG, told by its first bytes, as grey values. Throws PictureError. */
export const decodePicture = async (bytes: Uint8Array): Promise<GreyImage> =>
  isPng(bytes) ? decodePng(bytes) : decodeJpeg(bytes);

const fileStem = (name: string): string => (name.split(/[\\/]/).at(-1) ?? name).replace(/\.[a-z0-9]{1,5}$/i, '');
const folderOf = (name: string): string => name.split(/[\\/]/).slice(0, -1).join('/');
