import { InvalidPackError, type Pack, packJson } from '@radiolect/findings';
import { z } from 'zod';
import { Spelling } from '../text/spelling.ts';
import generalWords from './general-words.json' with { type: 'json' };
import { compilePhrases, type PhraseClasses, wordsOfPhrases } from './phrase.ts';
import type { PreparationRules } from './prepared-report.ts';

const phrases = z.array(z.string().min(1));
const presence = z.enum(['present', 'absent', 'uncertain']);
const state = z.enum(['present', 'absent', 'uncertain', 'contradicted']);

/** Words of reports in general: `general-words.json`, and what a pack's reading file puts in its place. */
const wordsSchema = z.object({
  /** What of a thing a number is: diameter, length, wall, … */
  attributes: z.record(z.string(), phrases),
  sections: z.record(z.string(), z.array(z.string())),
  /** Sections that state nothing of this study. */
  silent: z.array(z.string()),
  /** A sentence before the first heading that holds one of these and no word of the topic is the indication. */
  indication: phrases,
  /** Marks behind a statement that say its presence: "(-)", ": none". */
  marks: z.partialRecord(presence, z.array(z.string())),
  /** Words before or behind a statement that leave it in doubt. */
  doubts: z.object({ before: phrases, after: phrases }),
  /** Words behind a statement that deny it. */
  denials: z.object({ after: phrases }),
  /** A first sentence without heading that holds one of these asks a question. */
  requests: phrases,
  abbreviations: z.array(z.string()),
  /** Words that need no correction. */
  ordinary: z.array(z.string()),
});

/** `elements/reading.json`: the words that all elements of a set share. */
const readingSchema = z.strictObject({
  ...wordsSchema.partial().shape,
  set: z.string(),
  about: z.string().optional(),
  classes: z.record(z.string(), phrases),
  /** What the set speaks of, and its names. */
  topic: phrases,
  /** Places that count as the topic's surroundings, places that do not, and words for the whole region. */
  near: phrases,
  elsewhere: phrases,
  everywhere: phrases,
  /** Other things that are measured: a number beside one of them is not the topic's. */
  things: phrases,
});

const statementSchema = z.strictObject({
  name: z.string(),
  phrases,
  /** What the wording itself says ("fat is clean": absent); otherwise it is present unless denied. */
  presence: presence.optional(),
  /** Taken as it stands: its words hold their own negation ("not visualised"). */
  verbatim: z.boolean().optional(),
  /** `any`: the words name the topic by themselves. `near`: its surroundings count. `topic`: the topic itself. */
  scope: z.enum(['any', 'near', 'topic']),
  /** "No abscess." without a place, or in the whole region, is a denial here as well. */
  deniedAnywhere: z.boolean().optional(),
  /** A present one without any place is the topic's. */
  presentAnywhere: z.boolean().optional(),
  /** A present one elsewhere is listed as having no element. */
  listElsewhere: z.boolean().optional(),
  /** Denied, it leaves room for less of it ("no significant fluid"): `name@weak`, which contradicts nothing. */
  weakDenial: z.boolean().optional(),
  /** Looked for in this section only. */
  section: z.string().optional(),
  /** Names a thing that has a size of its own. */
  thing: z.boolean().optional(),
  /** Words of other statements of this element inside its own mean something else: "fluid" in "fluid collection". */
  covers: z.boolean().optional(),
  /** Listed as having no element wherever it stands. */
  listAlways: z.boolean().optional(),
});

const decisionSchema = z.strictObject({
  if: z.record(z.string(), z.union([state, z.array(state)])),
  value: z.string().optional(),
  conflict: z.string().optional(),
  none: z.boolean().optional(),
  /** Where the evidence is looked for first. */
  evidence: z.enum(['first', 'impression']).optional(),
});

