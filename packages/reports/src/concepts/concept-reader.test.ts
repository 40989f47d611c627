import { InvalidPackError, parsePack } from '@radiolect/findings';
import { readPack } from '@radiolect/findings/node';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { labelLine } from '../reader/label-line.ts';
import { createRuleReader } from '../reader/rule-reader.ts';

const pack = await readPack('chest-x-ray');
const reader = createRuleReader(pack);
const states = (text: string): Record<string, string> =>
  Object.fromEntries(Object.entries(labelLine('r', reader.read(text)).labels).map(([id, { state }]) => [id, state]));

describe('conventions of the chest pack', () => {
  test.each([
    [
      'Heart size is normal. Lungs are clear.',
      { cardiomegaly: 'absent', 'lung-opacity': 'absent', consolidation: 'absent' },
    ],
    ['Heart: enlarged. Lungs: clear.', { cardiomegaly: 'present', 'lung-opacity': 'absent', consolidation: 'absent' }],
    ['The heart is not enlarged.', { cardiomegaly: 'absent' }],
    [
      'The heart, mediastinum and pulmonary vasculature are normal.',
      { cardiomegaly: 'absent', 'enlarged-cardiomediastinum': 'absent', edema: 'absent' },
    ],
    ['Normal heart size and mediastinal contours.', { cardiomegaly: 'absent', 'enlarged-cardiomediastinum': 'absent' }],
    ['Unchanged right pleural effusion.', { 'pleural-effusion': 'present' }],
    ['The right pleural effusion has resolved.', { 'pleural-effusion': 'absent' }],
    ['Small effusion. No new effusion.', { 'pleural-effusion': 'present' }],
    ['Right base opacity, likely atelectasis.', { 'lung-opacity': 'present', atelectasis: 'present' }],
    [
      'Right base opacity, atelectasis versus pneumonia.',
      { 'lung-opacity': 'present', atelectasis: 'uncertain', pneumonia: 'uncertain' },
    ],
    ['Old healed left rib fractures.', { fracture: 'present' }],
    ['Degenerative change of the spine.', {}],
    ['RLL infiltrate ?pneumonia.', { 'lung-opacity': 'present', pneumonia: 'uncertain' }],
    ['? small effusion.', { 'pleural-effusion': 'uncertain' }],
    ['Heart failure with small effusions.', { edema: 'present', 'pleural-effusion': 'present' }],
  ])('%s', (text, expected) => {
    const { 'no-finding': _, ...found } = states(text);
    expect(found).toEqual(expected);
  });
  test.each([
    ['右下肺可见斑片状阴影，不能排除肺炎。', { 'lung-opacity': 'present', pneumonia: 'uncertain' }],
    [
      '心影增大。左侧少量胸腔积液，未见气胸。',
      { cardiomegaly: 'present', pneumothorax: 'absent', 'pleural-effusion': 'present' },
    ],
    [
      '兩肺清晰，心臟大小正常，無肋膜積液。',
      { cardiomegaly: 'absent', 'lung-opacity': 'absent', consolidation: 'absent', 'pleural-effusion': 'absent' },
    ],
    ['右侧胸腔积液已吸收。右侧第5肋骨陈旧性骨折。', { 'pleural-effusion': 'absent', fracture: 'present' }],
    ['病史：肺炎。影像所见：心影未见增大。', { cardiomegaly: 'absent' }],
  ])('%s', (text, expected) => {
    const { 'no-finding': _, ...found } = states(text);
    expect(found).toEqual(expected);
  });
  test('no finding is derived, devices aside', () => {
    expect(states('No acute cardiopulmonary process.')).toEqual({ 'no-finding': 'present' });
    expect(states('Left PICC line. Otherwise normal.')).toEqual({
      'no-finding': 'present',
      'support-devices': 'present',
    });
    expect(states('Small effusion.')['no-finding']).toBeUndefined();
    expect(states('Possible small effusion.')['no-finding']).toBeUndefined();
    expect(states('')).toEqual({});
  });
  test('the indication, the history and the comparison are not read', () => {
    const text = 'INDICATION: Pneumonia, r/o effusion.\nCOMPARISON: CT with pneumothorax.\nFINDINGS: Cardiomegaly.';
    expect(states(text)).toEqual({ cardiomegaly: 'present' });
    expect(states('Indication: Pneumonia. Findings: Cardiomegaly. Impression: Cardiomegaly.')).toEqual({
      cardiomegaly: 'present',
    });
    expect(states('Indication: Pneumonia.\nThe heart is enlarged.')).toEqual({ cardiomegaly: 'present' });
  });
});

test('a finding carries the code of its position, its change and the words it rests on', () => {
  const text = 'FINDINGS: Stable small right pleural\neffusion.';
  const [finding] = reader.read(text).findings;
  expect(finding).toMatchObject({
    id: 'pleural-effusion',
    site: 'pleural-effusion',
    concept: { value: 'RID34539', schemeDesignator: 'RADLEX' },
    presence: 'present',
    change: 'stable',
    evidence: [{ kind: 'text', start: 29, end: 45, text: 'pleural\neffusion' }],
  });
});

test('any text is read, and evidence stands verbatim in it', () => {
  const words = [
    'no',
    'effusion',
    'heart',
    'enlarged',
    'normal',
    '.',
    ',',
    '\n',
    'or',
    'IMPRESSION:',
    '2.',
    '<b>',
    'possible',
    '肺炎',
    '未见',
    'XXXX',
  ];
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.constantFrom(...words), fc.string({ maxLength: 6 })), { maxLength: 40 }),
      (parts) => {
        const text = parts.join(' ');
        for (const { evidence } of reader.read(text).findings)
          for (const span of evidence)
            if (span.kind === 'text') expect(text.slice(span.start, span.end)).toBe(span.text);
      },
    ),
  );
});

test('time grows linearly with the text', () => {
  const long = 'No effusion or pneumothorax, and the heart is not enlarged '.repeat(8000);
  const start = performance.now();
  reader.read(long);
  expect(performance.now() - start).toBeLessThan(8000);
});

describe('a pack that is broken is refused by file', () => {
  const files = (lexicon: unknown, more: readonly (readonly [string, string])[] = []) =>
    new Map([
      ['concepts.json', JSON.stringify({ name: 'n', version: '1', positions: [{ id: 'a', names: { en: 'A' } }] })],
      ['lexicon/en.json', JSON.stringify(lexicon)],
      ...more,
    ]);
  const good = { language: 'en', headers: {}, concepts: [{ positions: ['a'], terms: ['alpha'] }], pairs: [] };
  test('good', () => {
    const { findings } = createRuleReader(parsePack('p', files(good))).read('No alphas.');
    expect(findings).toMatchObject([{ site: 'a', presence: 'absent' }]);
  });
  test.each([
    ['an unknown position', files({ ...good, concepts: [{ positions: ['b'], terms: ['x'] }] }), 'lexicon/en.json'],
    ['a form that is not followed', files({ ...good, concepts: 3 }), 'lexicon/en.json'],
    ['broken trigger words', files(good, [['assertion/en.json', '{"language": 1}']]), 'assertion/en.json'],
    ['no language', new Map([...files(good)].filter(([f]) => f === 'concepts.json')), 'lexicon'],
  ])('%s', (_, given, file) => {
    expect(() => createRuleReader(parsePack('p', given))).toThrow(InvalidPackError);
    expect(() => createRuleReader(parsePack('p', given))).toThrow(file);
  });
});
