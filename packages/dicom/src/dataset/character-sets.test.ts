import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { element } from '../dataset/element-writer.ts';
import { dicomFile, sourceOf } from '../dicom-file.fixture.ts';
import { fileSource } from '../node/folder-sources.ts';
import { readInstance } from '../read-studies.ts';

const root = fileURLToPath(new URL('../../../..', import.meta.url));
const material = process.env.RADIOLECT_MATERIAL ?? join(root, '../shared');
const folder = join(material, 'data/pydicom-test-files/src/pydicom/data/charset_files');
const reason = existsSync(folder) ? 'material is there' : 'no pydicom-test-files at RADIOLECT_MATERIAL';

test.skipIf(!existsSync(folder)).each([
  ['chrX1.dcm', 'Wang^XiaoDong=王^小東='],
  ['chrX2.dcm', 'Wang^XiaoDong=王^小东='],
  ['chrH31.dcm', 'Yamada^Tarou=山田^太郎=やまだ^たろう'],
  ['chrH32.dcm', 'ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎=やまだ^たろう'],
  ['chrI2.dcm', 'Hong^Gildong=洪^吉洞=홍^길동'],
  ['chrGerm.dcm', 'Äneas^Rüdiger'],
  ['chrGreek.dcm', 'Διονυσιος'],
  ['chrRuss.dcm', 'Люкceмбypг'],
  ['chrArab.dcm', 'قباني^لنزار'],
])(`the name in %s is decoded (${reason})`, async (file, name) => {
  const { study } = await readInstance(fileSource(join(folder, file)));
  expect(study.patient.name).toBe(name);
});

test('GB18030, UTF-8 and an unknown set', async () => {
  const described = async (set: string, bytes: Uint8Array): Promise<string | undefined> => {
    const early = [element('00080005', 'CS', set), element('0008103E', 'LO', bytes)];
    return (await readInstance(sourceOf('a.dcm', dicomFile({ early })))).series.description;
  };
  expect(await described('GB18030', Uint8Array.of(0xc7, 0xb0, 0xce, 0xbb))).toBe('前位');
  expect(await described('ISO_IR 192', new TextEncoder().encode('後位 全身'))).toBe('後位 全身');
  expect(await described('NO_SUCH_SET', new TextEncoder().encode('WB ANT'))).toBe('WB ANT');
});
