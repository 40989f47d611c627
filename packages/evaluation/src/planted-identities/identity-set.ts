import type { Language } from '@radiolect/findings';
import { z } from 'zod';

const texts = z.array(z.string().min(1)).min(1);
const languageSetSchema = z.object({
  given: texts,
  surname: texts,
  hospital: texts,
  address: texts,
  /** Numbers as patterns: "#" is a digit, "@" a capital letter. */
  mrn: texts,
  accession: texts,
  insurance: texts,
  phone: texts,
  extension: texts,
  domain: texts,
  town: texts.optional(),
  /** Texts with `{slot}` places, put before a report, between its sentences, and behind it. */
  forms: z.object({ header: texts, inline: texts, footer: texts }),
});
const identitySetSchema = z.object({
  name: z.string(),
  en: languageSetSchema,
  'zh-Hant': languageSetSchema,
  'zh-Hans': languageSetSchema,
});

export type LanguageSet = z.infer<typeof languageSetSchema>;
/** Invented names, places, numbers and the forms in which reports state them, per language. */
export type IdentitySet = Readonly<Record<Language, LanguageSet>> & { readonly name: string };

/** Throws a ZodError where the form is broken. */
export const parseIdentitySet = (json: unknown): IdentitySet => identitySetSchema.parse(json);
