import { z } from 'zod';

export const identityKinds = [
  'name',
  'patient-number',
  'accession',
  'national-id',
  'insurance',
  'other-id',
  'date',
  'age',
  'phone',
  'address',
  'hospital',
  'e-mail',
  'url',
] as const;
/** What a span of text tells of a person. */
export type IdentityKind = (typeof identityKinds)[number];

const ruleSchema = z.object({
  kind: z.enum(identityKinds),
  /** A regular expression with a group `id`; `{{name}}` stands for a fragment, `{{~name}}` for it in either case. */
  pattern: z.string(),
  /** Where spans overlap the lower rank wins; 2 by default. */
  rank: z.number().int().min(0).default(2),
  role: z.enum(['patient', 'clinician', 'person']).optional(),
  check: z.enum(['taiwan', 'mainland', 'nhs']).optional(),
  /** Characters of the span, digits in it, words in it. */
  atLeast: z.number().int().optional(),
  atMost: z.number().int().optional(),
  digits: z.number().int().optional(),
  atLeastWords: z.number().int().optional(),
  /** A pattern of `unless` that the span must not match. */
  unless: z.string().optional(),
  /** What stands before the last match of this pattern inside the span is cut off. */
  stripBefore: z.enum(['hospitalBoundary', 'addressBoundary']).optional(),
  /** The span must not be one of `notHospital` before its kind of institution. */
  notWord: z.boolean().optional(),
  /** The span must not be, nor begin with, an ordinary word of `notNames`. */
  leftWord: z.boolean().optional(),
});

const dateRuleSchema = z.object({
  /**
   * Groups: y (four digits), yy, roc (year of the Republic), m, d; mon (month by name); a and b (day and month in
   * either order); ord (ordinal ending); w (weekday).
   */
  pattern: z.string(),
  yearless: z.boolean().optional(),
  /** Only in texts that are chiefly of this script. */
  script: z.enum(['latin', 'han']).optional(),
  unless: z.string().optional(),
  /** A pattern of `unless` that must not match right before the span. */
  unlessBefore: z.string().optional(),
});

const fileSchema = z.object({
  fragments: z.record(z.string(), z.string()).default({}),
  rules: z.array(ruleSchema).default([]),
  dates: z.array(dateRuleSchema).default([]),
  unless: z.record(z.string(), z.string()).default({}),
  hospitalBoundary: z.string().optional(),
  addressBoundary: z.string().optional(),
  notHospital: z.string().default(''),
  notNames: z.string().default(''),
  /** Ordinary words that are also family names: found again in a text only where more of the name stands there. */
  ambiguousNames: z.string().default(''),
  /** Words that begin with a capital letter without being a name. */
  ordinary: z.string().default(''),
  /** Proper names that are words of medicine. */
  proper: z.string().default(''),
  /** What follows a name that has become a word of medicine. */
  eponymAfter: z.string().optional(),
  /** What a person does and no bone: an unknown word before it is a name even where a sentence begins. */
  doesLikeAPerson: z.string().optional(),
});

export type PatternFile = z.infer<typeof fileSchema>;
export type IdentityRule = Omit<z.infer<typeof ruleSchema>, 'pattern' | 'unless' | 'stripBefore'> & {
  readonly expression: RegExp;
  readonly unless?: RegExp | undefined;
  readonly stripBefore?: RegExp | undefined;
};
export type DateRule = Omit<z.infer<typeof dateRuleSchema>, 'pattern' | 'unless' | 'unlessBefore'> & {
  readonly expression: RegExp;
  readonly unless?: RegExp | undefined;
  readonly unlessBefore?: RegExp | undefined;
};

export interface IdentityRules {
  readonly rules: readonly IdentityRule[];
  readonly dates: readonly DateRule[];
  /** Ordinary words, lower case, that are no name and end one. */
  readonly notNames: ReadonlySet<string>;
  readonly notHospital: ReadonlySet<string>;
  readonly ambiguousNames: ReadonlySet<string>;
  readonly ordinaryWords: ReadonlySet<string>;
  readonly eponymAfter: readonly RegExp[];
  readonly doesLikeAPerson: readonly RegExp[];
}