const measureSchema = z.strictObject({
  /** `topic`, or the name of a statement. */
  of: z.string(),
  /** Names of `attributes` under which a number is this element's. */
  as: z.array(z.string()),
  /** A number without any attribute is taken as well. */
  bare: z.boolean(),
  /** Of `7 x 1.2 cm` the smaller is meant where the larger is above this many millimetres. */
  lengthAboveMm: z.number().optional(),
  /** Words by which two different numbers are of two parts; the larger is then meant. */
  parts: phrases.optional(),
  /** Words that mark the largest number. */
  largest: phrases.optional(),
  differ: z.string(),
});

const elementSchema = z.strictObject({
  set: z.string(),
  element: z.string(),
  about: z.string().optional(),
  statements: z.array(statementSchema).default([]),
  decide: z.array(decisionSchema).default([]),
  /** One value per statement that is present; several where the element takes several, else a conflict. */
  choices: z.array(z.strictObject({ statement: z.string(), value: z.string() })).default([]),
  measure: measureSchema.optional(),
  /** Doubt in these words is still a statement: "probable appendicitis". */
  firm: phrases.optional(),
  /** The element has a value only where another has this one; where that one is contradicted, so is this. */
  needs: z.strictObject({ element: z.string(), value: z.string(), conflict: z.string() }).optional(),
});

/** The words for reports in general; besides, those by which a set without rules of its own is read. */
export const general = wordsSchema
  .extend({
    things: phrases,
    /** Value names that stand for a presence; `silent` ones are never looked for. */
    valueWords: z.object({ present: phrases, absent: phrases, uncertain: phrases, silent: phrases }),
    valueSynonyms: z.record(z.string(), phrases),
  })
  .parse(generalWords);

export type ReadingFile = z.infer<typeof readingSchema>;
export type ElementFile = z.infer<typeof elementSchema>;
export type StatementState = z.infer<typeof state>;
export type Decision = z.infer<typeof decisionSchema>;
export type Measure = z.infer<typeof measureSchema>;

/** A statement ready to be looked for; names are unique within a set, several may share one. */
export interface StatementRule extends Omit<z.infer<typeof statementSchema>, 'phrases'> {
  readonly element: string;
  readonly pattern: RegExp;
  readonly firm: RegExp | undefined;
}

export type PlaceKind = 'topic' | 'near' | 'elsewhere' | 'everywhere' | 'thing';

export interface StructureRules extends PreparationRules {
  readonly places: readonly { readonly kind: PlaceKind; readonly pattern: RegExp }[];
  readonly attributes: readonly { readonly name: string; readonly pattern: RegExp }[];
  readonly statements: readonly StatementRule[];
  readonly elements: readonly (Omit<ElementFile, 'statements'> & {
    readonly parts: RegExp;
    readonly largest: RegExp;
  })[];
  readonly marks: readonly { readonly presence: z.infer<typeof presence>; readonly pattern: RegExp }[];
  readonly doubts: { readonly before: RegExp; readonly after: RegExp };
  readonly denied: RegExp;
  readonly requests: RegExp;
  readonly silent: ReadonlySet<string>;
  readonly indication: RegExp;
  readonly topicWords: RegExp;
}

/** The reading rules that a pack holds for a set (`elements/*.json`), or undefined where it holds none. */
export function rulesOfPack(pack: Pack, set: string): StructureRules | undefined {
  const files = [...pack.files.keys()].filter((file) => /^elements\/.+\.json$/.test(file));
  const readings: ReadingFile[] = [];
  const elements: ElementFile[] = [];
  for (const file of files) {
    const json = packJson(pack.name, pack.files, file) as { set?: unknown; element?: unknown };
    if (json.set !== set) continue;
    const parsed = (json.element === undefined ? readingSchema : elementSchema).safeParse(json);
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      throw new InvalidPackError(pack.name, file, `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'malformed'}`);
    }
    if (json.element === undefined) readings.push(parsed.data as ReadingFile);
    else elements.push(parsed.data as ElementFile);
  }
  const [reading] = readings;
  if (!reading) return undefined;
  try {
    return compileRules(reading, elements);
  } catch (cause) {
    throw new InvalidPackError(pack.name, 'elements', (cause as Error).message);
  }
}

