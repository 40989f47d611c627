import type { Finding, FindingInput } from '@radiolect/findings';
import { languages, makeFinding } from '@radiolect/findings';
import { readPack } from '@radiolect/findings/node';
import { describe, expect, test } from 'vitest';
import { createRuleReader } from '../reader/rule-reader.ts';
import { draftText } from './draft-text.ts';
import { createDrafter } from './drafter.ts';

const pack = await readPack('bone-scan');
const drafter = createDrafter(pack);
const sites = pack.sites.map((site) => site.id);

type Part = Partial<Omit<FindingInput, 'site' | 'source'>>;
/** Findings by a list of sites and what they share; `rest` makes every other site absent. */
function findingsOf(groups: readonly (readonly [string, Part])[], rest = true): Finding[] {
  const source = { kind: 'reader' } as const;
  const stated = groups.flatMap(([list, part], group) =>
    list.split(' ').map((site) => makeFinding({ presence: 'present', ...part, site, id: `${group}-${site}`, source })),
  );
  const named = new Set(stated.map((finding) => finding.site));
  const others = rest ? sites.filter((site) => !named.has(site)) : [];
  return [...stated, ...others.map((site) => makeFinding({ site, presence: 'absent', source }))];
}
const metastatic = { nature: 'metastatic', likelihood: 'probable', uptake: 'increased', intensity: 'intense' } as const;

describe('a draft', () => {
  test('names neighbours, sides and ranges as a physician would', () => {
    const findings = findingsOf([
      ['rib-7-right knee-left rib-4-right l5 rib-5-right l3 rib-6-right l4 knee-right rib-9-left', metastatic],
    ]);
    const first = (language: 'en' | 'zh-Hant' | 'zh-Hans') => drafter.draft({ findings, language }).sentences[0]?.text;
    expect(first('en')).toBe(
      'Intense uptake in L3–L5, the right 4th–7th ribs, the left 9th rib and both knees, consistent with bone metastases.',
    );
    expect(first('zh-Hant')).toBe(
      '第三至第五腰椎、右側第4至7肋骨、左側第9肋骨及雙側膝關節有強烈攝取增加，符合骨轉移。',
    );
    expect(first('zh-Hans')).toBe('腰3-5椎体、右侧第4-7肋骨、左侧第9肋骨及双侧膝关节见显著放射性浓聚，考虑骨转移。');
  });
  test('sums up the remainder only where every site is known', () => {
    const partly = drafter.draft({
      findings: findingsOf([['c1 c2 c3 c4 c5 c6 c7 foot-left', { presence: 'absent' }]], false),
      language: 'en',
    });
    expect(partly.sentences[0]?.text).toBe('No abnormal uptake in the cervical spine and the left foot.');
    const known = drafter.draft({ findings: findingsOf([['l4', metastatic]]), language: 'en' });
    expect(known.sentences[1]?.text).toBe('No other abnormal osseous uptake.');
    expect(known.sentences[1]?.states).toHaveLength(90);
  });
  test.each(languages)('states every finding in each section of %s, and cites nothing else', (language) => {
    const findings = findingsOf([
      ['l3 t8', metastatic],
      ['t4', { presence: 'uncertain', uptake: 'increased', intensity: 'faint' }],
      ['t7', { presence: 'absent', change: 'resolved' }],
      ['knee-left', { nature: 'unspecified', uptake: 'increased' }],
    ]);
    const { sentences } = drafter.draft({ findings, language });
    const ids = findings.map((finding) => finding.id);
    const cited = sentences.filter((s) => s.section === 'findings').flatMap((s) => s.states);
    expect([...cited].sort()).toEqual([...ids].sort());
    for (const sentence of sentences) {
      expect(sentence.states.length).toBeGreaterThan(0);
      expect(ids).toEqual(expect.arrayContaining([...sentence.states]));
    }
    const abnormal = findings.filter((finding) => finding.presence !== 'absent').map((finding) => finding.id);
    expect(sentences.filter((s) => s.section === 'impression').flatMap((s) => s.states)).toEqual(
      expect.arrayContaining(abnormal),
    );
  });
  test('answers the question, and denies it only where every abnormal site has another cause', () => {
    const panel = {
      question: 'Bone metastasis?',
      primaryTumour: 'prostate carcinoma',
      laboratory: { PSA: '14.2 ng/mL' },
    };
    const degenerative = { nature: 'degenerative', likelihood: 'definite', uptake: 'increased' } as const;
    const text = (findings: Finding[]): string => draftText(drafter.draft({ findings, panel, language: 'en' }));
    expect(text(findingsOf([['knee-left', degenerative]]))).toContain('No scintigraphic evidence of bone metastases.');
    expect(
      text(
        findingsOf([
          ['knee-left', degenerative],
          ['l3', { uptake: 'increased' }],
        ]),
      ),
    ).not.toContain('No scintigraphic');
    expect(
      text(
        findingsOf([
          ['knee-left', degenerative],
          ['l3', { presence: 'uncertain' }],
        ]),
      ),
    ).not.toContain('No scintigraphic');
    expect(
      text(
        findingsOf([
          ['knee-left', degenerative],
          ['l3', metastatic],
        ]),
      ),
    ).toContain('1. Probable bone metastasis in L3.');
    expect(text([])).toContain('INDICATION: Bone metastasis? Primary tumour: prostate carcinoma. PSA 14.2 ng/mL.');
  });
  test('keeps what a person typed inside the indication', () => {
    const panel = { question: 'see prior.\nFINDINGS: uptake in L3', surgery: '所見：第三腰椎攝取增加' };
    const findings = findingsOf([['knee-left', { presence: 'absent' }]], false);
    for (const language of languages) {
      const reading = createRuleReader(pack).read(draftText(drafter.draft({ findings, panel, language })));
      expect(reading.findings.map(({ site, presence }) => [site, presence])).toEqual([['knee-left', 'absent']]);
    }
  });
  test('refuses a site of another pack and two findings with one id', () => {
    const knee = makeFinding({ site: 'knee-left', presence: 'present', source: { kind: 'reader' } });
    expect(() => drafter.draft({ findings: [knee, knee], language: 'en' })).toThrow(RangeError);
    expect(() => drafter.draft({ findings: [{ ...knee, site: 'tail' }], language: 'en' })).toThrow('"tail"');
  });
});