/**
 * Compiles pattern files into rules. Fragments of a file may use its own fragments and those of files before it.
 * Throws a ZodError where a file's form is broken, SyntaxError where a pattern is no regular expression.
 */
export function compileRules(files: readonly unknown[]): IdentityRules {
  const parsed = files.map((file) => fileSchema.parse(file));
  const out = {
    rules: [] as IdentityRule[],
    dates: [] as DateRule[],
    notNames: new Set<string>(),
    notHospital: new Set<string>(),
    ambiguousNames: new Set<string>(),
    ordinaryWords: new Set<string>(),
    eponymAfter: [] as RegExp[],
    doesLikeAPerson: [] as RegExp[],
  };
  let inherited: Readonly<Record<string, string>> = {};
  for (const file of parsed) {
    const fragments = { ...inherited, ...file.fragments };
    inherited = { ...inherited, ...pickShared(file.fragments) };
    const expanded = (pattern: string): string => expand(pattern, fragments);
    const unlessOf = (name: string | undefined): RegExp | undefined => {
      const pattern = name === undefined ? undefined : file.unless[name];
      if (name !== undefined && pattern === undefined) throw new SyntaxError(`no pattern "${name}" in unless`);
      return pattern === undefined ? undefined : new RegExp(expanded(pattern), 'u');
    };
    for (const { pattern, unless, stripBefore, ...rest } of file.rules) {
      const boundary = stripBefore && file[stripBefore];
      out.rules.push({
        ...rest,
        expression: new RegExp(expanded(pattern), 'dgmu'),
        unless: unlessOf(unless),
        stripBefore: boundary === undefined ? undefined : new RegExp(`^.*${boundary}`, 'u'),
      });
    }
    for (const { pattern, unless, unlessBefore, ...rest } of file.dates)
      out.dates.push({
        ...rest,
        expression: new RegExp(expanded(pattern), 'dgmu'),
        unless: unlessOf(unless),
        unlessBefore: unlessOf(unlessBefore),
      });
    for (const list of ['notNames', 'notHospital', 'ambiguousNames'] as const)
      for (const word of file[list].split(' ')) if (word !== '') out[list].add(word);
    for (const word of `${file.ordinary} ${file.proper}`.split(' ')) if (word !== '') out.ordinaryWords.add(word);
    for (const name of ['eponymAfter', 'doesLikeAPerson'] as const)
      if (file[name] !== undefined) out[name].push(new RegExp(expanded(file[name]), 'u'));
  }
  return out;
}

/** Only the edges of a word are the same in every language. */
const pickShared = ({ edge, end }: Readonly<Record<string, string>>): Record<string, string> => ({
  ...(edge === undefined ? {} : { edge }),
  ...(end === undefined ? {} : { end }),
});

function expand(pattern: string, fragments: Readonly<Record<string, string>>, depth = 0): string {
  if (depth > 12) throw new SyntaxError('a fragment stands inside itself');
  return pattern.replace(/\{\{(~?)(\w+)\}\}/g, (_, either: string, name: string) => {
    const fragment = fragments[name];
    if (fragment === undefined) throw new SyntaxError(`no fragment "${name}"`);
    const whole = expand(fragment, fragments, depth + 1);
    return either ? eitherCase(whole) : whole;
  });
}

/** A pattern with each plain letter in both cases; classes, escapes and group names stay. */
function eitherCase(pattern: string): string {
  return pattern.replace(/\\p\{[^}]*\}|\\u[0-9a-f]{4}|\\.|\[[^\]]*\]|\(\?<[a-z]+>|[a-z]/gi, (part) =>
    /^[a-z]$/i.test(part) ? `[${part.toUpperCase()}${part.toLowerCase()}]` : part,
  );
}
