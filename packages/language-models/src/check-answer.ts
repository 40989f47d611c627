import { z } from 'zod';

/** An answer's text held against its schema. */
export type CheckedAnswer =
  | { readonly kind: 'object'; readonly object: unknown }
  | { readonly kind: 'invalid'; readonly problem: string };

export type AnswerChecker = (text: string, schema: Readonly<Record<string, unknown>>) => CheckedAnswer;

const namedProblems = 5;
const longProblem = 160;

/** A checker that compiles each schema once. Draft 2020-12, as far as zod reads it. */
export function createAnswerChecker(): AnswerChecker {
  const compiled = new WeakMap<object, z.ZodType>();
  return (text, schema) => {
    let form = compiled.get(schema);
    if (!form) {
      form = z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0]);
      compiled.set(schema, form);
    }
    let json: unknown;
    try {
      json = JSON.parse(bareJson(text));
    } catch {
      return { kind: 'invalid', problem: text.trim() === '' ? 'the answer is empty' : 'the answer is not JSON' };
    }
    const parsed = form.safeParse(json);
    if (parsed.success) return { kind: 'object', object: parsed.data };
    const problems = parsed.error.issues.slice(0, namedProblems).map((issue) => {
      const place = issue.path.length === 0 ? 'the answer' : issue.path.join('.');
      return `${place}: ${issue.message.slice(0, longProblem)}`;
    });
    const more = parsed.error.issues.length - problems.length;
    return { kind: 'invalid', problem: `${problems.join('; ')}${more > 0 ? `; and ${more} more` : ''}` };
  };
}

/** Servers that do not hold a model to the schema let it think aloud first, or fence the JSON as Markdown does. */
function bareJson(text: string): string {
  const spoken = text.replace(/^\s*<think>[\s\S]*?<\/think>/, '').trim();
  return /^```(?:json)?\s*\n([\s\S]*?)\n?```$/.exec(spoken)?.[1] ?? spoken;
}
