import type { SiteLabel } from '@radiolect/findings';
import { readPack } from '@radiolect/findings/node';
import { describe, expect, test } from 'vitest';
import { labelLine } from './label-line.ts';
import { createRuleReader } from './rule-reader.ts';

const pack = await readPack('bone-scan');
const reader = createRuleReader(pack);
const read = (text: string) => labelLine('x', reader.read(text));
/** Sites in one state, in the pack's order. */
const sites = (text: string, state: SiteLabel['state'] = 'present'): string[] =>
  Object.entries(read(text).labels).flatMap(([site, label]) => (label.state === state ? [site] : []));
const label = (text: string, site: string) => {
  const found = read(text).labels[site];
  if (!found) return undefined;
  const { evidence: _, ...rest } = found;
  return rest;
};
const both = (...bases: string[]): string[] => bases.flatMap((base) => [`${base}-right`, `${base}-left`]);
const sorted = (list: readonly string[]): string[] => [...list].sort();

describe('rule 1: what the reader understands is expanded', () => {
  test.each([
    ['Uptake in L1-L3.', ['l1', 'l2', 'l3']],
    ['Uptake from T11 through L1.', ['t11', 't12', 'l1']],
    ['Uptake in L2, 3 and 5.', ['l2', 'l3', 'l5']],
    ['Uptake at L3/4.', ['l3', 'l4']],
    ['Uptake at L5-S1.', ['l5', 'sacrum']],
    ['Uptake at C6~Th2.', ['c6', 'c7', 't1', 't2']],
    ['Uptake in D9 and D11 vertebrae.', ['t9', 't11']],
    ['Increased uptake in the 9th and tenth thoracic vertebrae.', ['t9', 't10']],
    ['Uptake in the left 3rd, 5th-7th ribs.', ['rib-3-left', 'rib-5-left', 'rib-6-left', 'rib-7-left']],
    ['Uptake in right ribs 4 through 6.', ['rib-4-right', 'rib-5-right', 'rib-6-right']],
    ['Uptake in the right 2nd and left 8th ribs.', ['rib-2-right', 'rib-8-left']],
    ['Uptake in L 4th rib.', ['rib-4-left']],
    ['右側第2至4肋骨攝取增加。', ['rib-2-right', 'rib-3-right', 'rib-4-right']],
    ['左侧第1、6-8后肋见放射性浓聚。', ['rib-1-left', 'rib-6-left', 'rib-7-left', 'rib-8-left']],
    ['第六、第十一胸椎攝取增加。', ['t6', 't11']],
    ['胸5-7椎体放射性浓聚。', ['t5', 't6', 't7']],
    ['第12胸椎至第2腰椎放射性浓聚。', ['t12', 'l1', 'l2']],
    ['腰椎第三、四節攝取增加。', ['l3', 'l4']],
    ['Uptake in the left wrist and hand.', ['wrist-left', 'hand-left']],
    ['Uptake in both elbows and wrists.', both('elbow', 'wrist')],
    ['左侧股骨近端及胫骨骨干放射性浓聚。', ['femur-left', 'leg-left']],
  ])('%s', (text, expected) => expect(sorted(sites(text))).toEqual(sorted(expected)));
});

describe('rule 2: the smallest listed site', () => {
  test.each([
    ['Uptake in the left femoral neck.', ['femur-left']],
    ['Uptake in the head of the left femur.', ['acetabulum-left']],
    ['Uptake in the right humeral head.', ['shoulder-right']],
    ['Uptake in the right acromion.', ['scapula-right']],
    ['Uptake in the left SC joint.', ['manubrium', 'clavicle-left']],
    ['Uptake in the left tibial plateau.', ['knee-left']],
    ['Uptake in the right lateral malleolus.', ['ankle-right']],
    ['Uptake in the pubic symphysis.', both('pubis')],
    ['Uptake in the coccyx.', ['sacrum']],
    ['Focal uptake in the sternum.', ['sternal-body']],
    ['Uptake throughout the entire sternum.', ['manubrium', 'sternal-body']],
    ['右側跟骨攝取增加。', ['foot-right']],
    ['左侧髌骨放射性浓聚。', ['knee-left']],
  ])('%s', (text, expected) => expect(sorted(sites(text))).toEqual(sorted(expected)));
});

