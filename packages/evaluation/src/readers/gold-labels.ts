import type { AnatomicSite, SiteLabel } from '@radiolect/findings';
import { changes, intensities, languages, likelihoods, natures, presences, uptakes } from '@radiolect/findings';
import { z } from 'zod';

const labelSchema = z.object({
  state: z.enum(presences),
  nature: z.enum(natures).optional(),
  likelihood: z.enum(likelihoods).optional(),
  change: z.enum(changes).optional(),
  uptake: z.enum(uptakes).optional(),
  intensity: z.enum(intensities).optional(),
});
const warningSchema = z.union([
  z.string(),
  z.object({ code: z.string(), subject: z.string().optional() }).transform((w) => `${w.code}: ${w.subject ?? ''}`),
]);

/** A line of hand labels, or of `radiolect label`. */
export const labelledReportSchema = z.object({
  id: z.string(),
  text: z.string().optional(),
  language: z.enum([...languages, 'mixed', 'unknown']).optional(),
  labels: z.record(z.string(), labelSchema),
  /** The report says that everything else is free; sites are then left out of `labels`. */
  globalNegative: z.boolean().optional(),
  /** Sites that a global negative leaves without entry, where the writer lists them. */
  noEntry: z.array(z.string()).optional(),
  regional: z.array(z.object({ region: z.string(), side: z.enum(['right', 'left']).optional() })).optional(),
  warnings: z.array(warningSchema).optional(),
});
export type LabelledReport = z.output<typeof labelledReportSchema>;

const spine = new Set(['cervical-spine', 'thoracic-spine', 'lumbar-spine']);

function inRegion(site: AnatomicSite, region: string): boolean {
  const [, name = region, side] = /^(.*?)(?:-(right|left))?$/.exec(region) ?? [];
  if (side !== undefined && site.laterality !== side) return false;
  const { bodyRegion9, skeleton12 } = site.regions;
  return name === 'spine' ? spine.has(bodyRegion9) : skeleton12 === name || bodyRegion9 === name;
}

/**
 * The labels of every site: a global negative makes absent what is not labelled, but for the regions of vague
 * statements and both sides of a positive whose side is missing (guideline, rule 4).
 */
export function expandedLabels(
  report: LabelledReport,
  sites: readonly AnatomicSite[],
): ReadonlyMap<string, Omit<SiteLabel, 'evidence'>> {
  const expanded = new Map(Object.entries(report.labels) as [string, Omit<SiteLabel, 'evidence'>][]);
  if (report.globalNegative !== true) return expanded;
  const open = new Set(report.noEntry ?? []);
  for (const { region, side } of report.noEntry ? [] : (report.regional ?? []))
    for (const site of sites)
      if (inRegion(site, region) && (side === undefined || site.laterality === side)) open.add(site.id);
  for (const warning of report.warnings ?? []) {
    const part = /^side-missing: *(\S+)/.exec(warning)?.[1];
    if (part !== undefined) for (const side of ['right', 'left']) open.add(`${part}-${side}`);
  }
  for (const { id } of sites) if (!expanded.has(id) && !open.has(id)) expanded.set(id, { state: 'absent' });
  return expanded;
}
