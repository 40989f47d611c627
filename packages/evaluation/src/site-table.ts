import type { BootstrapOptions, Estimate } from './bootstrap.ts';
import { bootstrap } from './bootstrap.ts';
import type { RankedUnits } from './ranking.ts';
import { auroc, averagePrecision, rank, sensitivityAtFalsePositiveRate } from './ranking.ts';

/** Scores and references of one position over the same studies. */
export interface SiteScores {
  readonly site: string;
  readonly scores: ArrayLike<number>;
  readonly positives: ArrayLike<boolean | number>;
  /** Studies whose reference is known; all unless given. */
  readonly known?: ArrayLike<boolean | number>;
}

export interface SiteRow {
  readonly site: string;
  readonly positives: number;
  readonly auroc: Estimate;
  readonly averagePrecision: Estimate;
  /** At a false-positive rate of 5 % of the negatives. */
  readonly sensitivityAt5PercentFalsePositives: Estimate;
}

export interface SiteTable {
  readonly rows: readonly SiteRow[];
  /** Mean over sites with at least `minimumPositives`, resampled over studies, so that sites move together. */
  readonly meanAuroc: Estimate & { readonly sites: number };
}

/** Per-site ranking figures and their mean over the sites that have enough positives to be measured. */
export function siteTable(
  perSite: readonly SiteScores[],
  { minimumPositives = 10, ...options }: BootstrapOptions & { readonly minimumPositives?: number } = {},
): SiteTable {
  const ranked = perSite.map(({ site, scores, positives, known }) => ({
    site,
    units: rank(scores, positives, known),
  }));
  const positivesOf = (units: RankedUnits): number =>
    units.order.reduce((sum, unit) => sum + units.positives[unit]!, 0);
  const measured = ranked.filter(({ units }) => positivesOf(units) >= minimumPositives);
  const studyCount = ranked[0]?.units.count ?? 0;
  const mean = bootstrap(
    studyCount,
    (weights) => {
      const figures = measured.map(({ units }) => auroc(units, weights)).filter((figure) => !Number.isNaN(figure));
      return figures.reduce((sum, figure) => sum + figure, 0) / figures.length;
    },
    options,
  );
  const rows = ranked.map(({ site, units }): SiteRow => {
    const figure = (statistic: (weights: Uint16Array) => number): Estimate =>
      bootstrap(units.count, statistic, options);
    return {
      site,
      positives: positivesOf(units),
      auroc: figure((weights) => auroc(units, weights)),
      averagePrecision: figure((weights) => averagePrecision(units, weights)),
      sensitivityAt5PercentFalsePositives: figure((weights) => sensitivityAtFalsePositiveRate(units, 0.05, weights)),
    };
  });
  return { rows, meanAuroc: { ...mean, sites: measured.length } };
}
