import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Finding, Pack } from '@radiolect/findings';
import { siteLabelsOf } from '@radiolect/findings';
import { readPack } from '@radiolect/findings/node';
import { openLanguageModel } from '@radiolect/language-models';
import type { RecordedAnswer, RecordedServer } from '@radiolect/language-models/recorded-server';
import { startRecordedServer } from '@radiolect/language-models/recorded-server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createLanguageModelReader, guidelineOf } from '../index.ts';
import type { GoldReport } from './ideal-answer.fixture.ts';
import { idealAnswer } from './ideal-answer.fixture.ts';
import { readingAnswerSchema } from './reading-answer.ts';
import { readingOfAnswer } from './reading-of-answer.ts';
import { readingExampleOf } from './reading-prompt.ts';
import { readingVocabulary } from './reading-vocabulary.ts';

const inRepository = (path: string): string => fileURLToPath(new URL(`../../../../${path}`, import.meta.url));
const pack = await readPack('bone-scan');
const reports = readFileSync(inRepository('fixtures/bone-reports-dev.jsonl'), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as GoldReport);

let server: RecordedServer;
let answers: (prompt: string, index: number) => RecordedAnswer;
beforeAll(async () => {
  let asked = 0;
  let told: unknown;
  server = await startRecordedServer(({ prompt }) => {
    if (told !== answers) asked = 0;
    told = answers;
    return answers(prompt, asked++);
  });
});
afterAll(async () => await server.close());

const model = () =>
  openLanguageModel(
    { name: 'recorded', kind: 'openai-compatible', baseUrl: server.url, model: 'any', retries: 0 },
    { fetch, now: () => performance.now() },
  );
const reader = () => createLanguageModelReader(model(), pack);

const nothing = { findings: [], absent: [], open: [], outside: [], impression: 'normal' };
const finding = (more: object) => ({
  quote: '',
  places: ['l4'],
  side: 'none',
  state: 'present',
  nature: 'none',
  likelihood: 'none',
  change: 'none',
  uptake: 'increased',
  intensity: 'none',
  ...more,
});
/** The states by site, unmentioned ones left out. */
const states = (findings: readonly Finding[]) => Object.fromEntries(findings.map((f) => [f.site, f.presence]));

describe('a model without fault', () => {
  test.each(reports.map((report) => [report.id, report] as const))(
    '%s: its labels are the hand labels',
    async (_, r) => {
      answers = () => ({ object: idealAnswer(r) });
      const { reading, counts, abstained } = await reader().read(r.text);
      expect({ ...counts, items: 0 }).toEqual({
        items: 0,
        droppedSpans: 0,
        droppedRules: 0,
        invalidAnswers: 0,
        requests: 1,
      });
      expect(abstained).toBeUndefined();
      const labels = siteLabelsOf(reading);
      const vocabulary = readingVocabulary(pack);
      const open = new Set(r.noEntry ?? []);
      if (!r.noEntry)
        for (const { region, side } of r.regional)
          for (const site of vocabulary.expand(region, (side ?? 'none') as 'none')) open.add(site);
      for (const warning of r.warnings) {
        const place = /^side-missing: *(\S+)/.exec(warning)?.[1];
        if (place) for (const site of vocabulary.expand(place, 'both')) open.add(site);
      }
      for (const site of pack.labelSpace.positions) {
        const gold = r.labels[site];
        const { evidence, ...label } = labels[site] ?? {};
        if (gold) {
          const { evidence: quote, ...expected } = gold;
          expect(label, site).toEqual(expected);
          expect(evidence?.text).toBe(quote);
          expect(r.text.slice(evidence?.start, evidence?.end)).toBe(quote);
        } else if (open.has(site) || !r.globalNegative) expect(labels[site], site).toBeUndefined();
        else expect(label, site).toEqual({ state: 'absent' });
      }
      expect(reading.impressionClass).toBe(r.impressionClass);
      expect(reading.regional.map(({ region, side }) => [region, side])).toEqual(
        r.regional.map(({ region, side }) => [region, side]),
      );
      expect(reading.extraosseous.map(({ what }) => what)).toEqual([
        ...new Set(r.extraosseous.map(({ what }) => what)),
      ]);
    },
  );
  test('the prompt holds the guideline, the form its closed vocabulary', async () => {
    const absent = [{ quote: 'Normal', places: ['all-other-sites'], side: 'none', resolved: false }];
    answers = () => ({ object: { ...nothing, absent } });
    await reader().read('Normal bone scan.');
    const request = server.requests.at(-1)!;
    expect(request.system).toContain(guidelineOf(pack).trim());
    expect(request.prompt).toBe('<report>\nNormal bone scan.\n</report>');
    const { properties } = request.schema as { properties: Record<string, { items: { properties: object } }> };
    const places = (properties.findings!.items.properties as { places: { items: { enum: string[] } } }).places.items
      .enum;
    expect(places).toEqual(expect.arrayContaining(['l4', 'rib-5', 'knee', 'ribs', 'pelvis']));
    expect(places).not.toContain('knee-left');
  });
  test("the pack's guideline is the one of the documents", () => {
    expect(guidelineOf(pack)).toBe(readFileSync(inRepository('docs/spec/labelling-guideline.md'), 'utf8'));
  });
  test("the pack's example stands against its own report", () => {
    const example = readingExampleOf(pack)!;
    const vocabulary = readingVocabulary(pack);
    const answer = readingAnswerSchema(vocabulary).parse(example.answer);
    const held = readingOfAnswer(example.report, answer, vocabulary, 'example');
    expect(held.problems).toEqual([]);
    expect(states(held.findings)).toMatchObject({ l4: 'present', 'knee-left': 'present', 'rib-5-left': 'uncertain' });
    expect(states(held.findings)).not.toHaveProperty('rib-7-right');
    expect(held.findings).toHaveLength(91 - 12);
  });
});

