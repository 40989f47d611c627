import { readPack } from '@radiolect/findings/node';
import { createRuleReader } from '@radiolect/reports';
import { expect, test } from 'vitest';
import { statementsOfReport } from './report-statements.ts';

const pack = await readPack('bone-scan');
const reader = createRuleReader(pack);
const statements = (text: string) => statementsOfReport(text, reader.read(text), pack.labelSpace);

test('each sentence with what it alone says; technique, history and kidneys are left out', () => {
  const said = statements(
    'Indication: 66-year-old man with back pain. Technique: 20.0 mCi of Tc-99m MDP.\n\n' +
      'Findings: There is increased uptake in T11 and L1, typical of metastases. Possible uptake in the left femur. ' +
      'The remaining bones are normal. Kidneys are seen.',
  );
  expect(said.map(({ text }) => text)).toEqual([
    'Findings: There is increased uptake in T11 and L1, typical of metastases.',
    'Possible uptake in the left femur.',
  ]);
  expect(said[0]!.sites).toEqual({ t11: 'present', l1: 'present' });
  expect(said[1]!.sites).toEqual({ 'femur-left': 'uncertain' });
});

test('what is left over says nothing without the rest; a normal skeleton does', () => {
  expect(statements('The remaining bones are normal. Uptake at L4.').map(({ text }) => text)).toEqual([
    'Uptake at L4.',
  ]);
  const [normal] = statements('No abnormal bony uptake.');
  expect(Object.values(normal!.sites).every((state) => state === 'absent')).toBe(true);
  expect(Object.keys(normal!.sites)).toHaveLength(91);
  const [ribs] = statements('The ribs are normal. Uptake at L4.');
  expect(ribs!.sites).toMatchObject({ 'rib-3-left': 'absent' });
});

test('an abbreviation ends no sentence, nor does a number', () => {
  const said = statements(
    'Increased uptake in the Rt. 3rd and 7th ribs, c/w bone metastases. DJD of the Lt. Shoulder.',
  );
  expect(said).toHaveLength(2);
  expect(said[0]!.sites).toEqual({ 'rib-3-right': 'present', 'rib-7-right': 'present' });
  expect(said[1]!.text).toBe('DJD of the Lt. Shoulder.');
});

test('Chinese sentences', () => {
  const said = statements('检查所见：骶骨见异常放射性浓聚灶；左侧锁骨放射性稀疏。余骨骼显影未见明显异常。双肾显影。');
  expect(said.map(({ text }) => text)).toEqual(['检查所见：骶骨见异常放射性浓聚灶；', '左侧锁骨放射性稀疏。']);
  expect(said[0]!.sites).toEqual({ sacrum: 'present' });
});

test('every finding that is present, with a text span, stands in one statement', () => {
  const text =
    'Whole body bone scan. Intense uptake at L4, degenerative. Mild uptake at both knees, degenerative\nNo other lesion.';
  const reading = reader.read(text);
  const stated = new Set(statements(text).flatMap(({ sites }) => Object.keys(sites)));
  const present = reading.findings.filter(({ presence }) => presence === 'present');
  expect(present).toHaveLength(3);
  for (const { site } of present) expect(stated.has(site), site).toBe(true);
});
