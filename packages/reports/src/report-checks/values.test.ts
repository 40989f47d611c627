import { readPack } from '@radiolect/findings/node';
import { describe, expect, test } from 'vitest';
import type { CheckContext } from '../index.ts';
import { createReportChecker } from '../index.ts';

const checker = createReportChecker(await readPack('bone-scan'));
const alarms = (text: string, context: CheckContext = {}) =>
  checker
    .check(text, context)
    .filter(({ severity }) => severity !== 'information')
    .map(({ code, evidence }) => [code, evidence[0]?.text]);

describe('numbers that cannot be', () => {
  test.each([
    ['level-out-of-range', 'Uptake in C8.', 'C8'],
    ['level-out-of-range', 'Uptake in L14.', 'L14'],
    ['level-out-of-range', 'Uptake in T11-14.', 'T11-14'],
    ['level-out-of-range', '胸15椎体见放射性浓聚。', '胸15'],
    ['level-out-of-range', '第八頸椎攝取增加。', '第八頸椎'],
    ['transitional-level', 'Uptake in L6.', 'L6'],
    ['transitional-level', 'Uptake in T13.', 'T13'],
    ['rib-out-of-range', 'Uptake in the left 13th rib.', '13th rib'],
    ['rib-out-of-range', 'Uptake in the right 5th and 15th ribs.', '5th and 15th ribs'],
    ['rib-out-of-range', '右侧第5、14前肋见放射性浓聚。', '第5、14前肋'],
    ['value-implausible', 'Whole-body scan 3 hours after 200 mCi Tc-99m MDP. L4 uptake.', '200 mCi'],
    ['value-implausible', 'Whole-body scan 3 hours after 20 MBq Tc-99m MDP.', '20 MBq'],
    ['value-implausible', '靜脈注射Tc-99m MDP 200毫居里，三小時後取像。', '200毫居里'],
    ['value-implausible', 'Images were acquired 3 minutes after injection of 20 mCi MDP.', '3 minutes'],
    ['value-implausible', '静脉注射99mTc-MDP 3天后行全身显像。', '3天'],
    ['value-implausible', 'Calcium 3.1 mg/dL. Normal bone scan.', '3.1 mg/dL'],
    ['value-implausible', 'PTH 1450 ng/mL. Normal bone scan.', '1450 ng/mL'],
    ['value-implausible', 'A 190-year-old man. Normal bone scan.', '190-year-old'],
    ['date-invalid', 'Comparison: 2023-13-04. Normal bone scan.', '2023-13-04'],
    ['date-invalid', '与2023年2月31日骨显像比较。腰4稳定。', '2023年2月31日'],
    ['score-inconsistent', 'Gleason 4+3=8 prostate cancer. Normal bone scan.', 'Gleason 4+3=8'],
    ['score-inconsistent', 'Gleason 4+7 prostate cancer. Normal bone scan.', 'Gleason 4+7'],
    ['score-inconsistent', 'Uptake in T4, metastasis. BSI 130%.', 'BSI 130%'],
    ['score-inconsistent', 'Metastases in T4, T5, T6, T7, T8, T9 and L1. EOD grade 1.', 'EOD grade 1'],
    ['score-inconsistent', 'Metastases in T4 and L1. Soloway grade 3.', 'Soloway grade 3'],
  ])('%s: %s', (code, text, words) => expect(alarms(text)).toContainEqual([code, words]));

  const context = { studyDate: '20240501', prior: { date: '20230410' } };
  test.each([
    ['date-in-future', 'Compared with 2033-04-10. Uptake in L4 is stable.', '2033-04-10'],
    ['date-in-future', '與民國121年4月骨骼掃描比較，第四腰椎攝取無變化。', '民國121年4月'],
    ['comparison-date-mismatch', 'Compared with the scan of 10 April 2022, L4 is stable.', '10 April 2022'],
    ['comparison-date-mismatch', '与2023-05-10骨显像比较，腰4浓聚同前。', '2023-05-10'],
  ])('%s: %s', (code, text, words) => expect(alarms(text, context)).toContainEqual([code, words]));
});

describe('numbers that must not interrupt', () => {
  test.each([
    'C8 radiculopathy was suspected. Uptake in C7.',
    'Six lumbar vertebrae: a transitional L6 shows mild degenerative uptake.',
    'Prostate cancer cT3N0M0, ICD C61. Uptake in T12 and L1-L5.',
    'Uptake in the spine from T11 to L2, and in C5-Th1. L4/5 and L5/S1 facet joints too.',
    'Uptake in L3, 4 and 5, and in L2 with a 6 mm sclerotic focus.',
    'Uptake in 13 ribs. Uptake in the right 4th-6th and 10th ribs.',
    'Treated with 150 mCi I-131 in 2019. Scan 3 hours after 20 mCi Tc-99m MDP.',
    '9 year old girl. 210 MBq Tc-99m HDP, weight-adjusted.',
    'Blood pool images 5 minutes after injection of 20 mCi MDP, delayed images at 3 hours.',
    'Fall 3 days ago. Images 3 hours after 700 MBq MDP; delayed view at 24 hours.',
    'PSA 812, ALP 640, calcium 11.2 mg/dL, calcium 2.4 mmol/L, PTH 1450 pg/mL, CEA 2030.',
    'Gleason 4+3, PSA 14.2. Gleason score 7 (3+4). ECOG 1.',
    '静脉注射99mTc-MDP 740MBq，3小时后行全身显像。左侧第3、5-7前肋浓聚。',
    '胸12/腰1椎体，颈5-胸1椎体浓聚，治疗3个周期，随访12个月。',
    '与2023年9月4日骨显像比较，腰4浓聚同前。',
    'Metastases in T4, T5, T6, T7, T8, T9 and L1. EOD grade 2.',
    'Right hip prosthesis, 15 years old. 10-year-old fracture of the left wrist.',
  ])('%s', (text) =>
    expect(alarms(text).filter(([code]) => /level|rib|value|date|score/.test(code ?? ''))).toEqual([]),
  );
  const context = { studyDate: '20240501', prior: { date: '20230411' } };
  test.each([
    'Compared with 04/11/2023, L4 is stable.',
    'Compared with 11/04/2023, L4 is stable.',
    'Compared with April 2023, L4 is stable.',
    'Compared with 2023, L4 is stable. CT of 2 May 2021.',
    'L4 is new since 2023. Follow-up is recommended in March 2025.',
    'Comparison: scan of 11 April 2023 and CT of 1/2024. L4 is stable.',
  ])('%s', (text) => expect(alarms(text, context)).toEqual([]));
});