describe('rules 3 and 4: regions, negatives and what they leave out', () => {
  test('a vague region names no site and keeps its sites out of a global negative', () => {
    const text = 'Multiple foci in the left ribs. The rest of the skeleton is unremarkable.';
    expect(sites(text)).toEqual([]);
    const absent = sites(text, 'absent');
    expect(absent).toHaveLength(79);
    expect(absent.some((site) => /^rib-\d+-left$/.test(site))).toBe(false);
    expect(read(text).regional).toMatchObject([{ region: 'ribs', side: 'left' }]);
  });
  test('a region that is named whole names all of its sites', () => {
    expect(sites('Diffusely increased uptake throughout the lumbar spine.')).toEqual(['l1', 'l2', 'l3', 'l4', 'l5']);
    expect(sites('所有肋骨瀰漫性攝取增加。')).toHaveLength(24);
    expect(sites('Diffuse uptake in the entire axial and appendicular skeleton.')).toHaveLength(91);
  });
  test.each([
    ['No abnormal uptake in the ribs.', 24],
    ['The right lower limb is normal.', 5],
    ['骨盆未見異常攝取。', 11],
    ['颈椎、胸椎及腰椎未见异常放射性浓聚。', 24],
    ['Normal bone scan.', 91],
    ['全身骨骼放射性分布均匀，未见异常浓聚。', 91],
    ['No other abnormal osseous uptake.', 91],
  ])('%s makes %i sites absent', (text, count) => expect(sites(text, 'absent')).toHaveLength(count));
  test.each([
    'No evidence of bone metastasis.',
    'No new lesions.',
    '未见明确骨转移征象。',
    'Three-phase study: flow normal.',
  ])('%s is no global negative', (text) => expect(read(text).labels).toEqual({}));
  test('a missing side keeps both sides out of a global negative', () => {
    const text = 'Increased uptake in the knee. No other abnormal uptake.';
    expect(sites(text, 'absent')).toHaveLength(89);
    expect(read(text).warnings).toMatchObject([{ code: 'side-missing', subject: 'knee' }]);
  });
  test('what was not imaged has no entry', () => {
    const text = 'The left hand is obscured. The remainder of the skeleton is normal.';
    expect(read(text).labels['hand-left']).toBeUndefined();
    expect(sites(text, 'absent')).toHaveLength(90);
  });
});

describe('rule 5: findings against impression', () => {
  test('a side that changes is doubted on both sides', () => {
    const line = read('FINDINGS: Focal uptake in the left 4th rib.\nIMPRESSION: Fracture of the right 4th rib.');
    expect(line.labels['rib-4-left']?.state).toBe('uncertain');
    expect(line.labels['rib-4-right']?.state).toBe('uncertain');
    expect(line.warnings).toMatchObject([{ code: 'contradiction', subject: 'rib-4' }]);
    expect(line.impressionClass).toBe('equivocal');
  });
  test('a presence that changes is doubted', () => {
    const line = read('所見：第九胸椎攝取增加。\n結論：胸椎未見異常攝取。');
    expect(line.labels.t9?.state).toBe('uncertain');
    expect(line.labels.t8?.state).toBe('absent');
    expect(line.warnings.map((w) => w.code)).toEqual(['contradiction']);
  });
  test('the cause in the impression wins', () => {
    const text = 'FINDINGS: Uptake at L2, possibly degenerative.\nIMPRESSION: Compression fracture of L2.';
    expect(label(text, 'l2')).toEqual({
      state: 'present',
      nature: 'traumatic',
      likelihood: 'definite',
      uptake: 'increased',
    });
  });
  test('a cause for everything goes to what has none', () => {
    const text = 'FINDINGS: Uptake in T4 and the left ilium. DJD of both knees.\nIMPRESSION: Multiple bone metastases.';
    expect(label(text, 't4')?.nature).toBe('metastatic');
    expect(label(text, 'knee-left')?.nature).toBe('degenerative');
  });
});

