import type { Finding, FindingInput } from '@radiolect/findings';
import { languages, makeFinding } from '@radiolect/findings';
import { readPack } from '@radiolect/findings/node';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkDraft } from '../checks/check-draft.ts';
import { createDrafter } from '../drafter/drafter.ts';
import { randomFindingSet } from '../drafter/random-finding-set.ts';
import type { Completion, CompletionRequest, LanguageModel } from '../language-model/language-model.ts';
import { createRuleReader } from '../reader/rule-reader.ts';
import type { DraftWriterInput, ProposedSentence } from './draft-writer.ts';
import { draftingPrompt } from './drafting-prompt.ts';
import { createLanguageModelDrafter } from './language-model-drafter.ts';

const pack = await readPack('bone-scan');
const drafter = createDrafter(pack);
const reader = createRuleReader(pack);
const image = { mediaType: 'image/png', data: new Uint8Array([1]), meaning: 'anterior view' } as const;

type Sentence = { section: string; text: string; states: string[] };
type Answer = { sentences: Sentence[]; suggestions?: { site: string; reason: string }[] } | string;

/** A model whose answers are computed from the request: what a server would send, without the server. */
const answering = (
  answer: (request: CompletionRequest, call: number) => Answer,
  seesImages = false,
): LanguageModel & { readonly requests: CompletionRequest[] } => {
  const requests: CompletionRequest[] = [];
  return {
    name: 'recorded',
    seesImages,
    requests,
    async complete(request, options): Promise<Completion> {
      requests.push(request);
      const given = answer(request, requests.length);
      const text = typeof given === 'string' ? given : JSON.stringify(given);
      for (let at = 0; at < text.length; at += 7) options?.onText?.(text.slice(at, at + 7));
      const rest = { text, usage: { inputTokens: 10, outputTokens: 5, seconds: 0 }, cached: false };
      return typeof given === 'string'
        ? { kind: 'invalid', problem: 'not JSON', ...rest }
        : { kind: 'object', object: given, ...rest };
    },
  };
};

const finding = (site: string, part: Partial<FindingInput> = {}): Finding =>
  makeFinding({ presence: 'present', uptake: 'increased', ...part, site, source: { kind: 'reader' } });
const metastatic = { nature: 'metastatic', likelihood: 'probable', intensity: 'intense' } as const;
const abnormal = [finding('rib-4-right', metastatic), finding('l4', metastatic)];
const findings = [
  ...abnormal,
  ...pack.sites
    .filter(({ id }) => !abnormal.some(({ site }) => site === id))
    .map(({ id }) => makeFinding({ site: id, presence: 'absent', source: { kind: 'reader' } })),
];
const good: Sentence[] = [
  {
    section: 'findings',
    text: 'The right 4th rib and L4 take up the tracer intensely, most likely bone metastases.',
    states: ['F1', 'F2'],
  },
  { section: 'findings', text: 'No other abnormal osseous uptake.', states: ['REST'] },
  { section: 'impression', text: 'Probable bone metastases in the right 4th rib and L4.', states: ['F1', 'F2'] },
];
const input: DraftWriterInput = { findings, language: 'en' };
const write = (sentences: Sentence[], more: Partial<DraftWriterInput> = {}) =>
  createLanguageModelDrafter({ model: answering(() => ({ sentences })), pack, drafter, reader }).write({
    ...input,
    ...more,
  });
const replacing = (index: number, from: string, to: string): Sentence[] =>
  good.map((sentence, at) => (at === index ? { ...sentence, text: sentence.text.replace(from, to) } : sentence));
const reasonsOf = (written: Awaited<ReturnType<typeof write>>): string[] =>
  written.replaced.flatMap(({ reasons }) => reasons);

test('sentences that say exactly the findings stand as the model worded them', async () => {
  const written = await write(good);
  expect(written.replaced).toEqual([]);
  expect(written.added).toBe(0);
  expect(written.draft.sentences.map((s) => s.text)).toEqual(good.map((s) => s.text));
  expect(new Set(written.draft.sentences.map((s) => s.origin))).toEqual(new Set(['language-model']));
});

describe('a sentence that says otherwise gives way to the rule drafter', () => {
  test.each([
    ['a side flipped', replacing(0, 'right 4th', 'left 4th'), 'side-mismatch'],
    ['a level moved', replacing(0, 'L4', 'L3'), 'added-finding'],
    ['a finding added', replacing(0, 'and L4', 'and L4 and the skull base'), 'added-finding'],
    ['a finding dropped', replacing(0, ' and L4', ''), 'dropped-finding'],
    [
      'a negation',
      replacing(0, 'take up the tracer intensely, most likely bone metastases', 'show no abnormal uptake'),
      'presence-flip',
    ],
    ['another cause', replacing(0, 'bone metastases', 'degenerative change'), 'attribute-mismatch'],
    ['another likelihood in the impression', replacing(2, 'Probable', 'Definite'), 'impression-contradicts-findings'],
    ['no finding cited', [...good, { section: 'findings', text: 'The kidneys look normal.', states: [] }], 'uncited'],
    [
      'a finding that is none',
      [...good, { section: 'findings', text: 'L4 again.', states: ['F9'] }],
      'unknown-finding',
    ],
    ['a heading', replacing(0, 'The right', 'Findings: The right'), 'heading'],
  ])('%s', async (_, sentences, reason) => {
    const written = await write(sentences);
    expect(reasonsOf(written)).toContain(reason);
    expect(written.replaced.length).toBe(1);
    expect(checkDraft(written.draft, findings, reader)).toEqual([]);
  });
  test('an impression that denies the cause of a finding is not kept', async () => {
    const written = await write(
      replacing(2, 'Probable bone metastases in the right 4th rib and L4', 'No evidence of bone metastases'),
    );
    expect(checkDraft(written.draft, findings, reader)).toEqual([]);
    expect(written.draft.sentences.map((s) => s.text)).not.toContain('No evidence of bone metastases.');
  });
});

