import { readDicomInstance } from './dicom-instance.ts';
import { DicomReadError, type Refusal } from './errors.ts';
import { isJpeg } from './pictures/jpeg.ts';
import { readPicture } from './pictures/picture-instance.ts';
import { isPng } from './pictures/png.ts';
import { defaultReadLimits, type ReadLimits } from './read-limits.ts';
import type { Instance, Source, Study } from './study.ts';
import { assembleStudies, type InstanceRecord } from './study-assembly.ts';

export type ReadEvent =
  | { readonly kind: 'instance'; readonly name: string; readonly instance: Instance; readonly studyUid: string }
  | ({ readonly kind: 'refused'; readonly name: string } & Refusal)
  /** After all sources: each study, whole. */
  | { readonly kind: 'study'; readonly study: Study };

export interface ReadOptions {
  readonly limits?: Partial<ReadLimits>;
  /** Modalities to take in; files of any other are refused. Every modality when left out. */
  readonly modalities?: readonly string[];
  /** Also take in objects without pixels (reports, plans); refused when left out. */
  readonly withoutPixels?: boolean;
  readonly signal?: AbortSignal;
}

/**
 * Reads DICOM files and pictures one after the other and puts them together into studies. A file that cannot be taken in
 * is an event with the rule that it breaks and the fix; it never stops the rest. The first of two files with the same
 * SOP Instance UID counts. Throws only the signal's reason when it is aborted.
 */
export async function* readStudies(
  sources: Iterable<Source> | AsyncIterable<Source>,
  options: ReadOptions = {},
): AsyncIterable<ReadEvent> {
  const limits = { ...defaultReadLimits, ...options.limits };
  const records: InstanceRecord[] = [];
  const seen = new Map<string, string>();
  for await (const source of sources) {
    options.signal?.throwIfAborted();
    const { name } = source;
    let record: InstanceRecord;
    try {
      record = await readInstance(source, limits);
    } catch (error) {
      if (!(error instanceof DicomReadError)) throw error;
      yield { kind: 'refused', name, ...error.refusal };
      continue;
    }
    const { instance } = record;
    const refusal = refusalOf(record, options, seen.get(instance.uid));
    if (refusal) {
      yield { kind: 'refused', name, ...refusal };
      continue;
    }
    seen.set(instance.uid, name);
    records.push(record);
    yield { kind: 'instance', name, instance, studyUid: record.study.uid };
  }
  for (const study of assembleStudies(records)) yield { kind: 'study', study };
}

/** Reads one source of any kind. Throws DicomReadError naming the rule that it breaks. */
export async function readInstance(source: Source, limits: ReadLimits = defaultReadLimits): Promise<InstanceRecord> {
  const tooLarge = (size: number): DicomReadError =>
    new DicomReadError(source.name, {
      code: 'too-large',
      rule: `The file has ${size} bytes, more than the limit of ${limits.fileBytes}`,
      fix: 'Raise the limit if the file is trusted, or leave it out',
    });
  if (source.size !== undefined && source.size > limits.fileBytes) throw tooLarge(source.size);
  const bytes = await opened(source);
  if (bytes.length > limits.fileBytes) throw tooLarge(bytes.length);
  if (bytes.length === 0)
    throw new DicomReadError(source.name, {
      code: 'empty',
      rule: 'The file is empty',
      fix: 'Copy it again from its origin',
    });
  if (isPng(bytes) || isJpeg(bytes)) return readPicture(source, bytes, limits);
  return readDicomInstance(source, bytes, limits);
}

async function opened(source: Source): Promise<Uint8Array> {
  try {
    return await source.open();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
    throw new DicomReadError(source.name, {
      code: 'unreadable',
      rule: `The file cannot be opened${code}`,
      fix: 'Check that it still exists and may be read',
    });
  }
}

function refusalOf(record: InstanceRecord, options: ReadOptions, twin: string | undefined): Refusal | undefined {
  const { instance, series } = record;
  if (twin !== undefined)
    return {
      code: 'duplicate',
      rule: `The same object (SOP Instance UID) was already read from ${twin}`,
      fix: 'Nothing to do: the first copy is used',
    };
  if (instance.frames.length === 0 && !options.withoutPixels)
    return {
      code: 'no-pixels',
      rule: `The object holds no picture (modality ${series.modality})`,
      fix: 'Leave it out; only objects with pixels are read as scans',
    };
  if (options.modalities && !options.modalities.includes(series.modality))
    return {
      code: 'modality',
      rule: `The modality is ${series.modality}, not ${options.modalities.join(' or ')}`,
      fix: 'Leave it out, or name its modality when importing',
    };
  return undefined;
}
