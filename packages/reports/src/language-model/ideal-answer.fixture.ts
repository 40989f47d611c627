import type { SiteLabel } from '@radiolect/findings';

/** A line of the hand-labelled reports. */
export interface GoldReport {
  readonly id: string;
  readonly text: string;
  readonly labels: Readonly<Record<string, Omit<SiteLabel, 'evidence'> & { readonly evidence: string }>>;
  readonly globalNegative: boolean;
  readonly globalEvidence?: string;
  readonly noEntry?: readonly string[];
  readonly regional: readonly { readonly region: string; readonly side?: string; readonly evidence: string }[];
  readonly extraosseous: readonly { readonly what: string; readonly evidence: string }[];
  readonly warnings: readonly string[];
  readonly impressionClass: string;
}

/** The answer that a reader without fault gives: the hand labels in the form that a model answers with. */
export function idealAnswer(report: GoldReport): Record<string, unknown> {
  const placeOf = (site: string) => {
    const [, place = site, side = 'none'] = /^(.*)-(right|left)$/.exec(site) ?? [];
    return { place, side };
  };
  const labels = Object.entries(report.labels);
  return {
    findings: labels
      .filter(([, label]) => label.state !== 'absent')
      .map(([site, label]) => ({
        quote: label.evidence,
        places: [placeOf(site).place],
        side: placeOf(site).side,
        state: label.state,
        nature: label.nature ?? 'none',
        likelihood: label.likelihood ?? 'none',
        change: label.change ?? 'none',
        uptake: label.uptake ?? 'none',
        intensity: label.intensity ?? 'none',
      })),
    absent: [
      ...labels
        .filter(([, label]) => label.state === 'absent')
        .map(([site, label]) => ({
          quote: label.evidence,
          places: [placeOf(site).place],
          side: placeOf(site).side,
          resolved: label.change === 'resolved',
        })),
      ...(report.globalNegative
        ? [{ quote: report.globalEvidence, places: ['all-other-sites'], side: 'none', resolved: false }]
        : []),
    ],
    open: [
      ...report.regional.map(({ region, side = 'none', evidence }) => ({
        quote: evidence,
        place: region,
        side,
        why: 'vague',
      })),
      ...report.warnings.flatMap((warning) => {
        const place = /^side-missing: *(\S+)/.exec(warning)?.[1];
        return place ? [{ quote: report.text.slice(0, 5), place, side: 'none', why: 'side-missing' }] : [];
      }),
    ],
    outside: report.extraosseous.map(({ what, evidence }) => ({ quote: evidence, what })),
    impression: report.impressionClass,
  };
}
