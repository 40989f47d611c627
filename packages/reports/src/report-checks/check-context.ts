import { changes, likelihoods, natures, presences } from '@radiolect/findings';
import { z } from 'zod';
import type { CheckContext } from './report-check.ts';

const date = z
  .string()
  .regex(/^\d{4}(?:-?\d{2}(?:-?\d{2})?)?$/, 'write dates as YYYYMMDD or YYYY-MM-DD')
  .transform((text) => text.replaceAll('-', ''));
const finding = z.object({
  site: z.string().min(1),
  presence: z.enum(presences).default('present'),
  nature: z.enum(natures).optional(),
  likelihood: z.enum(likelihoods).optional(),
  change: z.enum(changes).optional(),
});
const sexes = { m: 'male', male: 'male', f: 'female', female: 'female', o: 'other', other: 'other' } as const;
const contextSchema = z.strictObject({
  order: z
    .strictObject({
      bodyPart: z.string().optional(),
      side: z.enum(['right', 'left', 'both']).optional(),
      procedure: z.string().optional(),
      views: z.array(z.string()).optional(),
    })
    .optional(),
  patient: z
    .strictObject({
      age: z.number().min(0).max(130).optional(),
      // DICOM writes M, F and O (PS3.3 C.7.1.1).
      sex: z
        .string()
        .transform((word) => word.toLowerCase())
        .pipe(z.enum(Object.keys(sexes) as (keyof typeof sexes)[]))
        .transform((word) => sexes[word])
        .optional(),
    })
    .optional(),
  findings: z.array(finding).optional(),
  prior: z
    .strictObject({ date: date.optional(), findings: z.array(finding).optional() })
    .nullable()
    .optional(),
  studyDate: date.optional(),
});

/** A context that does not follow its form; `rule` names the field. */
export class InvalidCheckContextError extends Error {
  readonly rule: string;
  readonly fix = 'its fields are order, patient, findings, prior and studyDate (docs/report-checks.md)';
  constructor(rule: string) {
    super(`Context of a report check: ${rule}`);
    this.name = 'InvalidCheckContextError';
    this.rule = rule;
  }
}

/** Reads a context from JSON. Throws {@link InvalidCheckContextError} naming the field that is wrong. */
export function parseCheckContext(json: unknown): CheckContext {
  const parsed = contextSchema.safeParse(json);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new InvalidCheckContextError(`${issue?.path.join('.') || 'the whole'}: ${issue?.message ?? 'malformed'}`);
  }
  return Object.fromEntries(Object.entries(parsed.data).filter(([, value]) => value !== undefined)) as CheckContext;
}
