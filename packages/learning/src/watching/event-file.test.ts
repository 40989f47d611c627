import protobuf from 'protobufjs';
import { expect, test } from 'vitest';
import { encodeEvents, eventFileName, maskedChecksum } from './event-file.ts';

// Read back by a reader that shares nothing with the writer: the messages are decoded from TensorFlow's own definitions,
// the checksum is computed bit by bit.

const { root } = protobuf.parse(`
  syntax = "proto3";
  message Event { double wall_time = 1; int64 step = 2; oneof what { string file_version = 3; Summary summary = 5; SessionLog session_log = 7; } }
  message SessionLog { enum Status { STATUS_UNSPECIFIED = 0; START = 1; } Status status = 1; }
  message Summary { repeated Value value = 1;
    message Image { int32 height = 1; int32 width = 2; int32 colorspace = 3; bytes encoded_image_string = 4; }
    message Value { string tag = 1; oneof value { float simple_value = 2; Image image = 4; Tensor tensor = 8; } Metadata metadata = 9; } }
  message Tensor { int32 dtype = 1; Shape tensor_shape = 2; repeated bytes string_val = 8; }
  message Shape { repeated Dim dim = 2; message Dim { int64 size = 1; } }
  message Metadata { Plugin plugin_data = 1; message Plugin { string plugin_name = 1; bytes content = 2; } }
`);
const Event = root.lookupType('Event');

function checksum(bytes: Uint8Array): number {
  let register = 0xffffffff;
  for (const byte of bytes) {
    register ^= byte;
    for (let bit = 0; bit < 8; bit++) register = register & 1 ? (register >>> 1) ^ 0x82f63b78 : register >>> 1;
  }
  const crc = ~register >>> 0;
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
}

function readRecords(bytes: Uint8Array): Record<string, unknown>[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const events: Record<string, unknown>[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = Number(view.getBigUint64(at, true));
    expect(view.getUint32(at + 8, true)).toBe(checksum(bytes.subarray(at, at + 8)));
    const data = bytes.subarray(at + 12, at + 12 + length);
    expect(view.getUint32(at + 12 + length, true)).toBe(checksum(data));
    events.push(Event.toObject(Event.decode(data), { longs: Number, bytes: String, enums: String }));
    at += 16 + length;
  }
  return events;
}

test('the checksum is that of the published test vector', () => {
  // RFC 3720, appendix B.4: 32 zero bytes give 8a9136aa before masking.
  const unmasked = 0x8a9136aa;
  expect(maskedChecksum(new Uint8Array(32))).toBe((((unmasked >>> 15) | (unmasked << 17)) + 0xa282ead8) >>> 0);
});

test('what is written is read back', () => {
  const png = Uint8Array.of(137, 80, 78, 71);
  const bytes = encodeEvents([
    { wallTime: 1700000000.5, step: 0, content: { kind: 'version' } },
    { wallTime: 1700000000.5, step: 40, content: { kind: 'start' } },
    { wallTime: 1700000001, step: 41, content: { kind: 'scalars', values: { loss: 0.5, 'epoch/score': -1.25 } } },
    { wallTime: 1700000002, step: 3_000_000_000, content: { kind: 'text', tag: 'recipe', text: '中文' } },
    { wallTime: 1700000003, step: 42, content: { kind: 'image', tag: 'case', rows: 4, columns: 3, png } },
  ]);
  expect(readRecords(bytes)).toEqual([
    { wallTime: 1700000000.5, step: 0, fileVersion: 'brain.Event:2' },
    { wallTime: 1700000000.5, step: 40, sessionLog: { status: 'START' } },
    {
      wallTime: 1700000001,
      step: 41,
      summary: {
        value: [
          { tag: 'loss', simpleValue: 0.5 },
          { tag: 'epoch/score', simpleValue: -1.25 },
        ],
      },
    },
    {
      wallTime: 1700000002,
      step: 3_000_000_000,
      summary: {
        value: [
          {
            tag: 'recipe',
            tensor: {
              dtype: 7,
              tensorShape: { dim: [{ size: 1 }] },
              stringVal: [Buffer.from('中文').toString('base64')],
            },
            metadata: { pluginData: { pluginName: 'text' } },
          },
        ],
      },
    },
    {
      wallTime: 1700000003,
      step: 42,
      summary: {
        value: [
          {
            tag: 'case',
            image: { height: 4, width: 3, colorspace: 3, encodedImageString: Buffer.from(png).toString('base64') },
          },
        ],
      },
    },
  ]);
});

test('a file of a later start comes later in name order', () => {
  expect(eventFileName(1700000000.9)).toBe('events.out.tfevents.1700000000.radiolect');
  expect(eventFileName(999_999_999) < eventFileName(1_000_000_000)).toBe(true);
});
