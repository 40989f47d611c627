import type { Finding, Language } from '@radiolect/findings';
import { InvalidPackError, languages, makeFinding, parsePack } from '@radiolect/findings';
import { readPack } from '@radiolect/findings/node';
import fc from 'fast-check';
import { fleschKincaid } from 'flesch-kincaid';
import { syllable } from 'syllable';
import { describe, expect, test } from 'vitest';
import { randomFindingSet, withoutRepeats } from '../drafter/random-finding-set.ts';
import type { PlainSentence } from './explain.ts';
import { explain, plainText } from './explain.ts';
import { readBack } from './read-back.fixture.ts';
import { parsePlainWording } from './wording.ts';

const pack = await readPack('bone-scan');
const sites = pack.sites.map((site) => site.id);
const finding = (site: string, rest: Partial<Finding> = {}): Finding =>
  makeFinding({ site, presence: 'present', source: { kind: 'reader' }, ...rest });
const tell = (findings: readonly Finding[], language: Language = 'en'): PlainSentence[] =>
  explain({ findings, language, pack });

const line = (one: Partial<Finding>): string =>
  [one.site, one.presence, one.nature, one.likelihood, one.change, one.uptake, one.intensity]
    .map((value) => value ?? '-')
    .join(' ');

/** What must be said: all but a plain negative beside an abnormal finding of its site. */
function toBeSaid(findings: readonly Finding[]): Finding[] {
  const abnormal = new Set(findings.filter(({ presence }) => presence !== 'absent').map(({ site }) => site));
  return findings.filter(
    ({ presence, change, site }) => presence !== 'absent' || change !== undefined || !abnormal.has(site),
  );
}

describe('what the text says is what the findings say', () => {
  test.each(languages)(
    'every finding and nothing else can be read back from the words in %s',
    (language) => {
      const wording = parsePlainWording(pack, language);
      fc.assert(
        fc.property(randomFindingSet(sites), (findings) => {
          const sentences = tell(findings, language);
          const wanted = [...new Set(withoutRepeats(toBeSaid(findings)).map(line))].sort();
          const got = [...new Set(readBack(sentences, wording, sites).map(line))].sort();
          expect(got).toEqual(wanted);
        }),
        { seed: 2026, numRuns: 400, endOnFailure: true },
      );
    },
    120_000,
  );

  test('the trace names every finding; framing rests on none and comes from the pack alone', () => {
    const wording = parsePlainWording(pack, 'en');
    const { opening, nothing, cancer, closing } = wording.framing;
    const fixed = new Set([...opening, nothing, cancer, ...closing]);
    fc.assert(
      fc.property(randomFindingSet(sites), (findings) => {
        const sentences = tell(findings);
        const byId = new Map(findings.map((one) => [one.id, one]));
        const stated = new Set(sentences.filter(({ kind }) => kind === 'uptake').flatMap(({ states }) => states));
        expect([...stated].sort()).toEqual(
          toBeSaid(findings)
            .map(({ id }) => id)
            .sort(),
        );
        for (const { kind, text, states, sites: named } of sentences) {
          expect(states.length === 0).toBe(kind === 'framing');
          if (kind === 'framing') expect(fixed).toContain(text);
          const cited = states.map((id) => byId.get(id)!);
          expect(new Set(named)).toEqual(new Set(cited.map(({ site }) => site)));
          if (kind === 'cause') for (const one of cited) expect(one.nature).toBeDefined();
          if (kind === 'change') for (const one of cited) expect(one.change).toBeDefined();
        }
      }),
      { seed: 7, numRuns: 200, endOnFailure: true },
    );
  });
});

/** U.S. school grade of an English text (Kincaid et al. 1975). Words and sentences by Unicode's rules. */
function grade(text: string): number {
  const words = [...new Intl.Segmenter('en', { granularity: 'word' }).segment(text)].filter((one) => one.isWordLike);
  const sentences = [...new Intl.Segmenter('en', { granularity: 'sentence' }).segment(text)];
  return fleschKincaid({
    sentence: sentences.length,
    word: words.length,
    syllable: words.reduce((sum, { segment }) => sum + syllable(segment), 0),
  });
}

