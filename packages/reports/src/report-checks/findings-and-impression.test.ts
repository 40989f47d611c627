import { readPack } from '@radiolect/findings/node';
import { describe, expect, test } from 'vitest';
import type { CheckContext } from '../index.ts';
import { createReportChecker } from '../index.ts';

const checker = createReportChecker(await readPack('bone-scan'));
const alarms = (text: string, context: CheckContext = {}): string[] =>
  checker
    .check(text, context)
    .filter(({ severity }) => severity !== 'information')
    .map(({ code }) => code);
const codes = (text: string): string[] => checker.check(text).map(({ code }) => code);

describe('what must be found in the text alone', () => {
  test.each([
    [
      'another side in the impression',
      'side-contradiction',
      'FINDINGS: Intense focus in the left 6th rib. IMPRESSION: Metastasis in the right 6th rib.',
    ],
    ['…in Chinese', 'side-contradiction', '所見：右側第九肋骨有攝取增加。結論：左側第九肋骨病灶，疑骨轉移。'],
    ['…simplified', 'side-contradiction', '影像所见：左侧髂骨见放射性浓聚。诊断意见：右侧髂骨浓聚，考虑转移。'],
    [
      'a denied region that has a finding',
      'impression-contradicts-findings',
      'FINDINGS: Focal uptake in T10.\nIMPRESSION: No abnormal uptake in the thoracic spine.',
    ],
    [
      'metastasis denied beside a metastasis',
      'impression-contradicts-findings',
      'FINDINGS: Intense uptake in L3, bone metastasis.\nIMPRESSION: No evidence of metastases.',
    ],
    [
      '…in Chinese',
      'impression-contradicts-findings',
      '影像所见：腰3椎体放射性浓聚，考虑骨转移。\n诊断意见：未见骨转移征象。',
    ],
    [
      'metastasis stated where nothing was found',
      'impression-contradicts-findings',
      'FINDINGS: No abnormal osseous uptake.\nIMPRESSION: Multiple bone metastases.',
    ],
    [
      'metastasis stated where everything is joint wear',
      'impression-contradicts-findings',
      '所見：雙側膝關節輕度攝取增加，屬退化性變化。其餘骨骼未見異常攝取。\n結論：多發性骨轉移。',
    ],
    [
      'called normal beside an unexplained focus',
      'impression-contradicts-findings',
      'FINDINGS: Intense focal uptake in the right ischium.\nIMPRESSION: Normal bone scan.',
    ],
    [
      'a site that the findings deny',
      'impression-contradicts-findings',
      'FINDINGS: The ribs are normal. Mild uptake in both knees.\nIMPRESSION: Fracture of the left 5th rib.',
    ],
    [
      'a site that the findings do not have',
      'finding-only-in-impression',
      'FINDINGS: Increased uptake in L2. The ribs are normal.\nIMPRESSION: Metastases in L2 and the left femur.',
    ],
    [
      'a metastasis that the impression leaves out',
      'impression-omits-finding',
      'FINDINGS: Intense uptake in T4, metastatic. Intense uptake in the left ilium, metastatic.\nIMPRESSION: Metastasis in T4.',
    ],
    ['an empty impression', 'impression-empty', 'FINDINGS: Increased uptake in L2.\nIMPRESSION:\n'],
    [
      'a site stated and denied in the findings',
      'presence-contradiction',
      'FINDINGS: Focal increased uptake in L4. The knees are symmetric. No abnormal uptake in L4.',
    ],
    [
      'a lost "no"',
      'unplaced-abnormality',
      'FINDINGS: Mild uptake in L4, degenerative. Abnormal uptake in the rest of the skeleton.',
    ],
    ['…in Chinese', 'unplaced-abnormality', '第四腰椎輕度攝取增加，屬退化。其餘骨骼可見異常攝取。'],
    [
      'a lesion without its side',
      'side-missing',
      'There is a new intense focus in the iliac wing, suspicious for metastasis.',
    ],
    [
      'metastasis denied and a new lesion left unexplained',
      'finding-unexplained',
      'FINDINGS: New intense uptake in T8.\nIMPRESSION: No evidence of metastasis.',
    ],
  ])('%s: %s', (_, code, text) => {
    const found = checker.check(text).filter((check) => check.code === code && check.severity !== 'information');
    expect(found.map((check) => check.code)).toContain(code);
    for (const { evidence } of found)
      for (const { start, end, text: words } of evidence) expect(text.slice(start, end)).toBe(words);
  });
});

