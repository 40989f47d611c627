import type { Change, Language, Nature, Pack } from '@radiolect/findings';
import { changes, InvalidPackError, intensities, languages, likelihoods, natures, packJson } from '@radiolect/findings';
import { z } from 'zod';

type Cause = Exclude<Nature, 'unspecified'>;
const causes = natures.filter((nature): nature is Cause => nature !== 'unspecified');
const lastingChanges = changes.filter((change): change is Exclude<Change, 'resolved'> => change !== 'resolved');
const counted = z.object({ one: z.string().min(1), many: z.string().min(1) });
const amounts = z.record(z.enum(['plain', ...intensities]), z.string().min(1));
/** `{nature}`: how sure the report is of the cause, and the cause that it calls undetermined. */
const causeSentences = z.record(z.enum([...likelihoods, 'unspecified']), counted);

const seriesSchema = z
  .object({
    /** Site ids in anatomical order; of a paired series without their "-right" and "-left". */
    sites: z.array(z.string()).min(2),
    labels: z.array(z.string().min(1)).min(2),
    paired: z.boolean().default(false),
    /** `{first}` and `{last}` of three or more neighbours. */
    range: z.string(),
    /** `{list}`, and of a paired series `{side}`. */
    one: z.string(),
    many: z.string(),
    both: z.string().optional(),
  })
  .refine((series) => series.sites.length === series.labels.length, 'a label for every site');

const wordingSchema = z.object({
  name: z.string(),
  version: z.string(),
  language: z.enum(languages),
  /** Sentences that state no finding; the only ones that rest on none. */
  framing: z.object({
    opening: z.array(z.string()),
    /** Where there is no finding at all. */
    nothing: z.string(),
    /** Behind a finding whose stated cause is metastatic. */
    cancer: z.string(),
    closing: z.array(z.string()),
  }),
  text: z.object({
    comma: z.string(),
    and: z.string(),
    /** Between two sentences of a paragraph. */
    join: z.string(),
    /** `{place}` and `{part}`. */
    part: z.string(),
    placesPerSentence: z.number().int().min(1),
  }),
  places: z.object({
    sides: z.object({ right: z.string(), left: z.string() }),
    series: z.array(seriesSchema),
    single: z.record(z.string(), z.string().min(1)),
    /** `{side}` in the name of one. */
    paired: z.record(z.string(), counted.omit({ many: true }).extend({ both: z.string().min(1) })),
    /** Larger regions first. A paired site may stand without its side and then means both. */
    regions: z.array(
      z.object({ sites: z.array(z.string()).min(1), whole: z.string().optional(), negative: z.string().optional() }),
    ),
  }),
  amounts: z.object({ increased: amounts, decreased: amounts, unstated: amounts }),
  natures: z.record(z.enum(causes), z.string().min(1)),
  /** `{places}` and `{amount}`; the "more" forms go on with further places of the sentence before. */
  sentences: z.object({
    present: z.string(),
    presentMore: z.string(),
    uncertain: z.string(),
    uncertainMore: z.string(),
    /** `{sentence}`: a second focus in a site that another sentence has stated. */
    separate: z.string(),
    absent: z.string(),
    absentMore: z.string(),
    absentElsewhere: z.string(),
    absentEverywhere: z.string(),
    resolved: z.string(),
    resolvedMore: z.string(),
  }),
  causes: z.object({ present: causeSentences, uncertain: causeSentences }),
  changes: z.record(z.enum(lastingChanges), counted),
  absentChanges: z.record(z.enum(lastingChanges), z.string()),
});

/** How findings are told to a patient in one language, as data: `plain/<language>.json` of a pack. */
export type PlainWording = z.infer<typeof wordingSchema>;

/**
 * Reads the wording of a language from the pack. Throws InvalidPackError naming the file and the field, or the site that
 * has no name.
 */
export function parsePlainWording(pack: Pack, language: Language): PlainWording {
  const file = `plain/${language}.json`;
  const parsed = wordingSchema.safeParse(packJson(pack.name, pack.files, file));
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new InvalidPackError(pack.name, file, `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'malformed'}`);
  }
  const { single, paired, series } = parsed.data.places;
  const named = new Set([
    ...Object.keys(single),
    ...Object.keys(paired).flatMap(bothSides),
    ...series.flatMap(({ sites, paired: sided }) => (sided ? sites.flatMap(bothSides) : sites)),
  ]);
  const nameless = pack.sites.find((site) => !named.has(site.id));
  if (nameless) throw new InvalidPackError(pack.name, file, `places: no name for the site "${nameless.id}"`);
  return parsed.data;
}

export const bothSides = (base: string): string[] => [`${base}-right`, `${base}-left`];