describe('a model with faults', () => {
  const text = 'Increased uptake at L4. Increased uptake at L5.\nIncreased uptake at L4, DJD. Left knee normal.';

  test('a quote that does not stand in the report is said back once, and mended', async () => {
    answers = (_, index) => ({
      object: { ...nothing, findings: [finding({ quote: index === 0 ? 'uptake in L4' : 'uptake at L4' })] },
    });
    const { reading, counts, usage } = await reader().read(text);
    expect(counts).toEqual({ items: 1, droppedSpans: 0, droppedRules: 0, invalidAnswers: 0, requests: 2 });
    expect(states(reading.findings)).toEqual({ l4: 'present' });
    const [first, second] = server.requests.slice(-2);
    expect(second?.prompt).toContain('findings.0: the quote "uptake in L4" does not stand in the report');
    expect(second?.system).toBe(first?.system);
    expect(usage.inputTokens).toBeGreaterThan(100);
  });
  test('mended or not: what still does not stand is dropped and counted, the rest is kept', async () => {
    answers = () => ({
      object: {
        ...nothing,
        findings: [
          finding({ quote: 'Increased uptake at L5', places: ['l5'] }),
          finding({ quote: 'uptake in the skull', places: ['calvarium'] }),
        ],
        open: [{ quote: 'several ribs', place: 'ribs', side: 'none', why: 'vague' }],
      },
    });
    const { reading, counts, abstained } = await reader().read(text);
    expect(counts).toEqual({ items: 3, droppedSpans: 2, droppedRules: 0, invalidAnswers: 0, requests: 2 });
    expect(states(reading.findings)).toEqual({ l5: 'present' });
    expect(reading.regional).toEqual([]);
    expect(abstained).toBeUndefined();
  });
  test('a second answer that is worse is not taken', async () => {
    answers = (_, index) =>
      index === 0
        ? {
            object: {
              ...nothing,
              findings: [finding({ quote: 'at L4' }), finding({ quote: 'at L9', places: ['l5'] })],
            },
          }
        : { object: { ...nothing, findings: [finding({ quote: 'nowhere' })] } };
    const { reading, counts } = await reader().read(text);
    expect(states(reading.findings)).toEqual({ l4: 'present' });
    expect(counts).toMatchObject({ items: 2, droppedSpans: 1 });
  });
  test.each([
    ['a likelihood without a cause', { likelihood: 'definite' }, 'a likelihood stands only where a cause is stated'],
    ['a cause without a likelihood', { nature: 'degenerative' }, 'a stated cause needs a likelihood'],
    ['a resolved finding that is present', { change: 'resolved' }, 'a resolved finding is absent'],
    ['a knee without a side', { places: ['knee'] }, 'knee is paired: side is right, left or both'],
    ['no place', { places: [] }, 'places is empty'],
  ])('%s breaks a rule: said back, then dropped', async (_, more, rule) => {
    answers = () => ({
      object: { ...nothing, findings: [finding({ quote: 'L4', ...more }), finding({ quote: 'L5', places: ['l5'] })] },
    });
    const { reading, counts } = await reader().read(text);
    expect(server.requests.at(-1)?.prompt).toContain(rule);
    expect(counts).toMatchObject({ droppedRules: 1, requests: 2 });
    expect(states(reading.findings)).toEqual({ l5: 'present' });
  });
  test('words of the indication or the comparison give no label; the same words further on do', async () => {
    const sections = 'HISTORY: pain at L4 and T5.\nCOMPARISON: Bone scan of 2023.\nFINDINGS: Focus at L4.';
    answers = () => ({
      object: {
        ...nothing,
        findings: [
          finding({ quote: 'Bone scan of 2023', places: ['l5'] }),
          finding({ quote: 'T5', places: ['t5'] }),
          finding({ quote: 'L4' }),
        ],
      },
    });
    const { reading, counts } = await reader().read(sections);
    expect(counts).toMatchObject({ droppedRules: 2, droppedSpans: 0 });
    expect(server.requests.at(-1)?.prompt).toContain('its quote stands under indication, technique or comparison');
    expect(reading.findings.map(({ site, evidence }) => [site, evidence])).toEqual([
      ['l4', [{ kind: 'text', start: sections.lastIndexOf('L4'), end: sections.length - 1, text: 'L4' }]],
    ]);
  });
  test.each(['', 'There is uptake at L4.', '{"findings": []}'])(
    'after two answers like "%s" it abstains',
    async (said) => {
      answers = () => said;
      const { reading, counts, abstained } = await reader().read(text);
      expect(abstained).toBe('invalid-answer');
      expect(counts).toMatchObject({ invalidAnswers: 2, requests: 2 });
      expect(reading).toMatchObject({ language: 'en', findings: [], warnings: [{ code: 'abstained' }] });
    },
  );
  test('it abstains where nothing of its answer stands', async () => {
    answers = () => ({ object: { ...nothing, findings: [finding({ quote: 'hot spot' })] } });
    expect((await reader().read(text)).abstained).toBe('nothing-stands');
  });
  test('an answer without a statement is said back, then is an abstention', async () => {
    answers = () => ({ object: nothing });
    const { counts, abstained, reading } = await reader().read(text);
    expect(server.requests.at(-1)?.prompt).toContain('there is no statement in it');
    expect(counts).toMatchObject({ items: 0, invalidAnswers: 0, requests: 2 });
    expect([abstained, reading.findings]).toEqual(['nothing-stands', []]);
  });
  test('an invalid answer that is mended counts as invalid once, and is used', async () => {
    answers = (_, index) =>
      index === 0 ? 'L4' : { object: { ...nothing, findings: [finding({ quote: 'uptake at L4' })] } };
    const { reading, counts } = await reader().read(text);
    expect(counts).toMatchObject({ invalidAnswers: 1, requests: 2 });
    expect(states(reading.findings)).toEqual({ l4: 'present' });
  });
});

