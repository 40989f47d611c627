import { z } from 'zod';
import type { Laterality } from './vocabulary.ts';
import { lateralities } from './vocabulary.ts';

/** One position of a pack: a reportable skeletal site. */
export interface AnatomicSite {
  readonly id: string;
  readonly laterality: Laterality;
  readonly names: { readonly en: string; readonly 'zh-Hant': string; readonly 'zh-Hans': string };
  /** Roll-ups: 12 segmented bones and 9 body regions; null where the site has no counterpart. */
  readonly regions: { readonly skeleton12: string | null; readonly bodyRegion9: string };
}

const sitesFileSchema = z.object({
  name: z.string(),
  version: z.string(),
  sites: z
    .array(
      z
        .object({
          id: z.string(),
          en: z.string(),
          'zh-Hant': z.string(),
          'zh-Hans': z.string(),
          side: z.enum(lateralities),
          regions: z.object({ skeleton12: z.string().nullable(), bodyRegion9: z.string() }),
        })
        .transform(
          (site): AnatomicSite => ({
            id: site.id,
            laterality: site.side,
            names: { en: site.en, 'zh-Hant': site['zh-Hant'], 'zh-Hans': site['zh-Hans'] },
            regions: site.regions,
          }),
        ),
    )
    .min(1),
});

/** The sites of a `sites.json`, in the order of the label vector. Throws a ZodError where the form is broken. */
export function parseSites(json: unknown): { name: string; version: string; sites: readonly AnatomicSite[] } {
  return sitesFileSchema.parse(json);
}

/** The same site on the other side, or the site itself on the midline: "knee-left" ⇄ "knee-right". */
export function mirrorSite(siteId: string): string {
  if (siteId.endsWith('-left')) return `${siteId.slice(0, -5)}-right`;
  if (siteId.endsWith('-right')) return `${siteId.slice(0, -6)}-left`;
  return siteId;
}
