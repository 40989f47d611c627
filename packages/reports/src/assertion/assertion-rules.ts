import { z } from 'zod';

/** What a trigger says of the mentions in its reach; `nothing` only keeps its words from being read as another one. */
export const sayings = ['absent', 'present', 'uncertain', 'historical', 'hypothetical', 'other', 'nothing'] as const;
export type Saying = (typeof sayings)[number];

const terms = z.array(z.string().min(1));
const rulesSchema = z.strictObject({
  language: z.string().min(1),
  note: z.string().optional(),
  /** Characters that are read as another one (traditional → simplified). */
  characters: z.record(z.string().length(1), z.string().length(1)).optional(),
  /**
   * `forward`: the mention stands behind the trigger; `backward`: before it; `both`. `within` limits the distance in
   * words; `clause` keeps a forward trigger from crossing into the next clause even in a list.
   */
  triggers: z.array(
    z.strictObject({
      says: z.enum(sayings),
      reach: z.enum(['forward', 'backward', 'both']).optional(),
      within: z.number().int().positive().optional(),
      terms,
    }),
  ),
  /** Words that end the reach of triggers, of all or of those that say one of `of`. */
  stops: z.array(z.strictObject({ of: z.array(z.enum(sayings)).optional(), terms })).default([]),
  /** Finite verbs: a clause of its own begins where one stands behind a comma or a joining word. */
  verbs: terms.default([]),
  /** What follows a verb that only says that something was looked at: "no effusion or pneumothorax is seen". */
  perceived: terms.default([]),
  joins: terms.default([]),
  alternatives: terms.default([]),
  /** Words that, behind a comma, begin a statement of their own: "no pneumothorax, small left effusion". */
  openers: terms.default([]),
});

/** Trigger words of one language, as data. */
export type AssertionRules = z.infer<typeof rulesSchema>;

/** Parses the rules of a language. Throws a ZodError that names the place. */
export function parseAssertionRules(json: unknown): AssertionRules {
  return rulesSchema.parse(json);
}
