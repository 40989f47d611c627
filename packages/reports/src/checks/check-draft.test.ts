import type { DraftReport, Finding, FindingInput } from '@radiolect/findings';
import { languages, makeFinding, mirrorSite } from '@radiolect/findings';
import { readPack } from '@radiolect/findings/node';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { randomFindingSet } from '../drafter/random-finding-set.ts';
import { createDrafter, createRuleReader } from '../index.ts';
import { checkDraft } from './check-draft.ts';

const pack = await readPack('bone-scan');
const drafter = createDrafter(pack);
const reader = createRuleReader(pack);

const finding = (site: string, part: Partial<FindingInput> = {}): Finding =>
  makeFinding({ presence: 'present', uptake: 'increased', ...part, site, source: { kind: 'reader' } });
const metastatic = { nature: 'metastatic', likelihood: 'probable', intensity: 'intense' } as const;
const abnormal = [
  ...['l3', 'l4', 'l5', 'rib-4-right', 'ilium-left'].map((site) => finding(site, metastatic)),
  ...['knee-left', 'knee-right'].map((site) =>
    finding(site, { nature: 'degenerative', likelihood: 'definite', intensity: 'mild' }),
  ),
  finding('t8', { presence: 'uncertain', intensity: 'faint' }),
];
const named = new Set(abnormal.map(({ site }) => site));
const findings = [
  ...abnormal,
  ...pack.sites
    .filter(({ id }) => !named.has(id))
    .map(({ id }) => makeFinding({ site: id, presence: 'absent', source: { kind: 'reader' } })),
];

/** The draft with one wording replaced in the first sentence of a section that holds it. */
function planted(draft: DraftReport, section: 'findings' | 'impression', from: string, to: string): DraftReport {
  const at = draft.sentences.findIndex((s) => s.section === section && s.text.includes(from));
  expect(at, `"${from}" stands in the ${section}`).toBeGreaterThanOrEqual(0);
  return {
    ...draft,
    sentences: draft.sentences.map((s, index) => (index === at ? { ...s, text: s.text.replace(from, to) } : s)),
  };
}

/** Wordings of each language: [as drafted, as planted]. */
const words = {
  en: {
    side: ['the right 4th rib', 'the left 4th rib'],
    drop: [', the right 4th rib', ''],
    level: ['L3–L5', 'L2–L5'],
    shifted: ['L3–L5', 'L2–L4'],
    negate: ['Intense uptake in', 'No abnormal uptake in'],
    negateImpression: ['Probable bone metastases in', 'No abnormal uptake in'],
    cause: ['degenerative change', 'bone metastases'],
    causeImpression: ['Degenerative change', 'Bone metastases'],
    typed: 'Increased uptake in the skull base.',
    remark: 'The patient was informed.',
    collective: 'Widespread bone metastases.',
  },
  'zh-Hant': {
    side: ['右側第4肋骨', '左側第4肋骨'],
    drop: ['、右側第4肋骨', ''],
    level: ['第三至第五', '第二至第五'],
    shifted: ['第三至第五', '第二至第四'],
    negate: ['有強烈攝取增加，符合骨轉移', '未見異常攝取'],
    negateImpression: ['符合骨轉移', '未見異常攝取'],
    cause: ['退化性變化', '骨轉移'],
    causeImpression: ['退化性變化', '骨轉移'],
    typed: '顱底有攝取增加。',
    remark: '已告知病人。',
    collective: '多發性骨轉移。',
  },
  'zh-Hans': {
    side: ['右侧第4肋骨', '左侧第4肋骨'],
    drop: ['、右侧第4肋骨', ''],
    level: ['腰3-5', '腰2-5'],
    shifted: ['腰3-5', '腰2-4'],
    negate: ['见显著放射性浓聚，考虑骨转移', '未见异常放射性浓聚'],
    negateImpression: ['考虑骨转移', '未见异常放射性浓聚'],
    cause: ['退行性改变', '骨转移'],
    causeImpression: ['退行性改变', '骨转移'],
    typed: '颅底见放射性浓聚。',
    remark: '已告知患者。',
    collective: '全身多发骨转移。',
  },
} as const;

