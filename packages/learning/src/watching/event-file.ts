import crc32c from 'crc-32/crc32c.js';
import protobuf from 'protobufjs/minimal.js';

/** What one event holds. */
export type EventContent =
  /** The first event of every file. */
  | { readonly kind: 'version' }
  /** The process begins, or begins again: readers drop what an earlier file holds from this step on. */
  | { readonly kind: 'start' }
  | { readonly kind: 'scalars'; readonly values: Readonly<Record<string, number>> }
  /** Shown as Markdown. */
  | { readonly kind: 'text'; readonly tag: string; readonly text: string }
  | {
      readonly kind: 'image';
      readonly tag: string;
      readonly rows: number;
      readonly columns: number;
      readonly png: Uint8Array;
    };

export interface RunEvent {
  /** Seconds since 1970. */
  readonly wallTime: number;
  readonly step: number;
  readonly content: EventContent;
}

/** The name of a TensorBoard event file: readers take any that holds "tfevents", and files of a folder in name order. */
export const eventFileName = (wallTime: number): string =>
  `events.out.tfevents.${String(Math.floor(wallTime)).padStart(10, '0')}.radiolect`;

/**
 * Events as records of a TensorBoard event file: TFRecord framing (length, its checksum, data, its checksum, all little
 * endian) around `tensorflow.Event` messages. Records are only ever appended, so these bytes go to the end of the file.
 */
export function encodeEvents(events: readonly RunEvent[]): Uint8Array {
  const records = events.map((event) => record(message(event)));
  const bytes = new Uint8Array(records.reduce((sum, one) => sum + one.length, 0));
  let at = 0;
  for (const one of records) {
    bytes.set(one, at);
    at += one.length;
  }
  return bytes;
}

function record(data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(data.length + 16);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(data.length), true);
  view.setUint32(8, maskedChecksum(bytes.subarray(0, 8)), true);
  bytes.set(data, 12);
  view.setUint32(12 + data.length, maskedChecksum(data), true);
  return bytes;
}

/** CRC-32C (Castagnoli), rotated and shifted as TFRecord asks, so that the checksum of a checksum is no special case. */
export function maskedChecksum(bytes: Uint8Array): number {
  const checksum = crc32c.buf(bytes) >>> 0;
  return (((checksum >>> 15) | (checksum << 17)) + 0xa282ead8) >>> 0;
}

// Field numbers of event.proto, summary.proto and tensor.proto (TensorFlow).
const wire = { varint: 0, fixed64: 1, bytes: 2, fixed32: 5 } as const;
const eventField = { wallTime: 1, step: 2, version: 3, summary: 5, session: 7 } as const;
const valueField = { tag: 1, simple: 2, image: 4, tensor: 8, metadata: 9 } as const;
const stringType = 7;

type Writer = protobuf.Writer;
const key = (writer: Writer, field: number, type: keyof typeof wire): Writer =>
  writer.uint32((field << 3) | wire[type]);
const nested = (writer: Writer, field: number, write: (inner: Writer) => void): Writer => {
  key(writer, field, 'bytes').fork();
  write(writer);
  return writer.ldelim();
};

function message({ wallTime, step, content }: RunEvent): Uint8Array {
  const writer = protobuf.Writer.create();
  key(writer, eventField.wallTime, 'fixed64').double(wallTime);
  key(writer, eventField.step, 'varint').int64(step);
  if (content.kind === 'version') key(writer, eventField.version, 'bytes').string('brain.Event:2');
  else if (content.kind === 'start') nested(writer, eventField.session, (log) => key(log, 1, 'varint').int32(1));
  else nested(writer, eventField.summary, (summary) => writeSummary(summary, content));
  return writer.finish();
}

function writeSummary(summary: Writer, content: Extract<EventContent, { kind: 'scalars' | 'text' | 'image' }>): void {
  const value = (tag: string, write: (inner: Writer) => void): void => {
    nested(summary, 1, (inner) => {
      key(inner, valueField.tag, 'bytes').string(tag);
      write(inner);
    });
  };
  if (content.kind === 'scalars')
    for (const [tag, number] of Object.entries(content.values))
      value(tag, (inner) => key(inner, valueField.simple, 'fixed32').float(number));
  else if (content.kind === 'text')
    value(content.tag, (inner) => {
      nested(inner, valueField.tensor, (tensor) => {
        key(tensor, 1, 'varint').int32(stringType);
        nested(tensor, 2, (shape) => nested(shape, 2, (side) => key(side, 1, 'varint').int64(1)));
        key(tensor, 8, 'bytes').string(content.text);
      });
      nested(inner, valueField.metadata, (metadata) =>
        nested(metadata, 1, (plugin) => key(plugin, 1, 'bytes').string('text')),
      );
    });
  else
    value(content.tag, (inner) =>
      nested(inner, valueField.image, (image) => {
        key(image, 1, 'varint').int32(content.rows);
        key(image, 2, 'varint').int32(content.columns);
        key(image, 3, 'varint').int32(3);
        key(image, 4, 'bytes').bytes(content.png);
      }),
    );
}
