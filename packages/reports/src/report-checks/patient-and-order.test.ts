import { readPack } from '@radiolect/findings/node';
import { describe, expect, test } from 'vitest';
import type { CheckContext } from '../index.ts';
import { createReportChecker, InvalidCheckContextError, parseCheckContext } from '../index.ts';

const checker = createReportChecker(await readPack('bone-scan'));
const alarms = (text: string, context: CheckContext): string[] =>
  checker
    .check(text, context)
    .filter(({ severity }) => severity !== 'information')
    .map(({ code }) => code);

describe('the patient', () => {
  test.each([
    ['age-mismatch', '68-year-old man with lung cancer. Normal bone scan.', { age: 52, sex: 'male' as const }],
    ['age-mismatch', '54M, fall. Normal bone scan.', { age: 45 }],
    ['age-mismatch', '男，34岁。全身骨显像未见异常。', { age: 43 }],
    ['sex-mismatch', 'A 60-year-old woman. Normal bone scan.', { sex: 'male' as const }],
    ['sex-mismatch', 'Prostate cancer. Normal bone scan.', { sex: 'female' as const }],
    ['sex-mismatch', '前列腺癌。全身骨骼未見異常。', { sex: 'female' as const }],
    ['sex-mismatch', '子宮頸癌。全身骨骼未見異常。', { sex: 'male' as const }],
    ['sex-mismatch', '68-year-old man with ovarian cancer. Normal bone scan.', {}],
  ])('%s: %s', (code, text, patient) => expect(alarms(text, { patient })).toContain(code));
  test.each([
    ['68-year-old man with breast cancer. Normal bone scan.', { age: 68, sex: 'male' as const }],
    ['68-year-old man. Normal bone scan.', { age: 69 }],
    [
      'Mother had ovarian cancer at 52 years old. 40-year-old man. Normal bone scan.',
      { age: 40, sex: 'male' as const },
    ],
    ['Degenerative uptake in the cervical spine of a 60-year-old man.', { age: 60, sex: 'male' as const }],
    ['Breast cancer, HER2 positive. His wife drove him. Normal bone scan.', { sex: 'male' as const }],
    ['Prostate cancer. Normal bone scan.', { sex: 'other' as const }],
    ['Right hip fracture 10 years ago. Dialysis x 14 years. Normal bone scan.', { age: 70 }],
    ['Prostate cancer, PSMA PET negative. Normal bone scan.', { sex: 'male' as const }],
  ])('quiet: %s', (text, patient) => expect(alarms(text, { patient })).toEqual([]));
});

describe('the order', () => {
  test.each([
    ['side-contradicts-order', 'Intense uptake in the left hip.', { bodyPart: 'right hip', side: 'right' as const }],
    ['body-part-not-reported', 'Uptake in L4. The ribs are normal.', { bodyPart: 'knee' }],
    ['order-incomplete', 'Whole-body bone scan. Uptake in L4.', { procedure: 'three-phase bone scan' }],
    ['order-incomplete', 'Whole-body planar images. Uptake in L4.', { procedure: 'bone scan with SPECT/CT' }],
    [
      'order-incomplete',
      'Limited bone scan of the feet. Uptake in the left foot.',
      { procedure: 'whole body bone scan' },
    ],
    ['order-incomplete', 'Anterior view of the whole body. Uptake in L4.', { views: ['anterior', 'posterior'] }],
  ])('%s: %s', (code, text, order) => expect(alarms(text, { order })).toContain(code));
  test.each([
    ['Uptake in the right hip and the left hip.', { bodyPart: 'right hip', side: 'right' as const }],
    ['The right hip is normal. Uptake in the left hip, arthritic.', { bodyPart: 'right hip', side: 'right' as const }],
    ['No abnormal osseous uptake.', { bodyPart: 'right hip', side: 'right' as const }],
    ['Several thoracic vertebrae show uptake.', { bodyPart: 'thoracic spine' }],
    ['Flow and blood pool images normal. Uptake in L4.', { procedure: 'three-phase bone scan' }],
    [
      'Anterior and posterior whole-body images. Uptake in L4.',
      { procedure: 'whole body', views: ['anterior', 'posterior'] },
    ],
    ['Uptake in L4. Rest of the skeleton normal.', { procedure: 'whole body bone scan', bodyPart: 'whole body' }],
    ['三相骨骼掃描：血流相及血池相無異常。第四腰椎攝取增加，屬退化。', { procedure: 'three-phase' }],
  ])('quiet: %s', (text, order) => expect(alarms(text, { order })).toEqual([]));
});

describe('a context as JSON', () => {
  test('takes DICOM dates and sexes', () => {
    expect(parseCheckContext({ patient: { sex: 'F' }, studyDate: '2024-05-01', prior: null })).toEqual({
      patient: { sex: 'female' },
      studyDate: '20240501',
      prior: null,
    });
  });
  test('names the field that is wrong', () => {
    expect(() => parseCheckContext({ patient: { age: 'old' } })).toThrow(InvalidCheckContextError);
    expect(() => parseCheckContext({ studyDate: '1 May' })).toThrow(/studyDate/);
    expect(() => parseCheckContext({ pateint: {} })).toThrow(InvalidCheckContextError);
  });
});