describe('rule 6: history, comparison and change', () => {
  test.each([
    'HISTORY: Right hip fracture 2019, pain in the left knee.',
    'Indication: rule out metastasis to the left femur.',
    'On the prior scan uptake was seen at T7.',
    'FINDINGS: Status post left hip fracture.',
    'Compared with 2021/10/06 (uptake in the right tibia).',
    '病史：左側股骨骨折。',
  ])('%s gives no label', (text) => expect(read(text).labels).toEqual({}));
  test.each([
    ['The previously noted lesion at T5 has resolved.', 't5', { state: 'absent', change: 'resolved' }],
    ['Uptake at T5 is stable.', 't5', { state: 'present', change: 'stable', uptake: 'increased' }],
    ['Uptake at T5 has decreased.', 't5', { state: 'present', change: 'decreased', uptake: 'increased' }],
    ['胸5椎体放射性浓聚较前减低。', 't5', { state: 'present', change: 'decreased', uptake: 'increased' }],
    ['第五胸椎有新出現之攝取增加。', 't5', { state: 'present', change: 'new', uptake: 'increased' }],
    [
      'No significant change in the uptake of L1, L3 and the sacrum.',
      'l3',
      { state: 'present', change: 'stable', uptake: 'increased' },
    ],
    ['A sclerotic lesion at L3 on CT shows no uptake.', 'l3', { state: 'absent' }],
  ] as const)('%s', (text, site, expected) => expect(label(text, site)).toEqual(expected));
});

describe('lists', () => {
  test('places below a lead-in share what it says', () => {
    const text = 'FINDINGS: Abnormal uptake at the following sites:\n- Left 4th rib\n- T9\nThe sternum is normal.';
    expect(sites(text)).toEqual(['t9', 'rib-4-left']);
  });
  test('a region before a colon is a heading', () => {
    const text = 'Ribs: uptake in left 6th and right 10th. Pelvis: left ischium hot.';
    expect(sites(text)).toEqual(['rib-6-left', 'rib-10-right', 'ischium-left']);
    expect(read(text).regional).toEqual([]);
  });
});

describe('rules 7 and 8: outside bone, and physiological', () => {
  test('contamination over a bone is no bone finding', () => {
    const line = read('Activity over the right pubis is due to urine contamination. Kidneys are seen.');
    expect(line.labels).toEqual({});
    expect(line.extraosseous.map((x) => x.what).sort()).toEqual(['kidneys', 'urine contamination']);
  });
  test('contamination or a lesion is a doubt', () => {
    const line = read('Focus over the left ischium: urine contamination versus a bone lesion.');
    expect(line.labels['ischium-left']?.state).toBe('uncertain');
  });
  test('physiological uptake is absent', () => {
    expect(sites('Physiologic uptake in both sacroiliac joints.', 'absent')).toEqual(both('sacroiliac-joint'));
    expect(sites('Uptake in the sternoclavicular joints is symmetric and normal.', 'absent')).toHaveLength(3);
  });
});

describe('rules 9 to 11: sides, slips of the pen, bare diagnoses', () => {
  test.each([
    ['Mild uptake in the shoulders.', both('shoulder')],
    ['Uptake in the ankles bilaterally.', both('ankle')],
    ['Uptake at the knees, right greater than left.', both('knee')],
    ['雙膝攝取增加。', both('knee')],
    ["Uptake in R't shouder and L't SI jt.", ['shoulder-right', 'sacroiliac-joint-left']],
    ['INCRESED UPTKE IN BIL. KNEES.', both('knee')],
    ['Increased uptake in rt clavical.', ['clavicle-right']],
    ['右側座骨及骼骨攝取增加。', ['ilium-right', 'ischium-right']],
  ])('%s', (text, expected) => expect(sorted(sites(text))).toEqual(sorted(expected)));
  test('a diagnosis without an uptake word is present without uptake', () =>
    expect(label('IMPRESSION: DJD of both knees.', 'knee-left')).toEqual({
      state: 'present',
      nature: 'degenerative',
      likelihood: 'definite',
    }));
  test('"or" between two ribs doubts both', () =>
    expect(sites('Uptake in the right 5th or 6th rib.', 'uncertain')).toEqual(['rib-5-right', 'rib-6-right']));
});

