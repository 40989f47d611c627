import type { Pack, ReportReading } from '@radiolect/findings';
import { z } from 'zod';
import { createRuleReader } from '../reader/rule-reader.ts';
import { createSectionReader } from '../reader/silent-sections.ts';
import { conceptFindings } from './concept-findings.ts';
import { guidelineOf } from './guideline.ts';
import type { Completion, CompletionOptions, CompletionUsage, LanguageModel } from './language-model.ts';
import { readingAnswerSchema } from './reading-answer.ts';
import type { HeldAnswer } from './reading-of-answer.ts';
import { readingOfAnswer } from './reading-of-answer.ts';
import { readingPrompt, readingSystem, repairPrompt } from './reading-prompt.ts';
import { readingVocabulary } from './reading-vocabulary.ts';

/** Why a model has no reading of a report: no answer of the form asked for, or one without a statement that stands. */
export type Abstention = 'invalid-answer' | 'nothing-stands';

export interface ReadingCounts {
  /** Statements that the answer made. */
  readonly items: number;
  /** Of these, dropped: the quote does not stand in the report. */
  readonly droppedSpans: number;
  /** Of these, dropped: the statement breaks a rule of valid findings. */
  readonly droppedRules: number;
  /** Answers that did not follow the form, 0 to 2. */
  readonly invalidAnswers: number;
  /** Questions asked: 2 where the first answer was said back for repair. */
  readonly requests: number;
}

/** What a language model made of one report. An abstention's reading is empty and carries the warning `abstained`. */
export interface LanguageModelReading {
  readonly reading: ReportReading;
  readonly counts: ReadingCounts;
  /** Over all questions of this report; of kept answers what they took when they were asked. */
  readonly usage: CompletionUsage;
  /** Every answer was kept from before. */
  readonly cached: boolean;
  readonly abstained?: Abstention;
}

export interface LanguageModelReader {
  readonly name: string;
  /** Throws what the model throws (`LanguageModelError`, the signal's reason); an answer of no use is an abstention. */
  read(text: string, options?: Pick<CompletionOptions, 'signal'>): Promise<LanguageModelReading>;
}

/**
 * A reader that asks a language model. The guideline goes into the prompt, the closed vocabulary into the schema; every
 * quoted span must stand in the report and every finding keep the rules, or it is said back once and then dropped.
 * `guideline` defaults to the pack's. Throws InvalidPackError.
 */
export function createLanguageModelReader(
  model: LanguageModel,
  pack: Pack,
  guideline: string = guidelineOf(pack),
): LanguageModelReader {
  const vocabulary = readingVocabulary(pack);
  const form = readingAnswerSchema(vocabulary);
  const schema = z.toJSONSchema(form) as Readonly<Record<string, unknown>>;
  const system = readingSystem(pack, vocabulary, guideline);
  const rules = createRuleReader(pack);
  const silentWords = pack.kind === 'sites' ? createSectionReader(pack) : undefined;

  const held = (text: string, answer: Completion): HeldAnswer | undefined => {
    const parsed = answer.kind === 'object' ? form.safeParse(answer.object) : undefined;
    return parsed?.success
      ? readingOfAnswer(text, parsed.data, vocabulary, model.name, silentWords?.(text))
      : undefined;
  };
  const ask = (prompt: string, signal: AbortSignal | undefined): Promise<Completion> =>
    model.complete({ system, prompt, schema }, signal ? { signal } : {});

  return {
    name: model.name,
    async read(text, { signal } = {}) {
      const { language } = rules.read(text);
      const first = await ask(readingPrompt(text), signal);
      const answers = [first];
      let best = held(text, first);
      let invalidAnswers = best ? 0 : 1;
      const problems = best
        ? [...best.problems, ...(best.items === 0 ? [nothingSaid] : [])]
        : [first.kind === 'invalid' ? first.problem : 'the answer has another form'];
      if (problems.length > 0) {
        const second = await ask(repairPrompt(text, first.text, problems), signal);
        answers.push(second);
        const repaired = held(text, second);
        if (!repaired) invalidAnswers++;
        else if (!best || standing(repaired) >= standing(best)) best = repaired;
      }
      const { items = 0, droppedSpans = 0, droppedRules = 0 } = best ?? {};
      const about = {
        counts: { items, droppedSpans, droppedRules, invalidAnswers, requests: answers.length },
        usage: sumUsage(answers.map((answer) => answer.usage)),
        cached: answers.every((answer) => answer.cached),
      };
      if (!best || standing(best) === 0)
        return { ...about, reading: noReading(language), abstained: best ? 'nothing-stands' : 'invalid-answer' };
      const { regional, extraosseous, warnings, impressionClass } = best;
      const findings = pack.kind === 'concepts' ? conceptFindings(best.findings, pack, text) : best.findings;
      return { ...about, reading: { language, findings, regional, extraosseous, warnings, impressionClass } };
    },
  };
}

/** Small models like to leave every list empty; a report that says nothing of any place is rare. */
const nothingSaid =
  'there is no statement in it: list what the report calls abnormal, free or open, a normal scan under absent';

const standing = ({ items, droppedSpans, droppedRules }: HeldAnswer): number => items - droppedSpans - droppedRules;

const noReading = (language: ReportReading['language']): ReportReading => ({
  language,
  findings: [],
  regional: [],
  extraosseous: [],
  warnings: [{ code: 'abstained', evidence: [] }],
  impressionClass: 'equivocal',
});

/** Tokens, seconds and cost added up; the cost is left out where no part has one. */
export function sumUsage(parts: readonly CompletionUsage[]): CompletionUsage {
  const sum = (of: (usage: CompletionUsage) => number): number => parts.reduce((all, usage) => all + of(usage), 0);
  return {
    inputTokens: sum((usage) => usage.inputTokens),
    outputTokens: sum((usage) => usage.outputTokens),
    seconds: sum((usage) => usage.seconds),
    ...(parts.some((usage) => usage.cost !== undefined) ? { cost: sum((usage) => usage.cost ?? 0) } : {}),
  };
}
