import { describe, expect, test } from 'vitest';
import { createAssertionReader } from './assertion-reader.ts';
import { parseAssertionRules } from './assertion-rules.ts';
import { assertionRules } from './language-rules.ts';

const reader = createAssertionReader([assertionRules.en, assertionRules.zh]);
const assess = (text: string, mention: string) => {
  const start = text.indexOf(mention);
  expect(start, mention).toBeGreaterThanOrEqual(0);
  return reader.assess(text, { start: 0, end: text.length }, { start, end: start + mention.length });
};

describe('presence', () => {
  test.each([
    ['No pleural effusion, pneumothorax, or focal consolidation.', 'focal consolidation', 'absent'],
    ['No pleural effusion, pneumothorax or focal consolidation is seen.', 'pneumothorax', 'absent'],
    ['No pneumothorax, small left pleural effusion.', 'effusion', 'present'],
    ['No pneumothorax, and the heart is enlarged.', 'enlarged', 'present'],
    ['There is no pneumothorax but an effusion persists.', 'effusion', 'present'],
    ['Pneumothorax is not seen.', 'Pneumothorax', 'absent'],
    ['There is a small effusion, pneumothorax is not seen.', 'effusion', 'present'],
    ['Effusion and pneumothorax are not identified.', 'Effusion', 'absent'],
    ['The right effusion has resolved.', 'effusion', 'absent'],
    ['Interval resolution of the right effusion.', 'effusion', 'absent'],
    ['No change in the right effusion.', 'effusion', 'present'],
    ['Without interval change in the right effusion.', 'effusion', 'present'],
    ['Possible pneumonia.', 'pneumonia', 'uncertain'],
    ['Pneumonia cannot be excluded.', 'Pneumonia', 'uncertain'],
    ['Cannot exclude pneumonia.', 'pneumonia', 'uncertain'],
    ['No opacity to suggest pneumonia.', 'pneumonia', 'absent'],
    ['Patchy opacity, may represent atelectasis.', 'opacity', 'present'],
    ['Patchy opacity, may represent atelectasis.', 'atelectasis', 'uncertain'],
    ['Opacity likely represents atelectasis, no pneumothorax.', 'pneumothorax', 'absent'],
    ['1. No effusion 2. Cardiomegaly', 'Cardiomegaly', 'present'],
    ['No focal consolidation; cardiomegaly.', 'cardiomegaly', 'present'],
    ['未见胸腔积液及气胸。', '气胸', 'absent'],
    ['未見胸腔積液,左下肺可見斑片影', '斑片影', 'present'],
    ['不能排除肺炎。', '肺炎', 'uncertain'],
    ['右侧气胸已吸收。', '气胸', 'absent'],
  ])('%s [%s] is %s', (text, mention, presence) => expect(assess(text, mention).presence).toBe(presence));
});

describe('time and person', () => {
  test.each([
    ['History of pneumonia.', 'pneumonia', 'historical'],
    ['Two-day history of cough.', 'cough', 'recent'],
    ['Return if there is chest pain.', 'chest pain', 'hypothetical'],
    ['Evaluate for pneumonia.', 'pneumonia', 'hypothetical'],
    ['Persistent cough.', 'cough', 'recent'],
  ])('%s [%s] is %s', (text, mention, temporality) => expect(assess(text, mention).temporality).toBe(temporality));
  test('of the family', () => {
    expect(assess('Mother had breast cancer.', 'breast cancer').experiencer).toBe('other');
    expect(assess('Brought in by her mother for cough.', 'cough').experiencer).toBe('patient');
  });
});

test('the deciding words are given by their place in the text', () => {
  const text = 'Clear. There is no evidence of effusion.';
  const start = text.indexOf('effusion');
  const { triggers } = reader.assess(text, { start: 7, end: text.length }, { start, end: start + 8 });
  expect(triggers.map((t) => text.slice(t.start, t.end))).toEqual(['no evidence of']);
});

test('a mention outside its sentence is bare, and any text is read', () => {
  expect(reader.assess('no x', { start: 0, end: 4 }, { start: 90, end: 95 }).presence).toBe('present');
  expect(reader.assess('', { start: 0, end: 0 }, { start: 0, end: 0 })).toEqual({
    presence: 'present',
    temporality: 'recent',
    experiencer: 'patient',
    triggers: [],
  });
});

test('later rules override the words that they share with earlier ones', () => {
  const own = parseAssertionRules({ language: 'en', triggers: [{ says: 'nothing', terms: ['history of'] }] });
  const text = 'History of fracture.';
  const mention = { start: 11, end: 19 };
  const sentence = { start: 0, end: text.length };
  expect(createAssertionReader([assertionRules.en]).assess(text, sentence, mention).temporality).toBe('historical');
  expect(createAssertionReader([assertionRules.en, own]).assess(text, sentence, mention).temporality).toBe('recent');
});

test('rules whose form is broken are refused', () => {
  expect(() => parseAssertionRules({ language: 'en', triggers: [{ says: 'maybe', terms: ['x'] }] })).toThrow();
  expect(() => parseAssertionRules({ language: 'en', triggers: [], trigers: [] })).toThrow();
});