describe('what an answer stands for', () => {
  const read = async (text: string, more: object) => {
    answers = () => ({ object: { ...nothing, ...more } });
    return (await reader().read(text)).reading;
  };

  test('words that stand twice are taken in order, another one for the same site', async () => {
    const text = 'uptake at L4, uptake at L5. Impression: uptake at L4';
    const { findings } = await read(text, {
      findings: [
        finding({ quote: 'uptake at L4' }),
        finding({ quote: 'uptake', places: ['l5'] }),
        finding({ quote: 'uptake at L4' }),
      ],
    });
    const starts = findings.map((f) => f.evidence.map((e) => e.kind === 'text' && e.start));
    expect(starts).toEqual([[0, text.lastIndexOf('uptake')], [0]]);
  });
  test('offsets are UTF-16 code units', async () => {
    const { findings } = await read('🦴𠮷 左膝攝取增加。', {
      findings: [finding({ quote: '左膝攝取增加', places: ['knee'], side: 'left' })],
    });
    expect(findings[0]?.evidence).toEqual([{ kind: 'text', start: 5, end: 11, text: '左膝攝取增加' }]);
  });
  test('a whole region, one side of it, and what is said of a site itself', async () => {
    const { findings } = await read('left ribs; right ribs free; right 5th rib hot', {
      findings: [
        finding({ quote: 'left ribs', places: ['ribs'], side: 'left' }),
        finding({ quote: 'right 5th rib hot', places: ['rib-5'], side: 'right' }),
      ],
      absent: [{ quote: 'right ribs free', places: ['ribs'], side: 'right', resolved: false }],
    });
    const found = states(findings);
    expect(Object.keys(found)).toHaveLength(24);
    expect(found).toMatchObject({ 'rib-1-left': 'present', 'rib-5-right': 'present', 'rib-6-right': 'absent' });
  });
  test('named as hot and as free is uncertain, with a warning', async () => {
    const { findings, warnings } = await read('Focus at T10. T10 is normal.', {
      findings: [finding({ quote: 'Focus at T10', places: ['t10'] })],
      absent: [{ quote: 'T10 is normal', places: ['t10'], side: 'none', resolved: false }],
    });
    expect(states(findings)).toEqual({ t10: 'uncertain' });
    expect(warnings).toEqual([{ code: 'contradiction', subject: 't10', evidence: findings[0]?.evidence }]);
  });
  test('of two causes metastasis comes first, else the impression wins', async () => {
    const text = 'L4 hot, L5 hot. L4 met or DJD. L5 fracture rather than DJD.';
    const degenerative = { nature: 'degenerative', likelihood: 'possible' };
    const { findings } = await read(text, {
      findings: [
        finding({ quote: 'L4 met', nature: 'metastatic', likelihood: 'possible', intensity: 'mild' }),
        finding({ quote: 'L4', ...degenerative }),
        finding({ quote: 'L5 hot', places: ['l5'], ...degenerative }),
        finding({ quote: 'L5 fracture', places: ['l5'], nature: 'traumatic', likelihood: 'probable' }),
      ],
    });
    expect(findings.map(({ nature, likelihood, intensity }) => ({ nature, likelihood, intensity }))).toEqual([
      { nature: 'metastatic', likelihood: 'possible', intensity: 'mild' },
      { nature: 'traumatic', likelihood: 'probable', intensity: undefined },
    ]);
  });
  test('everything else is free, but for what is open', async () => {
    const { findings, warnings } = await read('knee hot, many left ribs hot, foot amputated, rest normal', {
      absent: [{ quote: 'rest normal', places: ['all-other-sites'], side: 'none', resolved: false }],
      open: [
        { quote: 'knee hot', place: 'knee', side: 'none', why: 'side-missing' },
        { quote: 'many left ribs hot', place: 'ribs', side: 'left', why: 'vague' },
        { quote: 'foot amputated', place: 'foot', side: 'right', why: 'not-imaged' },
      ],
    });
    const found = states(findings);
    expect(Object.keys(found)).toHaveLength(91 - 2 - 12 - 1);
    expect(found).toHaveProperty('foot-left', 'absent');
    expect(warnings.map(({ code, subject }) => [code, subject])).toEqual([['side-missing', 'knee']]);
  });
});