describe('English reads at grade 8 or lower', () => {
  test('over random finding sets, with the framing and without it', () => {
    const whole: number[] = [];
    const findingsAlone: number[] = [];
    fc.assert(
      fc.property(randomFindingSet(sites), (findings) => {
        const sentences = tell(findings);
        whole.push(grade(plainText(sentences, 'en')));
        const own = sentences.filter(({ kind }) => kind !== 'framing');
        if (own.length > 0) findingsAlone.push(grade(own.map(({ text }) => text).join(' ')));
      }),
      { seed: 11, numRuns: 300, endOnFailure: true },
    );
    if (process.env.RADIOLECT_FIGURES)
      for (const [name, values] of Object.entries({ whole, findingsAlone })) {
        const sorted = [...values].sort((a, b) => a - b);
        const at = (share: number): string => sorted[Math.floor(share * (sorted.length - 1))]!.toFixed(2);
        process.stdout.write(`${name}: n ${sorted.length}, median ${at(0.5)}, 95 % ${at(0.95)}, highest ${at(1)}\n`);
      }
    expect(Math.max(...whole)).toBeLessThanOrEqual(8);
    expect(Math.max(...findingsAlone)).toBeLessThanOrEqual(8);
  });
  test('the measure tells a hard sentence from an easy one', () => {
    expect(grade('The scan shows more tracer in the left knee.')).toBeLessThan(5);
    expect(
      grade('Scintigraphically indeterminate radiopharmaceutical accumulation necessitates correlation.'),
    ).toBeGreaterThan(20);
  });
});

describe('wording', () => {
  test('a metastasis is named, its doubt stays, and a calm sentence stands behind it', () => {
    const mets = [
      finding('l4', { nature: 'metastatic', likelihood: 'possible', uptake: 'increased', change: 'new' }),
      finding('knee-left', { nature: 'degenerative', likelihood: 'definite', uptake: 'increased', intensity: 'mild' }),
    ];
    expect(plainText(tell(mets), 'en')).toBe(
      `This page explains the signed report of your bone scan in plain words. A bone scan shows where bone takes up more or less of a tracer than usual. Left and right mean your own left and right.

The scan shows more tracer than usual in spine bone L4 in the low back. One possible cause is cancer that has spread to the bone, but this is not sure. This is new since the last scan. News like this can be hard to read. Your doctor can tell you what it means for you and what comes next.

The scan shows a little more tracer than usual in the left knee. The cause is wear and tear.

This text was made by a computer for research. It does not replace the report or your doctor. Please ask your doctor about anything that is not clear.`,
    );
    expect(plainText(tell(mets, 'zh-Hant'), 'zh-Hant')).toContain(
      '掃描顯示，腰部脊椎第4節吸收的藥劑比平常多。其中一個可能的原因是癌症擴散到骨頭，但不確定。這是上次掃描之後新出現的。',
    );
    expect(plainText(tell(mets, 'zh-Hans'), 'zh-Hans')).toContain(
      '扫描显示，左侧膝关节吸收的药剂比平常稍多。原因是退化磨损。',
    );
  });
  test('regions, both sides, ranges and parts; long lists are cut', () => {
    const ribs = [1, 2, 3].flatMap((n) => [finding(`rib-${n}-right`), finding(`rib-${n}-left`)]);
    const [text] = tell([...ribs, finding('rib-7-left'), finding('femur-left', { part: 'shaft' })])
      .filter(({ kind }) => kind === 'uptake')
      .map((one) => one.text);
    expect(text).toBe(
      'The scan shows a spot that stands out in ribs 1 to 3 on both sides, left rib 7 and the left thigh bone (shaft).',
    );
    const many = ['calvarium', 'mandible', 'c3', 't4', 'l5', 'knee-left', 'foot-left'].map((site) => finding(site));
    expect(tell(many).filter(({ kind }) => kind === 'uptake')).toHaveLength(3);
  });
  test('two foci of one site are two, a resolved lesion is gone, an empty report says so', () => {
    const text = plainText(
      tell([
        finding('l4', { uptake: 'increased' }),
        finding('l4', { id: 'l4:2', uptake: 'decreased' }),
        finding('t7', { presence: 'absent', change: 'resolved' }),
      ]),
      'en',
    );
    expect(text).toContain('Also, in a second spot: The scan shows less tracer than usual in spine bone L4');
    expect(text).toContain('What was seen before in spine bone T7 in the mid back is now gone.');
    expect(plainText(tell([]), 'en')).toContain('The report does not name any single bone.');
  });
  test('foreign sites, repeated ids and a pack without wording are named', () => {
    expect(() => tell([finding('nowhere')])).toThrow(RangeError);
    expect(() => tell([finding('l4'), finding('l4')])).toThrow(RangeError);
    const files = new Map(pack.files);
    files.delete('plain/en.json');
    expect(() => explain({ findings: [], language: 'en', pack: parsePack('bone-scan', files) })).toThrow(
      InvalidPackError,
    );
    const wording = JSON.parse(pack.files.get('plain/en.json')!) as { places: { single: Record<string, string> } };
    delete wording.places.single.sacrum;
    files.set('plain/en.json', JSON.stringify(wording));
    expect(() => explain({ findings: [], language: 'en', pack: parsePack('bone-scan', files) })).toThrow(/sacrum/);
  });
});