test('what the model leaves out is added', async () => {
  const written = await write(good.slice(0, 1));
  expect(written.added).toBeGreaterThanOrEqual(2);
  expect(checkDraft(written.draft, findings, reader)).toEqual([]);
});
test('an empty answer is the rule draft, sentence by sentence', async () => {
  const written = await write([]);
  expect(written.draft.sentences.map((s) => s.text)).toEqual(drafter.draft(input).sentences.map((s) => s.text));
});

test('an answer that breaks its form is asked for once more, then the rule drafter stands in', async () => {
  const second = answering((_, call) => (call === 1 ? 'so sorry' : { sentences: good }));
  const repaired = await createLanguageModelDrafter({ model: second, pack, drafter, reader }).write(input);
  expect(repaired.abstained).toBeUndefined();
  expect(repaired.calls).toHaveLength(2);
  expect(second.requests[1]?.prompt).toContain('refused');
  const never = answering(() => 'so sorry');
  const given = await createLanguageModelDrafter({ model: never, pack, drafter, reader }).write(input);
  expect(given.abstained).toBe('not JSON');
  expect(given.calls).toHaveLength(2);
  expect(given.draft).toEqual(drafter.draft(input));
});

test('suggestions are sites beyond the findings, and only a model that sees gets the pictures', async () => {
  const suggestions = ['l4', 'skull-base', 'skull-base', 'nowhere'].map((site) => ({ site, reason: 'a hot spot' }));
  const seeing = answering(() => ({ sentences: good, suggestions }), true);
  const written = await createLanguageModelDrafter({ model: seeing, pack, drafter, reader }).write({
    ...input,
    images: [image],
  });
  expect(written.suggestions).toEqual([{ site: 'skull-base', reason: 'a hot spot' }]);
  expect(written.draft.sentences.flatMap((s) => s.states)).not.toContain('skull-base#2');
  expect(seeing.requests[0]?.images).toEqual([image]);
  const blind = answering(() => ({ sentences: good }));
  await createLanguageModelDrafter({ model: blind, pack, drafter, reader }).write({ ...input, images: [image] });
  expect(blind.requests[0]?.images).toBeUndefined();
});

test('sentences are told as they come, before they are checked', async () => {
  const told: ProposedSentence[] = [];
  const model = answering(() => ({ sentences: [{ ...good[0]!, text: 'A "quoted" {brace} \\ L4' }, good[1]!] }));
  await createLanguageModelDrafter({ model, pack, drafter, reader }).write(input, { onSentence: (s) => told.push(s) });
  expect(told.map((s) => s.text)).toEqual(['A "quoted" {brace} \\ L4', good[1]!.text]);
  expect(told[0]?.states).toEqual(['rib-4-right', 'l4']);
});

test('the prompt holds what the report may be worded from', () => {
  const { request } = draftingPrompt(
    {
      ...input,
      panel: { question: 'back pain', laboratory: { PSA: '14 ng/mL' } },
      prior: { date: '20250102', text: 'Old text.' },
      style: ['Our way.'],
    },
    pack,
    drafter,
  );
  for (const word of [
    'F2: L4 vertebra; present',
    'cause metastatic',
    'PSA 14 ng/mL',
    'back pain',
    '20250102',
    'Old text.',
  ])
    expect(request.prompt).toContain(word);
  expect(request.system).toContain('Our way.');
});

describe.each(languages)('any findings in %s', (language) => {
  test('a model that swaps, drops and repeats sentences never gets a wrong one through', async () => {
    const sets = randomFindingSet(pack.sites.map((site) => site.id));
    await fc.assert(
      fc.asyncProperty(sets, fc.array(fc.nat(), { minLength: 3, maxLength: 6 }), async (any, mischief) => {
        const said = drafter.draft({ findings: any, language }).sentences;
        const { idsOf } = draftingPrompt({ findings: any, language }, pack, drafter);
        const names = new Map([...idsOf].flatMap(([name, ids]) => ids.map((id) => [id, name] as const)));
        const sentences = said.map(({ section, text, states }) => ({
          section,
          text,
          states: [...new Set(states.map((id) => names.get(id)!))],
        }));
        for (const number of mischief) {
          const at = number % Math.max(sentences.length, 1);
          const other = (number >> 3) % Math.max(sentences.length, 1);
          if (sentences.length === 0) break;
          if (number % 3 === 0) sentences.splice(at, 1);
          else if (number % 3 === 1) sentences[at] = { ...sentences[at]!, text: sentences[other]!.text };
          else sentences.push({ ...sentences[at]!, section: 'findings' });
        }
        const model = answering(() => ({ sentences }));
        const written = await createLanguageModelDrafter({ model, pack, drafter, reader }).write({
          findings: any,
          language,
        });
        expect(checkDraft(written.draft, any, reader)).toEqual([]);
      }),
      { seed: 11, numRuns: 40 },
    );
  });
});
