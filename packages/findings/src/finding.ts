import { z } from 'zod';
import { InvalidFindingError } from './errors.ts';
import type { Evidence } from './evidence.ts';
import type { Change, Intensity, Likelihood, Nature, Presence, Uptake } from './vocabulary.ts';
import { changes, intensities, likelihoods, natures, presences, uptakes, views } from './vocabulary.ts';

/** A code of a named scheme (DICOM PS3.16 8): equal when scheme and value are equal. */
export interface CodedConcept {
  readonly value: string;
  readonly schemeDesignator: string;
  readonly meaning: string;
}

/** Who made a finding. `name` is the model, the reader or the report's identifier where one is known. */
export interface FindingSource {
  readonly kind: 'report' | 'model' | 'reader' | 'truth';
  readonly name?: string;
}

/** What may be said of a finding beside its presence; every one is left out where it is not stated. */
export interface FindingAttributes {
  readonly nature?: Nature;
  readonly likelihood?: Likelihood;
  readonly change?: Change;
  readonly uptake?: Uptake;
  readonly intensity?: Intensity;
}

/**
 * One coded assertion about one study at one site. Two foci in one site are two findings with different ids.
 * Made only by {@link makeFinding}, so an invalid one does not exist.
 */
export interface Finding extends FindingAttributes {
  /** Unique within one exam finding list; draft sentences point to it. */
  readonly id: string;
  readonly concept: CodedConcept;
  /** Position id of the pack: a site ("l4"), or in a pack of concepts the concept's own ("pleural-effusion"). */
  readonly site: string;
  /** The part of the site as a reader would name it ("shaft"), free of patient data. */
  readonly part?: string;
  readonly presence: Presence;
  readonly evidence: readonly Evidence[];
  readonly source: FindingSource;
}

/** Abnormal osseous uptake of tracer: the concept of every finding of the bone-scan pack. */
export const abnormalUptake: CodedConcept = {
  value: 'abnormal-osseous-uptake',
  schemeDesignator: '99RADIOLECT',
  meaning: 'Abnormal osseous tracer uptake',
};

const pointSchema = z.tuple([z.number(), z.number()]).readonly();
const evidenceSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), start: z.number().int().min(0), end: z.number().int().min(0), text: z.string() }),
  z.object({ kind: z.literal('image'), view: z.enum(views), polygon: z.array(pointSchema).readonly() }),
  z.object({ kind: z.literal('probability'), model: z.string(), value: z.number().min(0).max(1) }),
]);

/** The form of a finding as JSON; {@link makeFinding} adds the rules between its attributes. */
export const findingSchema = z.object({
  id: z.string().min(1),
  concept: z.object({ value: z.string(), schemeDesignator: z.string(), meaning: z.string() }),
  site: z.string().min(1),
  part: z.string().optional(),
  presence: z.enum(presences),
  nature: z.enum(natures).optional(),
  likelihood: z.enum(likelihoods).optional(),
  change: z.enum(changes).optional(),
  uptake: z.enum(uptakes).optional(),
  intensity: z.enum(intensities).optional(),
  evidence: z.array(evidenceSchema).readonly(),
  source: z.object({ kind: z.enum(['report', 'model', 'reader', 'truth']), name: z.string().optional() }),
});

/** The first rule that the attributes break, or undefined. Rules: `cli.md`, "Valid findings". */
export function brokenRule(finding: FindingAttributes & { readonly presence: Presence }): string | undefined {
  const { presence, nature, likelihood, change, uptake, intensity } = finding;
  const causeStated = nature !== undefined && nature !== 'unspecified';
  if (causeStated && likelihood === undefined) return 'a stated cause needs a likelihood';
  if (!causeStated && likelihood !== undefined) return 'a likelihood stands only where a cause is stated';
  if (change === 'resolved' && presence !== 'absent') return 'a resolved finding is absent';
  if (presence === 'absent') {
    if (nature !== undefined) return 'an absent finding has no nature';
    if (uptake !== undefined) return 'an absent finding has no uptake';
    if (intensity !== undefined) return 'an absent finding has no intensity';
  }
  return undefined;
}

export type FindingInput = Omit<Finding, 'concept' | 'evidence' | 'id'> & {
  readonly id?: string;
  readonly concept?: CodedConcept;
  readonly evidence?: readonly Evidence[];
};

/**
 * Makes a finding, or throws {@link InvalidFindingError} naming the rule it breaks. `id` defaults to the site, so a
 * caller with two foci in one site gives ids of its own.
 */
export function makeFinding(input: FindingInput): Finding {
  const parsed = findingSchema.safeParse({
    id: input.site,
    concept: abnormalUptake,
    evidence: [],
    ...withoutUndefined(input),
  });
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new InvalidFindingError(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'malformed'}`, input.site);
  }
  const rule = brokenRule(input);
  if (rule) throw new InvalidFindingError(rule, input.site);
  return parsed.data as Finding;
}

const compared = ['site', 'presence', 'nature', 'likelihood', 'change', 'uptake', 'intensity'] as const;

/** Equality of two findings: concept, site, presence and all attributes; not the evidence, the source or the id. */
export function equalFindings(a: Finding, b: Finding): boolean {
  return (
    a.concept.value === b.concept.value &&
    a.concept.schemeDesignator === b.concept.schemeDesignator &&
    compared.every((key) => a[key] === b[key])
  );
}

function withoutUndefined<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined)) as T;
}
