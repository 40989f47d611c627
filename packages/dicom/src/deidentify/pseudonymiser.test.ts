import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { element, joined, tagBytes, word } from '../dataset/element-writer.ts';
import { dicomFile, sourceOf } from '../dicom-file.fixture.ts';
import { readInstance } from '../read-studies.ts';
import { assembleStudies, type InstanceRecord } from '../study-assembly.ts';
import { createPseudonymiser } from './pseudonymiser.ts';
import { shiftDate } from './shift-date.ts';

const key = new TextEncoder().encode('a key of a test project');
const sequence = (tag: string, item: Uint8Array): Uint8Array =>
  element(tag, 'SQ', joined([tagBytes('FFFEE000'), word(item.length, 4), item]));
const secretFile = (uid: string, date: string): Uint8Array =>
  dicomFile({
    uid,
    studyUid: '1.2.840.99999.1',
    early: [
      element('00080020', 'DA', date),
      element('00080050', 'SH', 'ACC-4711'),
      element('00080080', 'LO', 'Secret Hospital'),
      element('00080090', 'PN', 'Secret^Doctor'),
      element('0008103E', 'LO', 'WB ANT Secret'),
      sequence('00081140', element('00081155', 'UI', '1.2.840.99999.7')),
      element('00090010', 'LO', 'VENDOR'),
      element('00091001', 'LO', 'Secret private'),
    ],
  });
const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
const firstFrame = async ({ instance }: InstanceRecord): Promise<Buffer> => {
  const { pixels } = await instance.frames[0]!.decodeStored();
  return Buffer.from(pixels.buffer, pixels.byteOffset, pixels.byteLength);
};
const readBack = async (bytes: Uint8Array) => readInstance(sourceOf('copy.dcm', bytes));

describe('a pseudonymised file', async () => {
  const pseudonymiser = await createPseudonymiser(key);
  const copy = await pseudonymiser.file('in.dcm', secretFile('1.2.840.99999.2', '20240310'));
  const { study, instance } = await readBack(copy);

  test('holds no identity, no private tag and no original UID', () => {
    for (const secret of ['Secret', 'ID-77', 'ACC-4711', '99999', '20240310', 'VENDOR'])
      expect(latin1(copy)).not.toContain(secret);
  });
  test('records that and how it was done', () => {
    const { header } = instance;
    expect(header.text('00120062')).toBe('YES');
    expect(header.texts('00120063').length).toBe(2);
    expect(header.items('00120064').map((item) => item.text('00080100'))).toEqual(['113100', '113107']);
    expect(header.text('00280303')).toBe('MODIFIED');
  });
  test('has the pixels and the view of the original', async () => {
    const original = await readBack(secretFile('1.2.840.99999.2', '20240310'));
    expect(await instance.frames[0]!.decode()).toEqual(await original.instance.frames[0]!.decode());
    expect(original.instance.frames[0]!.view).toBe('anterior');
    expect(instance.frames[0]!.view).toBe('anterior');
  });
  test('is the same for the same key and another for another key', async () => {
    const again = await readBack(await pseudonymiser.file('in.dcm', secretFile('1.2.840.99999.2', '20240310')));
    expect([again.study.uid, again.study.patient.id, again.instance.uid]).toEqual([
      study.uid,
      study.patient.id,
      instance.uid,
    ]);
    const other = await createPseudonymiser(new TextEncoder().encode('a key of another project'));
    const elsewhere = await readBack(await other.file('in.dcm', secretFile('1.2.840.99999.2', '20240310')));
    expect(elsewhere.study.patient.id).not.toBe(study.patient.id);
    expect(elsewhere.study.uid).not.toBe(study.uid);
  });
  test('keeps the days between two studies of a patient', async () => {
    const later = await readBack(await pseudonymiser.file('in.dcm', secretFile('1.2.840.99999.3', '20240410')));
    const day = (date = ''): number =>
      Date.UTC(Number(date.slice(0, 4)), Number(date.slice(4, 6)) - 1, Number(date.slice(6))) / 86_400_000;
    expect(day(later.study.date) - day(study.date)).toBe(31);
    expect(study.date! < '20230311').toBe(true);
  });
  test('matches the pseudonyms of the study and of its reports', async () => {
    const record = await readBack(secretFile('1.2.840.99999.2', '20240310'));
    const [whole] = assembleStudies([record]);
    const hidden = await pseudonymiser.study(whole!);
    expect(hidden.patient.id).toBe(study.patient.id);
    expect(hidden.accessionNumber).toBe(study.accessionNumber);
    expect(hidden.accessionNumber).toBe(await pseudonymiser.accessionNumber('ACC-4711'));
    expect(hidden.date).toBe(study.date);
    expect(hidden.uid).toBe(study.uid);
    const seen = hidden.series[0]!.instances[0]!;
    for (const tag of ['00100010', '00100020', '00080050', '00080080', '0008103E', '00091001', '00080020'])
      expect(seen.header.text(tag)).toBeUndefined();
    expect((await seen.frames[0]!.decode()).pixels.length).toBe(32);
  });
});

test('a short key is refused', async () => {
  await expect(createPseudonymiser(new Uint8Array(8))).rejects.toThrow(RangeError);
});

test('dates move over months, leap years and centuries; no date stays out', () => {
  expect(shiftDate('20240301', 1)).toBe('20240229');
  expect(shiftDate('20000101', 1)).toBe('19991231');
  expect(shiftDate('20240301113000.5', 1)).toBe('20240229113000.5');
  expect(shiftDate('2024', 1)).toBeUndefined();
});

const root = fileURLToPath(new URL('../../../..', import.meta.url));
const data = join(process.env.RADIOLECT_MATERIAL ?? join(root, '../shared'), 'data');
const folder = join(data, 'pydicom-data/data_store/data');
test.skipIf(!existsSync(folder))(
  `public files keep their pixels and lose their names (${existsSync(folder) ? folder : 'no pydicom-data at RADIOLECT_MATERIAL'})`,
  async () => {
    const pseudonymiser = await createPseudonymiser(key);
    const files = readdirSync(folder).filter((name) =>
      /^(JPEG-LL|693_|MR-SIEMENS|OBXX|SC_rgb|US1_|liver\.dcm)/.test(name),
    );
    let compared = 0;
    for (const name of files) {
      const bytes = new Uint8Array(readFileSync(join(folder, name)));
      const before = await readInstance(sourceOf(name, bytes)).catch(() => undefined);
      if (!before || before.instance.frames.length === 0 || bytes.length > 1_000_000) continue;
      const copy = await pseudonymiser.file(name, bytes);
      const after = await readBack(copy);
      const [was, is] = [await firstFrame(before), await firstFrame(after)];
      expect(is.equals(was)).toBe(true);
      for (const secret of [before.study.patient.name, before.study.patient.id, before.study.uid])
        if (secret && secret.length > 3) expect(latin1(copy)).not.toContain(secret);
      compared++;
    }
    expect(compared).toBeGreaterThan(10);
  },
);