/** Compiles rules; throws PhraseError, or an Error that names an element and a statement it does not have. */
export function compileRules(own: ReadingFile, elements: readonly ElementFile[]): StructureRules {
  const reading = { ...general, ...withoutUndefined(own) };
  const classes: PhraseClasses = reading.classes;
  const compile = (list: readonly string[]): RegExp => compilePhrases(list, classes);
  const names = new Set(elements.flatMap((element) => element.statements.map((statement) => statement.name)));
  for (const { element, decide } of elements)
    for (const decision of decide)
      for (const key of Object.keys(decision.if))
        if (!names.has(key.replace(/@(elsewhere|everywhere|weak)$/, '')))
          throw new Error(`element ${element} decides by "${key}", and no statement has that name`);
  const allPhrases = [
    ...Object.values(reading.classes).flat(),
    ...reading.topic,
    ...reading.near,
    ...reading.elsewhere,
    ...reading.everywhere,
    ...reading.things,
    ...Object.values(reading.attributes).flat(),
    ...elements.flatMap((element) => element.statements.flatMap((statement) => statement.phrases)),
  ];
  const vocabulary = new Set([...wordsOfPhrases(allPhrases), ...reading.ordinary]);
  return {
    places: [
      { kind: 'near', pattern: compile(reading.near) },
      { kind: 'elsewhere', pattern: compile(reading.elsewhere) },
      { kind: 'everywhere', pattern: compile(reading.everywhere) },
      { kind: 'topic', pattern: compile(reading.topic) },
      { kind: 'thing', pattern: compile(reading.things) },
    ],
    attributes: Object.entries(reading.attributes).map(([name, list]) => ({ name, pattern: compile(list) })),
    statements: elements.flatMap(({ element, statements, firm }) =>
      statements.map(({ phrases: list, ...statement }) => ({
        ...statement,
        element,
        pattern: compile(list),
        firm: firm ? compile(firm) : undefined,
      })),
    ),
    elements: elements.map(({ statements: _, ...element }) => ({
      ...element,
      parts: compile(element.measure?.parts ?? []),
      largest: compile(element.measure?.largest ?? []),
    })),
    headings: new Map(
      Object.entries(reading.sections).flatMap(([section, list]) => list.map((name) => [name.toLowerCase(), section])),
    ),
    marks: Object.entries(reading.marks).map(([said, list]) => ({
      presence: said as z.infer<typeof presence>,
      pattern: marksPattern(list),
    })),
    silent: new Set(reading.silent),
    doubts: {
      before: new RegExp(`(?:${compile(reading.doubts.before).source})(?:[^\\s.,;:()]+ ){0,2}$`),
      after: new RegExp(`^(?:[^\\s.,;:()]+ ){0,2}(?:${compile(reading.doubts.after).source})`),
    },
    denied: new RegExp(`^(?:${compile(reading.denials.after).source})`),
    requests: compile(reading.requests),
    indication: compile(reading.indication),
    topicWords: compile(reading.topic),
    abbreviations: new Set(reading.abbreviations),
    vocabulary,
    spelling: new Spelling(vocabulary),
  };
}

/** Marks stand behind the words, at most four plain words later ("around the appendix"). */
function marksPattern(marks: readonly string[]): RegExp {
  const sources = marks.map((mark) => {
    const words = [...mark.toLowerCase().matchAll(/[a-z]+|[^a-z\s]/g)]
      .map(([part]) => `${part.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&')} `)
      .join('');
    // A bare dash or plus is a mark only at the end of its part: "abscess -, stranding +".
    return mark.length === 1 ? `${words}(?=[,;]|$)` : words;
  });
  return new RegExp(`^(?:[^\\s.,;:()]+ ){0,4}?(?:${sources.join('|')})`);
}

/** What is given, so that spreading it keeps the defaults for the rest. */
function withoutUndefined<T extends object>(given: T): { [K in keyof T]-?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]-?: Exclude<T[K], undefined>;
  };
}
