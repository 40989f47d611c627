import { z } from 'zod';
import type { ProposedSentence, Suggestion } from './draft-writer.ts';

/** The answer of a model, its short names still unresolved. */
const answerSchema = z.object({
  sentences: z.array(
    z.object({ section: z.enum(['findings', 'impression']), text: z.string(), states: z.array(z.string()) }),
  ),
  suggestions: z.array(z.object({ site: z.string(), reason: z.string() })).optional(),
});

export interface ProposedAnswer {
  readonly sentences: readonly (ProposedSentence & { readonly unknownNames: number })[];
  readonly suggestions: readonly Suggestion[];
}

/** Resolves the short names of an answer to ids of findings. Throws a ZodError where the answer has another form. */
export function proposedAnswer(object: unknown, idsOf: ReadonlyMap<string, readonly string[]>): ProposedAnswer {
  const { sentences, suggestions = [] } = answerSchema.parse(object);
  return { sentences: sentences.map((sentence) => resolve(sentence, idsOf)), suggestions };
}

function resolve(
  { section, text, states }: z.infer<typeof answerSchema>['sentences'][number],
  idsOf: ReadonlyMap<string, readonly string[]>,
): ProposedAnswer['sentences'][number] {
  const names = [...new Set(states.map((name) => name.trim()))];
  return {
    section,
    text: text.replace(/\s+/g, ' ').trim(),
    states: [...new Set(names.flatMap((name) => idsOf.get(name) ?? []))],
    unknownNames: names.filter((name) => !idsOf.has(name)).length,
  };
}

/**
 * Finds the sentences of an answer while it is still being written: every complete object inside the first array.
 * Text that is no JSON yields nothing; the whole answer is judged when it is there.
 */
export function sentenceStream(
  idsOf: ReadonlyMap<string, readonly string[]>,
  onSentence: (sentence: ProposedSentence) => void,
): (piece: string) => void {
  let depth = 0;
  let inString = false;
  let escaped = false;
  let arrays = 0;
  let current = '';
  const item = answerSchema.shape.sentences.element;
  return (piece) => {
    for (const character of piece) {
      if (depth >= 2 && arrays === 1) current += character;
      if (inString) {
        if (escaped) escaped = false;
        else if (character === '\\') escaped = true;
        else if (character === '"') inString = false;
        continue;
      }
      if (character === '"') inString = true;
      else if (character === '[' && depth === 1) arrays++;
      else if (character === '{') {
        depth++;
        if (depth === 2) current = '{';
      } else if (character === '}') {
        depth--;
        if (depth !== 1 || arrays !== 1) continue;
        const parsed = item.safeParse(parsedOrUndefined(current));
        if (parsed.success) {
          const { section, text, states } = resolve(parsed.data, idsOf);
          onSentence({ section, text, states });
        }
      }
    }
  };
}

function parsedOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