describe('a pack whose positions are concepts', async () => {
  const shipped = await readPack('chest-x-ray');
  const chest: Pack = {
    ...shipped,
    concepts: shipped.concepts.map((one) => (one.id === 'consolidation' ? { ...one, implies: ['lung-opacity'] } : one)),
  };
  const read = async (text: string, more: object) => {
    answers = () => ({ object: { ...nothing, ...more } });
    return (await createLanguageModelReader(model(), chest, 'A guideline.').read(text)).reading;
  };
  test('roll-ups and derived positions are worked out; only what a report can state may be said', async () => {
    const { findings } = await read('Dense consolidation in the right lower lobe. No effusion.', {
      findings: [finding({ quote: 'Dense consolidation', places: ['consolidation'] })],
      absent: [{ quote: 'No effusion', places: ['pleural-effusion'], side: 'none', resolved: false }],
    });
    expect(states(findings)).toEqual({
      'lung-opacity': 'present',
      consolidation: 'present',
      'pleural-effusion': 'absent',
    });
    expect(findings.find((f) => f.site === 'consolidation')).toMatchObject({
      concept: chest.concepts.find((position) => position.id === 'consolidation')?.concept,
      source: { name: 'recorded' },
    });
    expect(findings.some((f) => f.uptake !== undefined)).toBe(false);
    const { schema, system } = server.requests.at(-1)!;
    expect(JSON.stringify(schema)).not.toContain('no-finding');
    expect(system).toContain('A guideline.');
  });
  test('nothing found in a text is the derived "no finding"', async () => {
    const { findings } = await read('Clear lungs.', {
      absent: [{ quote: 'Clear lungs', places: ['lung-opacity'], side: 'none', resolved: false }],
    });
    expect(states(findings)).toEqual({ 'no-finding': 'present', 'lung-opacity': 'absent' });
  });
  test('without a guideline of its own or of the caller there is no reader', () => {
    const bare = { ...chest, files: new Map([...chest.files].filter(([name]) => name !== 'guideline.md')) };
    expect(() => createLanguageModelReader(model(), bare)).toThrow('file "guideline.md": is missing');
  });
});
