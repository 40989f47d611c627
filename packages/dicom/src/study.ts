import type { GreyImage } from './grey-image.ts';
import type { Header } from './header.ts';
import type { StoredFrame } from './stored-frame.ts';

/** Where the camera stands. `other` is a lateral or oblique view, of no use to a whole-body reading. */
export type FrameView = 'anterior' | 'posterior' | 'other';

/** What told the view: a code in the header, a private tag, a description, the file's name, or the picture itself. */
export type ViewOrigin = 'code' | 'private-tag' | 'description' | 'file-name' | 'layout' | 'classifier';

/** A named sequence of bytes that can be opened more than once. `name` appears in messages: a path, not a patient. */
export interface Source {
  readonly name: string;
  /** Bytes, if the lender knows; a source above the size limit is then refused without being opened. */
  readonly size?: number;
  open(): Promise<Uint8Array>;
}

/** One picture of an instance. Pixels are read and decoded when asked for, and not kept. */
export interface Frame {
  /** From 1, as DICOM counts. */
  readonly number: number;
  readonly rows: number;
  readonly columns: number;
  readonly view?: FrameView;
  readonly viewOrigin?: ViewOrigin;
  /** Energy window from 1, where the object tells it apart (NM). */
  readonly energyWindow?: number;
  /**
   * Values with a meaning: rescale applied, MONOCHROME1 turned so that larger is brighter, colour as luminance.
   * Throws DicomPixelError when the pixels cannot be decoded, or the source's own error when it cannot be opened.
   */
  decode(): Promise<GreyImage>;
  /** Values as stored, before rescale: for colour, and for comparing decoders. Throws as `decode` does. */
  decodeStored(): Promise<StoredFrame>;
}

/** One file: a DICOM object, or a picture that was exported from a viewer. */
export interface Instance {
  readonly uid: string;
  readonly sopClass: string;
  readonly transferSyntax: string;
  readonly number?: number;
  readonly source: Source;
  readonly kind: 'dicom' | 'picture';
  /** The attributes before the pixels. Empty for a picture. */
  readonly header: Header;
  readonly frames: readonly Frame[];
}

export interface Series {
  readonly uid: string;
  readonly modality: string;
  readonly description?: string;
  readonly number?: number;
  readonly instances: readonly Instance[];
}

/** What is known of the patient. Absent from pictures. After de-identification `id` is a keyed hash and `name` absent. */
export interface Patient {
  readonly id?: string;
  readonly name?: string;
  /** YYYYMMDD */
  readonly birthDate?: string;
  readonly sex?: string;
}

export interface Study {
  readonly uid: string;
  readonly patient: Patient;
  readonly accessionNumber?: string;
  /** YYYYMMDD */
  readonly date?: string;
  /** HHMMSS, with a fraction where the file has one. */
  readonly time?: string;
  readonly description?: string;
  /** For a picture: its file name without ending and view word. Reports can be matched to it, after a person agrees. */
  readonly fileStem?: string;
  readonly series: readonly Series[];
}

/** Every instance of a study, series by series. */
export const instancesOf = (study: Study): Instance[] => study.series.flatMap((series) => series.instances);

/** Every frame of a study, with its series and instance. */
export function framesOf(study: Study): { series: Series; instance: Instance; frame: Frame }[] {
  return study.series.flatMap((series) =>
    series.instances.flatMap((instance) => instance.frames.map((frame) => ({ series, instance, frame }))),
  );
}
