import type { DatasetFigures } from '@radiolect/server/api';

type SiteFigures = DatasetFigures['perSite'][number];

export interface PrevalenceRow extends SiteFigures {
  /** Present among present and absent; undefined where neither was ever said. */
  readonly prevalence: number | undefined;
  /** Share of studies that pass over the site, 0 to 1. */
  readonly unmentionedShare: number;
}

/** The rows of the prevalence table in the pack's order, and the share of all positions that no label fills. */
export function prevalenceRows(
  perSite: readonly SiteFigures[],
  order: readonly string[],
): { readonly rows: readonly PrevalenceRow[]; readonly unmentionedShare: number } {
  const place = new Map(order.map((site, index) => [site, index]));
  let [unmentioned, all] = [0, 0];
  const rows = [...perSite]
    .sort((a, b) => (place.get(a.site) ?? order.length) - (place.get(b.site) ?? order.length))
    .map((figures) => {
      const decided = figures.present + figures.absent;
      const total = decided + figures.uncertain + figures.unmentioned;
      unmentioned += figures.unmentioned;
      all += total;
      return {
        ...figures,
        prevalence: decided > 0 ? figures.present / decided : undefined,
        unmentionedShare: total > 0 ? figures.unmentioned / total : 0,
      };
    });
  return { rows, unmentionedShare: all > 0 ? unmentioned / all : 0 };
}
