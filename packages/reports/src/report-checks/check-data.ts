import type { Language, Pack } from '@radiolect/findings';
import { InvalidPackError, packJson } from '@radiolect/findings';
import { z } from 'zod';
import type { Message } from '../checks/message.ts';
import type { Cue } from './cue.ts';
import { compileCue } from './cue.ts';

const text = z.string().min(1);
const message = z.object({ en: text, 'zh-Hant': text, 'zh-Hans': text }) satisfies z.ZodType<Record<Language, string>>;
/** Patterns by language; all of them are tried on every text, since reports mix languages. */
const cue = z.record(z.string(), z.array(text));
const names = {
  cues: [
    'negationBefore',
    'negationAfter',
    'denialAfter',
    'notAll',
    'possible',
    'metastasis',
    'notBoneMetastasis',
    'localPlace',
    'normalStudy',
    'noAbnormality',
    'remainder',
    'collective',
    'recommendation',
    'communication',
    'comparison',
    'noPrior',
    'change',
    'stable',
    'family',
    'nerve',
    'transitional',
    'male',
    'female',
    'maleOrgan',
    'femaleOrgan',
    'whole',
    'limited',
    'threePhase',
    'spect',
    'flowPhase',
    'planar',
    'anterior',
    'posterior',
    'lateral',
    'uptake',
    'abnormal',
    'malignant',
    'addendum',
    'restOfSkeleton',
    'even',
    'deniedUptake',
    'exception',
  ],
} as const;
export type CueName = (typeof names.cues)[number];

const unitTable = z.record(z.string(), z.number().positive());
const dataSchema = z.object({
  name: text,
  version: text,
  /** Traditional characters of the cues that the lexicons do not fold yet. */
  characters: z.record(z.string().length(1), z.string().length(1)),
  cues: z.record(z.enum(names.cues), cue),
  /** A number with a unit: `units` maps each unit to its share of the base unit, `low` and `high` are in base units. */
  quantities: z.array(
    z.object({
      id: text,
      name: message,
      baseUnit: text,
      units: unitTable,
      low: z.number(),
      high: z.number(),
      /** For patients stated or known to be at least 18 years old. */
      adultLow: z.number().optional(),
      /** Words of which one must stand before the number in its clause. */
      before: cue.optional(),
      /** Words of which one must stand in the sentence. */
      near: cue.optional(),
      /** Words that take the sentence out. */
      except: cue.optional(),
    }),
  ),
  /** `urgent`: a warning where nobody was told. */
  critical: z.array(z.object({ id: text, name: message, cues: cue, urgent: z.boolean() })),
  scores: z.array(
    z.object({
      id: text,
      name: message,
      kind: z.enum(['gleason', 'share', 'extent-grade', 'range']),
      cues: cue,
      low: z.number(),
      high: z.number(),
      /** Of an extent grade: the largest number of lesions per grade, from grade 0. */
      lesions: z.array(z.number()).optional(),
    }),
  ),
  completeness: z.array(
    z.object({
      id: text,
      name: message,
      cues: cue.optional(),
      /** Sections whose text states the item by itself. */
      sections: z.array(z.enum(['indication', 'technique', 'comparison', 'impression'])).optional(),
      /** What the reading must hold: sites, or extra-osseous uptake by name. */
      reading: z.array(text).optional(),
    }),
  ),
  quality: z.array(
    z.object({
      id: text,
      name: message,
      /** Completeness items of which one must be stated. */
      items: z.array(text),
      /** Applies only where the report holds this. */
      when: z.enum(['always', 'critical', 'open-finding']),
    }),
  ),
});
type Raw = z.infer<typeof dataSchema>;

export interface Quantity {
  readonly id: string;
  readonly name: Message;
  readonly baseUnit: string;
  /** Folded unit → share of the base unit. */
  readonly units: ReadonlyMap<string, number>;
  readonly low: number;
  readonly high: number;
  readonly adultLow: number | undefined;
  readonly before: Cue | undefined;
  readonly near: Cue | undefined;
  readonly except: Cue | undefined;
  /** Finds number and unit; groups 1 and 2. */
  readonly pattern: RegExp;
}

/** The `checks.json` of a pack, compiled. */
export interface CheckData {
  readonly characters: Raw['characters'];
  readonly cues: Readonly<Record<CueName, Cue>>;
  readonly quantities: readonly Quantity[];
  readonly critical: readonly {
    readonly id: string;
    readonly name: Message;
    readonly cue: Cue;
    readonly urgent: boolean;
  }[];
  readonly scores: readonly (Omit<Raw['scores'][number], 'cues'> & { readonly cue: Cue })[];
  readonly completeness: readonly (Omit<Raw['completeness'][number], 'cues'> & { readonly cue: Cue | undefined })[];
  readonly quality: Raw['quality'];
}

/** Reads a pack's `checks.json`. Throws {@link InvalidPackError} naming the entry that is wrong. */
export function readCheckData(pack: Pack): CheckData {
  const file = 'checks.json';
  const parsed = dataSchema.safeParse(packJson(pack.name, pack.files, file));
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new InvalidPackError(pack.name, file, `does not follow its form: ${issue?.path.join('.')} ${issue?.message}`);
  }
  const compile = (where: string, patterns: Readonly<Record<string, readonly string[]>>): Cue => {
    try {
      return compileCue(Object.values(patterns).flat());
    } catch (cause) {
      throw new InvalidPackError(pack.name, file, `${where}: ${(cause as Error).message}`);
    }
  };
  const { data } = parsed;
  const maybe = (where: string, patterns: Readonly<Record<string, readonly string[]>> | undefined) =>
    patterns === undefined ? undefined : compile(where, patterns);
  return {
    characters: data.characters,
    cues: Object.fromEntries(
      names.cues.map((name) => [name, compile(`cues.${name}`, data.cues[name] ?? {})]),
    ) as Record<CueName, Cue>,
    quantities: data.quantities.map(({ before, near, except, units, adultLow, ...rest }) => ({
      ...rest,
      adultLow,
      units: new Map(Object.entries(units)),
      before: maybe(`quantities.${rest.id}`, before),
      near: maybe(`quantities.${rest.id}`, near),
      except: maybe(`quantities.${rest.id}`, except),
      pattern: quantityPattern(Object.keys(units)),
    })),
    critical: data.critical.map(({ cues, ...rest }) => ({ ...rest, cue: compile(`critical.${rest.id}`, cues) })),
    scores: data.scores.map(({ cues, ...rest }) => ({ ...rest, cue: compile(`scores.${rest.id}`, cues) })),
    completeness: data.completeness.map(({ cues, ...rest }) => ({
      ...rest,
      cue: maybe(`completeness.${rest.id}`, cues),
    })),
    quality: data.quality,
  };
}

const literal = (word: string): string => word.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

function quantityPattern(units: readonly string[]): RegExp {
  const longestFirst = [...units].sort((a, b) => b.length - a.length).map(literal);
  return new RegExp(
    `(?<![\\w./月年-])(\\d+(?:[.,]\\d+)?|[零一二三四五六七八九十百]+|one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|thirty)[\\s-]*(${longestFirst.join('|')})(?![a-z0-9])`,
    'gu',
  );
}
