import type { Change, Language, Nature, Pack } from '@radiolect/findings';
import { changes, InvalidPackError, intensities, languages, likelihoods, natures, packJson } from '@radiolect/findings';
import { z } from 'zod';

/** A phrase, or two: for one place and for several. */
const counted = z.union([z.string(), z.object({ one: z.string(), many: z.string() })]);
export type Counted = z.infer<typeof counted>;

/** A stated cause: every nature but the undetermined one. */
export type Cause = Exclude<Nature, 'unspecified'>;
const causes = natures.filter((nature): nature is Cause => nature !== 'unspecified');
const lastingChanges = changes.filter((change): change is Exclude<Change, 'resolved'> => change !== 'resolved');
const intensityTable = z.record(z.enum(['plain', ...intensities]), counted);
const natureOrNone = z.enum([...natures, 'none']);

const seriesSchema = z.object({
  /** Site ids in anatomical order; of a paired series without their "-right" and "-left". */
  sites: z.array(z.string()).min(2),
  labels: z.array(z.string()).min(2),
  paired: z.boolean().default(false),
  /** `{first}` and `{last}`, used from `rangeFrom` neighbours on. */
  range: z.string(),
  rangeFrom: z.number().int().min(2),
  /** `{list}` is the numbers, `{side}` the side's word. Without it every run of numbers stands alone in the sentence. */
  one: z.string().optional(),
  many: z.string().optional(),
  both: z.string().optional(),
});

const regionSchema = z.object({
  /** Site ids; a paired site may stand without its side and then means both. */
  sites: z.array(z.string()).min(1),
  /** The name that states every site of the region, for positive sentences; left out where no such name is safe. */
  whole: z.string().optional(),
  /** The name for negative sentences. */
  negative: z.string().optional(),
});

const ruleSchema = z.object({
  /** All given conditions must hold for a finding; sites as in a region. */
  when: z.object({
    presence: z.enum(['present', 'uncertain']).optional(),
    natures: z.array(natureOrNone).optional(),
    likelihoods: z.array(z.enum([...likelihoods, 'none'])).optional(),
    sites: z.array(z.string()).optional(),
  }),
  say: z.string(),
});

const templateSchema = z.object({
  name: z.string(),
  version: z.string(),
  language: z.enum(languages),
  header: z.object({
    /** `{value}` each, closed by `end`; `join` stands between. */
    question: z.string(),
    primaryTumour: z.string(),
    laboratory: z.string(),
    laboratoryJoin: z.string(),
    trauma: z.string(),
    surgery: z.string(),
    join: z.string(),
    end: z.string(),
    /** `{radiopharmaceutical}`, `{activity}`, `{delay}`: a part is left out where the study does not state it. */
    technique: z.object({ base: z.string(), activity: z.string(), delay: z.string() }),
    prior: z.string(),
    noPrior: z.string(),
  }),
  text: z.object({
    listComma: z.string(),
    listAnd: z.string(),
    listAndOfMany: z.string(),
    numberComma: z.string(),
    numberAnd: z.string(),
    /** `{place}` and `{part}`. */
    part: z.string(),
  }),
  places: z.object({
    /** Site ids in the order in which a sentence names them; paired sites without their side. */
    order: z.array(z.string()).min(1),
    sides: z.object({ right: z.string(), left: z.string() }),
    /** `{side}` and `{name}` of a paired site; said once where neighbours of a list share the side. */
    sided: z.object({ one: z.string(), both: z.string() }),
    series: z.array(seriesSchema),
    single: z.record(z.string(), z.string()),
    /** Names without a side: of one, and of both. */
    paired: z.record(
      z.string(),
      z.object({
        one: z.string(),
        both: z.string(),
        /** Other names for some natures ("hip" for a degenerative acetabulum). */
        forNatures: z.object({ natures: z.array(natureOrNone), one: z.string(), both: z.string() }).optional(),
      }),
    ),
    regions: z.array(regionSchema),
  }),
  uptake: z.object({ increased: intensityTable, decreased: intensityTable, unstated: intensityTable }),
  /** `before` stands at the head of the uptake, `after` behind the places; `absent` behind those of a negative. */
  changes: z.record(z.enum(lastingChanges), z.object({ before: z.string(), after: counted, absent: z.string() })),
  natures: z.record(z.enum(causes), counted),
  /** `{nature}`: as a clause behind the places, as the diagnosis itself, and as one that is new since the prior. */
  likelihoods: z.record(z.enum(likelihoods), z.object({ clause: counted, diagnosis: counted, newDiagnosis: counted })),
  unspecifiedClause: counted,
  /** Sentences of the findings section; `{places}` and what else each one needs. */
  sentences: z.object({
    present: counted,
    uncertain: counted,
    diagnosis: counted,
    /** `{sentence}`: a second focus in a site that another sentence has stated. */
    separate: z.string(),
    absent: counted,
    absentElsewhere: z.string(),
    absentEverywhere: z.string(),
    resolved: counted,
    nothing: z.string(),
  }),
  impression: z.object({
    /** `{diagnosis}`, `{places}`, `{change}`; the other sentences have `{new}` of their own. */
    cause: counted,
    undetermined: counted,
    noCause: counted,
    doubtful: counted,
    normal: z.string(),
    /** `{nature}`: the answer to a question that no finding supports, for the whole skeleton and for a part of it. */
    denied: z.string(),
    deniedInPart: z.string(),
    nothing: z.string(),
    /** Natures in the order of their weight where the likelihood is equal; "none" is a finding without a cause. */
    order: z.array(natureOrNone),
    /** In place of `cause` where one cause with increased uptake holds all sites of `superscanSites`. */
    superscan: counted,
    superscanSites: z.array(z.string()).min(1),
  }),
  /** Which nature a clinical question asks for: any of the words, compared without case. */
  questions: z.array(z.object({ words: z.array(z.string()).min(1), nature: z.enum(causes) })),
  recommendations: z.object({ atMost: z.number().int().min(0), rules: z.array(ruleSchema) }),
});

/** The wording of a department in one language, as data: `templates/<language>.json` of a pack. */
export type DraftTemplate = z.infer<typeof templateSchema>;

/** Reads the template of a language from the pack, or throws InvalidPackError naming the file and the field. */
export function parseTemplate(pack: Pack, language: Language): DraftTemplate {
  const file = `templates/${language}.json`;
  const parsed = templateSchema.safeParse(packJson(pack.name, pack.files, file));
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new InvalidPackError(pack.name, file, `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'malformed'}`);
  }
  return parsed.data;
}

/** Fills `{name}` places of a phrase. An unknown name is left as it stands, so that it is seen. */
export function fill(phrase: string, values: Readonly<Record<string, string>>): string {
  return phrase.replace(/\{(\w+)\}/g, (whole, key: string) => values[key] ?? whole);
}

/** The form of a phrase for that many places. */
export function countedForm(phrase: Counted, count: number): string {
  if (typeof phrase === 'string') return phrase;
  return count === 1 ? phrase.one : phrase.many;
}