describe.each(languages)('a draft in %s', (language) => {
  const draft = drafter.draft({ findings, language });
  const say = words[language];
  const check = (changed: DraftReport, of = findings) => checkDraft(changed, of, reader, pack.sites);
  const plant = (
    kind: 'side' | 'drop' | 'level' | 'shifted' | 'negate' | 'negateImpression' | 'cause' | 'causeImpression',
    section: 'findings' | 'impression' = 'findings',
  ) => check(planted(draft, section, say[kind][0], say[kind][1]));
  const sitesOf = (checks: ReturnType<typeof check>, code: string): string[] =>
    [...new Set(checks.filter((c) => c.code === code).flatMap((c) => c.sites))].sort();

  test('passes as it was drafted', () => {
    expect(check(draft)).toEqual([]);
  });
  test('a flipped side is a side mismatch, in either section', () => {
    for (const section of ['findings', 'impression'] as const) {
      const checks = plant('side', section);
      expect(sitesOf(checks, 'side-mismatch')).toEqual(['rib-4-left']);
      expect(checks.find((c) => c.code === 'side-mismatch')).toMatchObject({
        severity: 'error',
        findings: ['rib-4-right'],
        sentence: `${section}-1`,
      });
    }
  });
  test('a finding taken out of the text is a dropped finding', () => {
    expect(sitesOf(plant('drop'), 'dropped-finding')).toEqual(['rib-4-right']);
  });
  test('a level more is an added finding, a level moved also a dropped one', () => {
    expect(sitesOf(plant('level'), 'added-finding')).toEqual(['l2']);
    const moved = plant('shifted');
    expect(sitesOf(moved, 'added-finding')).toEqual(['l2']);
    expect(sitesOf(moved, 'dropped-finding')).toEqual(['l5']);
  });
  test('a negation put into the text is a presence flip', () => {
    const flipped = ['ilium-left', 'l3', 'l4', 'l5', 'rib-4-right'];
    expect(sitesOf(plant('negate'), 'presence-flip')).toEqual(flipped);
    expect(sitesOf(plant('negateImpression', 'impression'), 'impression-contradicts-findings')).toEqual(flipped);
  });
  test('another cause is named in either section', () => {
    expect(sitesOf(plant('cause'), 'attribute-mismatch')).toEqual(['knee-left', 'knee-right']);
    expect(sitesOf(plant('causeImpression', 'impression'), 'impression-contradicts-findings')).toEqual([
      'knee-left',
      'knee-right',
    ]);
  });
  test('a typed sentence needs its confirmation, and is read like any other', () => {
    const typed = (text: string, confirmed = false): DraftReport => ({
      ...draft,
      sentences: [
        ...draft.sentences,
        { id: 'typed', section: 'findings', text, states: [], origin: 'reader', confirmed },
      ],
    });
    expect(check(typed(say.remark)).map((c) => [c.code, c.sentence])).toEqual([['sentence-without-finding', 'typed']]);
    expect(check(typed(say.remark, true))).toEqual([]);
    expect(sitesOf(check(typed(say.typed, true)), 'added-finding')).toEqual(['skull-base']);
  });
  test('a sentence that calls the whole skeleton normal beside findings denies them', () => {
    const normal = {
      en: 'Normal bone scan.',
      'zh-Hant': '全身骨骼未見異常攝取。',
      'zh-Hans': '全身骨骼未见异常放射性浓聚。',
    };
    for (const section of ['findings', 'impression'] as const) {
      const sentence = { id: 'normal', section, text: normal[language], states: ['c1'], origin: 'rules' } as const;
      const checks = check({ ...draft, sentences: [...draft.sentences, sentence] });
      expect(sitesOf(checks, 'presence-flip')).toEqual([...named].sort());
    }
  });
  test('an impression without sites cannot give the findings a cause of its own', () => {
    const bare = [finding('l3'), finding('t8')];
    const draft = drafter.draft({ findings: bare, language });
    const sentences = draft.sentences.map((s) => (s.section === 'impression' ? { ...s, text: say.collective } : s));
    expect(sitesOf(check({ ...draft, sentences }, bare), 'impression-contradicts-findings')).toEqual(['l3', 't8']);
  });
  test('a finding that no sentence states, and a sentence whose finding is gone', () => {
    const uncited = {
      ...draft,
      sentences: draft.sentences.map((s) => ({ ...s, states: s.states.filter((id) => id !== 't8') })),
    };
    expect(sitesOf(check(uncited), 'finding-without-sentence')).toEqual(['t8']);
    const gone = check(
      draft,
      findings.filter(({ id }) => id !== 't8'),
    );
    expect(gone.filter((c) => c.code === 'sentence-without-finding').length).toBeGreaterThan(0);
    expect(sitesOf(gone, 'added-finding')).toEqual(['t8']);
  });
  test('says it in three languages with the names of the sites', () => {
    const [first] = plant('side').filter((c) => c.code === 'side-mismatch');
    expect(first?.message.en).toBe('The sentence names another side than its finding: left rib 4.');
    expect(first?.message['zh-Hant']).toContain('左側第四肋骨');
    expect(first?.message['zh-Hans']).toContain('左侧第四肋骨');
  });
});

const anyFindings = randomFindingSet(pack.sites.map((site) => site.id));
const swapped = (text: string): string =>
  text.replace(/right|left|右|左/g, (side) => ({ right: 'left', left: 'right', 右: '左', 左: '右' })[side] ?? side);

describe.each(languages)('any draft in %s', (language) => {
  test('passes as it was drafted', () => {
    fc.assert(
      fc.property(anyFindings, (any) => {
        expect(checkDraft(drafter.draft({ findings: any, language }), any, reader)).toEqual([]);
      }),
      { seed: 5, numRuns: 100 },
    );
  });
  test('is caught with its sides swapped in one sentence', () => {
    fc.assert(
      fc.property(anyFindings, fc.nat(), (any, at) => {
        const draft = drafter.draft({ findings: any, language });
        const siteOf = new Map(any.map(({ id, site }) => [id, site]));
        const oneSided = draft.sentences.filter(({ states, text }) => {
          const sites = new Set(states.map((id) => siteOf.get(id) ?? ''));
          return text !== swapped(text) && [...sites].some((site) => !sites.has(mirrorSite(site)));
        });
        const sentence = oneSided[at % Math.max(oneSided.length, 1)];
        fc.pre(sentence !== undefined);
        const sentences = draft.sentences.map((s) => (s === sentence ? { ...s, text: swapped(s.text) } : s));
        const checks = checkDraft({ ...draft, sentences }, any, reader);
        expect(checks.map((c) => [c.code, c.sentence])).toContainEqual(['side-mismatch', sentence.id]);
      }),
      { seed: 6, numRuns: 60 },
    );
  });
});
