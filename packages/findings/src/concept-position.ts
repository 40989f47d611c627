import { z } from 'zod';
import type { CodedConcept } from './finding.ts';

/** One position of a pack whose positions are concepts: what may be present, absent or uncertain in a report. */
export interface ConceptPosition {
  readonly id: string;
  /** The concept of its findings; where no public code is known, scheme `99RADIOLECT` and the id. */
  readonly concept: CodedConcept;
  /** By language (BCP 47); English is always there. */
  readonly names: Readonly<Record<string, string>> & { readonly en: string };
  /** Positions that are at least as present when this one is: a roll-up ("consolidation" → "lung-opacity"). */
  readonly implies: readonly string[];
  /** Whether a mention as past ("old rib fracture") still says that it is there; else it says nothing. */
  readonly past: 'present' | 'ignored';
  /** A derived position: present where none of the others, but for the exempt ones, is present or uncertain. */
  readonly noneOf: { readonly exempt: readonly string[] } | undefined;
}

const names = z.object({ en: z.string().min(1) }).catchall(z.string().min(1));
const conceptsFileSchema = z.object({
  name: z.string().min(1),
  version: z.string().min(1),
  note: z.string().optional(),
  positions: z
    .array(
      z
        .strictObject({
          id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be lower case words joined by hyphens'),
          names,
          code: z
            .strictObject({
              value: z.string().min(1),
              schemeDesignator: z.string().min(1),
              meaning: z.string().min(1),
            })
            .optional(),
          implies: z.array(z.string()).optional(),
          past: z.enum(['present', 'ignored']).optional(),
          noneOf: z.strictObject({ exempt: z.array(z.string()) }).optional(),
        })
        .transform(
          ({ id, names, code, implies, past, noneOf }): ConceptPosition => ({
            id,
            names,
            concept: code ?? { value: id, schemeDesignator: '99RADIOLECT', meaning: names.en },
            implies: implies ?? [],
            past: past ?? 'ignored',
            noneOf,
          }),
        ),
    )
    .min(1),
});

/** The positions of a `concepts.json`, in the order of the label vector. Throws a ZodError where the form is broken. */
export function parseConcepts(json: unknown): {
  name: string;
  version: string;
  positions: readonly ConceptPosition[];
} {
  return conceptsFileSchema.parse(json);
}
