import { type Part10, readPart10 } from './dataset/part10.ts';
import { pixelPackingOf } from './dataset/transfer-syntax.ts';
import { DicomReadError } from './errors.ts';
import { decodeStoredFrame } from './pixels/decode-stored.ts';
import { greyOfStored } from './pixels/grey-of-stored.ts';
import { type PixelDescription, pixelDescription, plainFrameBits } from './pixels/pixel-description.ts';
import type { ReadLimits } from './read-limits.ts';
import { stableUid } from './stable-uid.ts';
import type { Frame, Instance, Source } from './study.ts';
import type { InstanceRecord } from './study-assembly.ts';
import { energyWindowOf, viewOfHeader } from './views/view-of-header.ts';

/**
 * Reads one DICOM file: its header now, its pixels when a frame is decoded. Throws DicomReadError naming the rule that
 * the file breaks. An object without pixels (a report, a plan) gives an instance without frames.
 */
export async function readDicomInstance(
  source: Source,
  bytes: Uint8Array,
  limits: ReadLimits,
): Promise<InstanceRecord> {
  const file = await readPart10(source.name, bytes, limits);
  const { header } = file;
  const missing = async (level: string): Promise<string> => stableUid(`${level} ${await stableUid(bytes)}`);
  const description = file.pixels ? describe(source.name, file) : undefined;
  const number = header.number('00200013');
  const instance: Instance = {
    uid: header.text('00080018') ?? (await missing('instance')),
    sopClass: header.text('00080016') ?? '',
    transferSyntax: file.transferSyntax,
    ...(number === undefined ? {} : { number }),
    source,
    kind: 'dicom',
    header,
    frames: description ? framesOfFile(source, file, description, limits) : [],
  };
  const seriesNumber = header.number('00200011');
  return {
    instance,
    study: {
      uid: header.text('0020000D') ?? (await missing('study')),
      patient: defined({
        id: header.text('00100020'),
        name: header.text('00100010'),
        birthDate: header.text('00100030'),
        sex: header.text('00100040'),
      }),
      ...defined({
        accessionNumber: header.text('00080050'),
        date: dateOf(header.text('00080020')),
        time: header.text('00080030'),
        description: header.text('00081030'),
      }),
    },
    series: {
      uid: header.text('0020000E') ?? (await missing('series')),
      modality: header.text('00080060') ?? 'OT',
      ...defined({ description: header.text('0008103E') }),
      ...(seriesNumber === undefined ? {} : { number: seriesNumber }),
    },
  };
}

/** Reads the pixel module and checks that the pixels that it claims are there. */
function describe(name: string, file: Part10): PixelDescription {
  const { pixels } = file;
  const description = pixelDescription(name, file.header, pixels?.tag !== '7FE00010');
  const there = file.bytes.length - (pixels?.offset ?? 0);
  const plain = pixels?.length !== undefined;
  const packing = pixelPackingOf(file.transferSyntax);
  const needed = Math.ceil((plainFrameBits(description) * (plain ? description.frames : 0)) / 8);
  if (plain && packing === 'plain' && needed > there)
    throw new DicomReadError(name, {
      code: 'truncated',
      rule: `The header claims ${needed} bytes of pixels, the file has ${there}`,
      fix: 'Copy the file again from its origin; if it stays so, export it anew',
    });
  // Each compressed frame takes an item header of eight bytes and at least one byte.
  if (!plain && there < 16 + description.frames)
    throw new DicomReadError(name, {
      code: 'truncated',
      rule: 'The file ends before the compressed frames that its header claims',
      fix: 'Copy the file again from its origin',
    });
  return description;
}

function framesOfFile(source: Source, first: Part10, description: PixelDescription, limits: ReadLimits): Frame[] {
  const { header } = first;
  // The bytes are held weakly: frames decoded one after the other share one reading, an idle study holds no pixels.
  let held: WeakRef<Part10> | undefined = new WeakRef(first);
  const file = async (): Promise<Part10> => {
    const known = held?.deref();
    if (known) return known;
    const again = await readPart10(source.name, await source.open(), limits);
    held = new WeakRef(again);
    return again;
  };
  return Array.from({ length: description.frames }, (_, index): Frame => {
    const told = viewOfHeader(header, index, description.frames);
    const energyWindow = energyWindowOf(header, index);
    const decodeStored = async () => decodeStoredFrame(source.name, await file(), description, index);
    return {
      number: index + 1,
      rows: description.rows,
      columns: description.columns,
      ...(told ? { view: told.view, viewOrigin: told.origin } : {}),
      ...(energyWindow === undefined ? {} : { energyWindow }),
      decodeStored,
      decode: async () => greyOfStored(await decodeStored(), header, index),
    };
  });
}

/** YYYYMMDD from the forms that old files write ("1997.04.24"); undefined when it is no date. */
function dateOf(text: string | undefined): string | undefined {
  const digits = text?.replace(/[.\-/]/g, '');
  return digits && /^\d{8}$/.test(digits) ? digits : undefined;
}

/** Leaves out the keys without a value, as exact optional properties ask. */
function defined<T extends Record<string, string | undefined>>(values: T): { [K in keyof T]?: string } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: string;
  };
}