describe('doubt about the uptake and about the cause are two things', () => {
  test.each([
    ['Questionable faint uptake at T8.', 'uncertain', undefined, undefined],
    ['A lesion in the left ilium cannot be excluded.', 'uncertain', undefined, undefined],
    ['第八胸椎疑有微弱攝取。', 'uncertain', undefined, undefined],
    ['Increased uptake at T8, metastasis cannot be excluded.', 'present', 'metastatic', 'possible'],
    ['Uptake at T8, likely degenerative.', 'present', 'degenerative', 'probable'],
    ['Uptake at T8, trauma?', 'present', 'traumatic', 'possible'],
    ['Uptake at T8, nature undetermined.', 'present', 'unspecified', undefined],
    ['T8攝取增加，骨轉移不能排除。', 'present', 'metastatic', 'possible'],
    ['胸8椎体放射性浓聚，考虑退行性改变。', 'present', 'degenerative', 'probable'],
    ['胸8椎体放射性浓聚，考虑转移可能。', 'present', 'metastatic', 'possible'],
    ['Uptake at T8, degenerative rather than metastatic.', 'present', 'degenerative', 'definite'],
  ])('%s', (text, state, nature, likelihood) => {
    const found = label(text, text.includes('ilium') ? 'ilium-left' : 't8');
    expect(found?.state).toBe(state);
    expect(found?.nature).toBe(nature);
    expect(found?.likelihood).toBe(likelihood);
  });
});

describe('evidence', () => {
  test('is the exact span of the text as given, in UTF-16 code units', () => {
    const text = '<p>😀 Findings:&nbsp;<b>Mild uptake</b> in the left knee.</p>\r\n<p>其餘骨骼未見異常攝取。</p>';
    const line = read(text);
    expect(line.labels['knee-left']).toMatchObject({ state: 'present', intensity: 'mild' });
    for (const { evidence } of Object.values(line.labels))
      expect(text.slice(evidence?.start, evidence?.end)).toBe(evidence?.text);
    expect(line.labels['knee-left']?.evidence?.text).toContain('left knee');
  });
  test('two foci in one site stay two findings', () => {
    const { findings } = reader.read(
      'Intense uptake in L3, metastasis. Separate focus: mild uptake in L3, degenerative.',
    );
    expect(findings.map((f) => [f.id, f.site, f.nature])).toEqual([
      ['l3', 'l3', 'metastatic'],
      ['l3#2', 'l3', 'degenerative'],
    ]);
  });
});

describe('languages and classes', () => {
  test.each([
    ['Uptake in the left knee.', 'en'],
    ['左側膝關節攝取增加。', 'zh-Hant'],
    ['左侧膝关节放射性浓聚。', 'zh-Hans'],
    ['Lt knee: uptake 較前減低, 退化性變化可能性大. No other lesion, 其餘骨骼未見異常.', 'mixed'],
  ])('%s is %s', (text, language) => expect(read(text).language).toBe(language));
  test.each([
    ['Normal bone scan.', 'normal'],
    ['Uptake in both knees, degenerative.', 'benign'],
    ['Questionable uptake at T8.', 'equivocal'],
    ['Uptake at T8, metastasis.', 'metastatic'],
    ["Uptake in L3, Paget's disease.", 'other'],
  ])('%s is %s', (text, expected) => expect(read(text).impressionClass).toBe(expected));
});
