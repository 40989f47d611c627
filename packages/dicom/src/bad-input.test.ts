import { deflateRawSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { element, fileMeta, joined, word } from './dataset/element-writer.ts';
import { dicomFile, sourceOf } from './dicom-file.fixture.ts';
import { encodePng } from './pictures/png.ts';
import { type ReadEvent, type ReadOptions, readStudies } from './read-studies.ts';
import type { Source } from './study.ts';

const read = async (sources: Source[], options?: ReadOptions): Promise<ReadEvent[]> => {
  const events: ReadEvent[] = [];
  for await (const event of readStudies(sources, options)) events.push(event);
  return events;
};
const good = sourceOf('good.dcm', dicomFile({ uid: '1.9' }));

const deflated = (dataSet: Uint8Array): Uint8Array =>
  joined([fileMeta('1.2.840.10008.5.1.4.1.1.7', '1.2.3.4', '1.2.840.10008.1.2.1.99'), deflateRawSync(dataSet)]);
const dataSetOf = (file: Uint8Array): Uint8Array =>
  file.subarray(fileMeta('1.2.840.10008.5.1.4.1.1.7', '1.2.3.4', '1.2.840.10008.1.2.1').length);
const png = encodePng({ rows: 40, columns: 20, pixels: new Uint8Array(800).fill(9) });
const hugePng = png.slice();
new DataView(hugePng.buffer, hugePng.byteOffset).setUint32(16, 4_000_000);

const bad: [name: string, bytes: Uint8Array, code: string][] = [
  ['empty.dcm', new Uint8Array(0), 'empty'],
  ['text.dcm', new TextEncoder().encode('Patient Secret^Name came for a bone scan.\n'.repeat(20)), 'not-an-image-file'],
  ['short.dcm', Uint8Array.of(1, 2, 3), 'not-an-image-file'],
  ['zeros.dcm', new Uint8Array(4096), 'not-an-image-file'],
  ['only-mark.dcm', joined([new Uint8Array(128), new TextEncoder().encode('DICM')]), 'broken-header'],
  ['cut-header.dcm', dicomFile().subarray(0, 300), 'broken-header'],
  ['cut-pixels.dcm', dicomFile().subarray(0, -9), 'truncated'],
  ['lying-rows.dcm', dicomFile({ rows: 60_000, columns: 60_000, pixels: new Uint16Array(8) }), 'dimensions'],
  ['lying-frames.dcm', dicomFile({ frames: 4_000_000_000, pixels: new Uint16Array(32) }), 'truncated'],
  ['no-rows.dcm', dicomFile({ rows: 0, pixels: new Uint16Array(8) }), 'dimensions'],
  ['cut.dcm.gz', deflated(dataSetOf(dicomFile())).subarray(0, -8), 'truncated'],
  ['no-pixels.dcm', dicomFile().subarray(0, dicomFile().length - 76), 'no-pixels'],
  ['cut.png', png.subarray(0, png.length - 20), 'broken-picture'],
  ['huge.png', hugePng, 'dimensions'],
  ['cut.jpg', Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0), 'broken-picture'],
];

test.each(bad)('%s is refused with rule and fix, and the next file is read', async (name, bytes, code) => {
  const events = await read([sourceOf(name, bytes), good]);
  expect(events.map(({ kind }) => kind)).toEqual(['refused', 'instance', 'study']);
  const [refused] = events;
  expect(refused).toMatchObject({ name, code });
  if (refused?.kind !== 'refused') throw new Error('not refused');
  expect(refused.rule.length).toBeGreaterThan(10);
  expect(refused.fix.length).toBeGreaterThan(10);
  expect(JSON.stringify(refused)).not.toContain('Secret');
});

test('a deflated file that would fill the memory stops at the limit', async () => {
  const bomb = deflated(joined([dataSetOf(dicomFile()), element('7FE10010', 'OB', new Uint8Array(30_000_000))]));
  expect(bomb.length).toBeLessThan(100_000);
  const [event] = await read([sourceOf('bomb.dcm', bomb)], { limits: { inflatedBytes: 1_000_000 } });
  expect(event).toMatchObject({ kind: 'refused', code: 'too-large' });
});

test('a deflated file is read, padded or not', async () => {
  for (const padding of [[], [0]]) {
    const file = joined([deflated(dataSetOf(dicomFile())), Uint8Array.from(padding)]);
    const [event] = await read([sourceOf('deflated.dcm', file)]);
    if (event?.kind !== 'instance') throw new Error(JSON.stringify(event));
    expect([...(await event.instance.frames[0]!.decode()).pixels]).toEqual(Array.from({ length: 32 }, (_, i) => i));
  }
});

test('a file above the limit is refused without being opened', async () => {
  let opened = false;
  const huge: Source = {
    name: 'huge.dcm',
    size: 2 ** 40,
    open: async () => {
      opened = true;
      return new Uint8Array(1);
    },
  };
  const [event] = await read([huge]);
  expect(event).toMatchObject({ kind: 'refused', code: 'too-large' });
  expect(opened).toBe(false);
});

test('wrong modality, duplicates and files that vanished are refused one by one', async () => {
  const gone: Source = {
    name: 'gone.dcm',
    open: () => Promise.reject(Object.assign(new Error('x'), { code: 'ENOENT' })),
  };
  const events = await read(
    [
      sourceOf('ct.dcm', dicomFile({ uid: '1.1', modality: 'CT' })),
      good,
      sourceOf('again.dcm', await good.open()),
      gone,
    ],
    { modalities: ['NM'] },
  );
  const refused = events.filter((event) => event.kind === 'refused');
  expect(refused.map(({ name, code }) => [name, code])).toEqual([
    ['ct.dcm', 'modality'],
    ['again.dcm', 'duplicate'],
    ['gone.dcm', 'unreadable'],
  ]);
  expect(events.at(-1)).toMatchObject({ kind: 'study' });
});

test('a file that is cut off after the import says so when its frame is decoded', async () => {
  let bytes = dicomFile();
  const source: Source = { name: 'later.dcm', open: async () => bytes };
  const events = await read([source]);
  if (events[0]?.kind !== 'instance') throw new Error('not read');
  bytes = dicomFile({ syntax: '1.2.840.10008.1.2.4.100' });
  const [event] = await read([source]);
  if (event?.kind !== 'instance') throw new Error('not read');
  await expect(event.instance.frames[0]!.decode()).rejects.toMatchObject({ refusal: { code: 'transfer-syntax' } });
});

test('reading stops when it is aborted', async () => {
  await expect(read([good], { signal: AbortSignal.abort(new Error('stopped')) })).rejects.toThrow('stopped');
});

test('a lying one-byte length is no reason to read beyond the end', async () => {
  const file = joined([dicomFile().subarray(0, 200), word(0xffff, 2)]);
  const [event] = await read([sourceOf('length.dcm', file)]);
  expect(event).toMatchObject({ kind: 'refused' });
});