describe('what must not interrupt', () => {
  test.each([
    'FINDINGS: Mild degenerative uptake in both knees.\nIMPRESSION: Degenerative change. No evidence of metastasis.',
    'FINDINGS: Mild degenerative uptake in L4.\nIMPRESSION: Normal bone scan for age.',
    'FINDINGS: Increased uptake in L3, metastasis. Stable since the prior.\nIMPRESSION: No new bone metastases.',
    'FINDINGS: Uptake in L3, metastasis.\nIMPRESSION: Metastasis in L3. No other bone metastasis.',
    'FINDINGS: Focal uptake in L3; metastasis cannot be excluded.\nIMPRESSION: No definite evidence of bone metastases. Equivocal L3.',
    'FINDINGS: Intense uptake in T4, T8 and L1.\nIMPRESSION: Multiple bone metastases.',
    'FINDINGS: Fractures of the right 4th and 5th ribs.\nIMPRESSION: Fractures as described above.',
    'IMPRESSION: Stable metastases in metastatic prostate cancer.\nUptake in L3 and T8.',
    'There has been no significant interval change in the known metastases in C5 and T1. Impression: stable osseous metastases.',
    'FINDINGS: Uptake in the left 6th rib. The right 6th rib is normal.\nIMPRESSION: Left 6th rib fracture.',
    'FINDINGS: The lesion at T7 has resolved. Uptake in L1 has decreased.\nIMPRESSION: Improved metastases.',
    'FINDINGS: Patchy uptake in both lungs from metastatic calcification. No abnormal osseous uptake.\nIMPRESSION: Metastatic calcification of the lungs.',
    'FINDINGS: No metastasis in the ribs. Intense uptake in L3, metastasis.\nIMPRESSION: Metastasis in L3.',
    'The skeleton is otherwise clear of abnormal uptake. Mild arthritic uptake in the right knee.',
    'Other abnormal uptake: none. Mild arthritic uptake in the right knee.',
    'FINDINGS: Uptake in the left wrist.\nIMPRESSION: Left wrist fracture.\nADDENDUM: A later view shows uptake in the right wrist as well.',
    'Increased uptake in the knee, arthritic. No mets.',
    '影像所见：腰5椎体放射性浓聚，考虑骨转移。\n诊断意见：腰5椎体转移。未见新发转移。',
    '所見：雙側膝關節輕度攝取增加，屬退化性變化。\n結論：退化性關節病變，無骨轉移之證據。',
    '所見：第八胸椎攝取增加，骨轉移不能排除。\n結論：第八胸椎病灶，建議核磁共振檢查。',
    '影像所见：左侧第3、5-7前肋放射性浓聚。余骨未见异常。\n诊断意见：左侧多发肋骨骨折。',
  ])('%s', (text) => expect(alarms(text)).toEqual([]));
  test('an unexplained joint without its side is told, and interrupts nobody', () => {
    expect(codes('Increased uptake in the knee, arthritic. No mets.')).toContain('side-missing');
  });
});

test('says it in three languages, with the names of the sites', () => {
  const [check] = checker.check('FINDINGS: Focus in the left 6th rib. IMPRESSION: Metastasis, right 6th rib.');
  expect(check?.message.en).toBe('Findings and impression name different sides: right rib 6, left rib 6.');
  expect(check?.message['zh-Hant']).toContain('右側第六肋骨');
  expect(check?.message['zh-Hans']).toContain('右侧第六肋骨');
});
