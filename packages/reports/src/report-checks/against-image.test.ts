import { readPack } from '@radiolect/findings/node';
import { describe, expect, test } from 'vitest';
import type { ImageFinding } from '../index.ts';
import { createReportChecker } from '../index.ts';

const checker = createReportChecker(await readPack('bone-scan'));
const at = (...sites: readonly string[]): ImageFinding[] => sites.map((site) => ({ site, presence: 'present' }));
const alarms = (text: string, findings: readonly ImageFinding[]) =>
  checker.check(text, { findings }).filter(({ severity }) => severity !== 'information');

describe('the text against the picture', () => {
  test.each([
    ['side-contradicts-image', 'Increased uptake in the left knee.', at('knee-right'), ['knee-left', 'knee-right']],
    ['side-contradicts-image', '左側第九肋骨攝取增加。', at('rib-9-right'), ['rib-9-left', 'rib-9-right']],
    ['level-contradicts-image', 'Focal uptake in L4. The ribs are normal.', at('l3'), ['l4', 'l3']],
    ['level-contradicts-image', '胸9椎体见放射性浓聚。', at('t8'), ['t9', 't8']],
    ['level-contradicts-image', 'Uptake in the right 5th rib.', at('rib-6-right'), ['rib-5-right', 'rib-6-right']],
    ['presence-contradicts-image', 'No abnormal uptake in the left ilium.', at('ilium-left'), ['ilium-left']],
    ['presence-contradicts-image', 'No abnormal osseous uptake.', at('ilium-left'), ['ilium-left']],
    ['finding-not-in-image', 'Uptake in L4 and the left knee.', at('l4'), ['knee-left']],
    ['image-finding-not-stated', 'Focal uptake in L4.', at('l4', 'femur-left'), ['femur-left']],
    ['finding-not-in-image', 'Both femora are abnormal.', [], ['femur-right', 'femur-left']],
  ])('%s: %s', (code, text, findings, sites) => {
    const found = alarms(text, findings);
    expect(found.map((check) => check.code)).toEqual([code]);
    expect([...found[0]!.sites].sort()).toEqual([...sites].sort());
  });
  test('a cause denied that the picture is called, and the other way round', () => {
    const metastatic: ImageFinding[] = [
      { site: 'l4', presence: 'present', nature: 'metastatic', likelihood: 'probable' },
    ];
    const worn: ImageFinding[] = [{ site: 'l4', presence: 'present', nature: 'degenerative', likelihood: 'definite' }];
    const codes = (text: string, findings: readonly ImageFinding[]) => alarms(text, findings).map(({ code }) => code);
    expect(codes('Uptake in L4.\nImpression: No evidence of metastasis.', metastatic)).toEqual([
      'cause-contradicts-image',
    ]);
    expect(codes('Uptake in L4.', metastatic)).toEqual(['image-cause-not-stated']);
    expect(codes('Uptake in L4.\nImpression: Bone metastases.', worn)).toContain('cause-contradicts-image');
    expect(codes('Uptake in L4, metastasis.', metastatic)).toEqual([]);
    expect(codes('Uptake in L4, degenerative. No metastasis.', worn)).toEqual([]);
  });
  test('a finding told in the impression only', () => {
    const text = 'FINDINGS: Uptake in L4. The ribs are normal.\nIMPRESSION: Fractures of L4 and the left femur.';
    expect(alarms(text, at('l4', 'femur-left')).map(({ code }) => code)).toContain('finding-only-in-impression');
  });
});

describe('what must not interrupt', () => {
  test.each([
    ['doubt about what the picture shows', 'Questionable uptake at T8.', at('t8')],
    ['a vague statement that may mean it', 'Several foci of increased uptake in the left ribs.', at('rib-3-left')],
    ['a side left out', 'Increased uptake in the knee, arthritic.', at('knee-left')],
    ['a whole region', 'Diffusely increased uptake throughout the lumbar spine.', at('l1', 'l2', 'l3', 'l4', 'l5')],
    ['a doubtful image finding stated firmly', 'Uptake in L4.', [{ site: 'l4', presence: 'uncertain' as const }]],
    ['no picture at hand', 'Uptake in L4.', at('l4')],
    ['what was excepted from abnormal', 'The spine is normal. Skull normal now, having been abnormal before.', []],
    ['reasons for the study', 'Right knee swelling for a year. No abnormal osseous uptake.', []],
    ['a curved spine', '胸椎侧弯，余骨未见异常放射性浓聚。', []],
  ])('%s', (_, text, findings) => expect(alarms(text, findings)).toEqual([]));
  test('a sentence that was not understood proves nothing', () => {
    const found = checker.check('Nothing much, though the left femur is what it is, uptake and all.', {
      findings: at('femur-left'),
    });
    expect(found.filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});
