import type { Pack } from '@radiolect/findings';
import type { TextReader } from '../checks/check-draft.ts';
import type { Drafter } from '../drafter/drafter.ts';
import type { Completion, CompletionUsage, LanguageModel } from '../language-model/language-model.ts';
import type { DraftWriter, DraftWriterInput, Suggestion, WrittenDraft } from './draft-writer.ts';
import { draftingPrompt } from './drafting-prompt.ts';
import { holdToFindings } from './hold-to-findings.ts';
import type { ProposedAnswer } from './proposed-answer.ts';
import { proposedAnswer, sentenceStream } from './proposed-answer.ts';

export interface LanguageModelDrafterParts {
  readonly model: LanguageModel;
  readonly pack: Pack;
  /** Writes what the model may not, and stands in where it fails. */
  readonly drafter: Drafter;
  /** Reads every sentence back. */
  readonly reader: TextReader;
}

/**
 * A drafter whose words are a model's and whose findings are not: the model words the findings, every sentence is read
 * back, and what says otherwise is replaced by the rule drafter's and counted. An answer that breaks its form is asked
 * for once more with the fault named; then the draft is the rule drafter's and says so. Errors of the server pass on.
 */
export function createLanguageModelDrafter({ model, pack, drafter, reader }: LanguageModelDrafterParts): DraftWriter {
  return {
    name: model.name,
    async write(input, { signal, onSentence } = {}) {
      const seen: DraftWriterInput = model.seesImages ? input : { ...input, images: [] };
      const { request, idsOf } = draftingPrompt(seen, pack, drafter);
      const calls: CompletionUsage[] = [];
      const ask = async (prompt: string, onText?: (piece: string) => void): Promise<Completion> => {
        const answer = await model.complete(
          { ...request, prompt },
          { ...(signal ? { signal } : {}), ...(onText ? { onText } : {}) },
        );
        calls.push(answer.usage);
        return answer;
      };
      // A second answer is not told as it comes: its sentences would stand beside those of the first.
      let answer = understood(
        await ask(request.prompt, onSentence ? sentenceStream(idsOf, onSentence) : undefined),
        idsOf,
      );
      if ('problem' in answer)
        answer = understood(
          await ask(`${request.prompt}\n\n## Your last answer was refused\n${answer.problem}\nAnswer again.`),
          idsOf,
        );
      if ('problem' in answer) {
        const by = await abstain(input, drafter, answer.problem);
        return { ...by, writer: model.name, calls };
      }
      const held = holdToFindings(answer.sentences, input, drafter, reader);
      return {
        writer: model.name,
        ...held,
        suggestions: suggestionsBeyond(answer.suggestions, input, pack),
        proposed: answer.sentences.map(({ section, text, states }) => ({ section, text, states })),
        calls,
      };
    },
  };
}

function understood(
  completion: Completion,
  idsOf: ReadonlyMap<string, readonly string[]>,
): ProposedAnswer | { readonly problem: string } {
  if (completion.kind === 'invalid') return { problem: completion.problem };
  try {
    return proposedAnswer(completion.object, idsOf);
  } catch {
    return { problem: 'the answer does not follow the schema' };
  }
}

const abstain = async (input: DraftWriterInput, drafter: Drafter, problem: string): Promise<WrittenDraft> => ({
  writer: 'rules',
  draft: drafter.draft(input),
  replaced: [],
  added: 0,
  suggestions: [],
  proposed: [],
  calls: [],
  abstained: problem,
});

/** What the model sees at sites that the findings do not call present, once a site. */
function suggestionsBeyond(all: readonly Suggestion[], { findings }: DraftWriterInput, pack: Pack): Suggestion[] {
  const present = new Set(findings.filter((one) => one.presence !== 'absent').map((one) => one.site));
  const known = new Set(pack.labelSpace.positions);
  const seen = new Set<string>();
  return all.filter(({ site }) => {
    if (present.has(site) || !known.has(site) || seen.has(site)) return false;
    seen.add(site);
    return true;
  });
}
