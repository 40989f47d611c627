import { readPack } from '@radiolect/findings/node';
import { describe, expect, test } from 'vitest';
import type { CheckContext, ImageFinding } from '../index.ts';
import { createReportChecker } from '../index.ts';

const checker = createReportChecker(await readPack('bone-scan'));
const all = (text: string, context: CheckContext = {}): string[] =>
  checker.check(text, context).map(({ code }) => code);
const alarms = (text: string, context: CheckContext = {}): string[] =>
  checker
    .check(text, context)
    .filter(({ severity }) => severity !== 'information')
    .map(({ code }) => code);
const at = (...sites: readonly string[]): ImageFinding[] => sites.map((site) => ({ site, presence: 'present' }));

describe('the prior study', () => {
  test.each([
    ['comparison-without-prior', 'COMPARISON: None.\nFINDINGS: Uptake in L4 is unchanged from the prior scan.', {}],
    ['comparison-without-prior', 'Compared with the previous scan, L4 is stable.', { prior: null }],
    ['comparison-without-prior', '與前次比較，第四腰椎攝取無變化。', { prior: null }],
    ['prior-not-compared', 'Uptake in L4. The ribs are normal.', { prior: { date: '20230411' } }],
    ['stale-unchanged', 'Uptake in L4 is unchanged.', { prior: { findings: at('t8') } }],
    [
      'stale-unchanged',
      'FINDINGS: Uptake in L4 and the left femur.\nIMPRESSION: No significant interval change.',
      { prior: { findings: at('l4') }, findings: at('l4', 'femur-left') },
    ],
    ['not-new', 'Compared with 2022: new focus in T8.', { prior: { findings: at('t8') } }],
  ])('%s: %s', (code, text, context) => expect(alarms(text, context)).toContain(code));
  test.each([
    ['COMPARISON: None.\nFINDINGS: Uptake in L4.', {}],
    ['COMPARISON: None.\nFINDINGS: Uptake in L4.', { prior: null }],
    ['NO PRIOR. Uptake in L4.', { prior: null }],
    ['Compared with the prior scan, L4 is unchanged.', { prior: { date: '20230411', findings: at('l4') } }],
    ['L4 is unchanged.', { prior: { date: '20230411' } }],
    ['New focus in T8 since the prior scan.', { prior: { findings: at('l4') } }],
    ['Stable vital signs on arrival. Uptake in L4, degenerative.', {}],
    ['與前次比較，第四腰椎攝取無變化。', { prior: { findings: at('l4') } }],
  ])('quiet: %s', (text, context) => expect(alarms(text, context)).toEqual([]));
});

describe('critical results', () => {
  test.each([
    ['critical-result-not-communicated', 'Intense uptake in T8 with cord compression.'],
    ['critical-result-not-communicated', 'Lytic lesion of the right femur, impending pathological fracture.'],
    ['critical-result-not-communicated', '第八胸椎攝取增加，合併脊髓壓迫。'],
    [
      'critical-result-communicated',
      'Intense uptake in T8 with cord compression, discussed with the ward by telephone.',
    ],
    ['critical-result-communicated', '右側股骨病灶，瀕臨病理性骨折，已電話通知主治醫師。'],
    ['critical-result', 'New uptake in the right femur (please correlate for impending fracture).'],
  ])('%s: %s', (code, text) => expect(all(text)).toContain(code));
  test.each([
    'Uptake in T8. No cord compression.',
    'Clinical: rule out cord compression.\nFindings: Normal bone scan.',
    'Compression fracture of T12, osteoporotic.',
    '未見脊髓壓迫之徵象。第八胸椎攝取增加，屬退化。',
    'Uptake in T8, cord compression cannot be excluded; MRI advised.',
  ])('quiet: %s', (text) => expect(alarms(text)).toEqual([]));
});

describe('the next step', () => {
  test('is told where it stands and where it is missing', () => {
    expect(all('Questionable uptake in T8. MRI is recommended.')).toContain('follow-up-recommended');
    expect(all('Questionable uptake in T8.')).toContain('follow-up-missing');
    expect(all('第八胸椎疑有攝取，建議核磁共振檢查。')).toContain('follow-up-recommended');
    expect(all('Mild degenerative uptake in L4.').filter((code) => code.startsWith('follow-up'))).toEqual([]);
  });
});
