import type { LabelState, Presence, SiteLabel } from '@radiolect/findings';
import { presences } from '@radiolect/findings';
import type { BootstrapOptions, Estimate } from '../bootstrap.ts';
import { bootstrap } from '../bootstrap.ts';
import { f1, tallyFindings } from '../finding-agreement.ts';
import { cohenKappa, confusionMatrix } from '../kappa.ts';

type Labels = ReadonlyMap<string, Omit<SiteLabel, 'evidence'>>;

/** What one reader took for one report; counts are null where a reader has none (rules have no tokens). */
export interface ReadingCost {
  readonly seconds: number | null;
  readonly tokens: number | null;
  readonly cost: number | null;
  readonly droppedStatements: number | null;
}

/** One reader's labels of the gold reports, in their order. */
export interface ReaderLabels {
  readonly reader: string;
  /** undefined: the reader has no reading of this report (it abstained, or failed). */
  readonly labels: readonly (Labels | undefined)[];
  readonly costs: readonly ReadingCost[];
}

export const comparedAttributes = ['nature', 'likelihood', 'change', 'uptake', 'intensity'] as const;
export type ComparedAttribute = (typeof comparedAttributes)[number];

export interface ReaderFigures {
  readonly reader: string;
  readonly reports: number;
  /** Reports without a reading; they count as if nothing had been mentioned. */
  readonly withoutReading: number;
  readonly f1: Readonly<Record<Presence, Estimate & { readonly gold: number }>>;
  /** Over sites that gold and reader both call present: the share with the same value, "not stated" included. */
  readonly attributes: Readonly<Record<ComparedAttribute, Estimate & { readonly count: number }>>;
  /** Against the gold labels, over all sites of all reports, silence being a state of its own. */
  readonly kappa: Estimate;
  /** Means per report, over the reports where they were counted; null where they never were. */
  readonly secondsPerReport: number | null;
  readonly tokensPerReport: number | null;
  readonly costPerReport: number | null;
  readonly droppedStatements: number | null;
}

export interface ReaderComparison {
  readonly reports: number;
  /** Reports with more than 40 present sites: left out, since one outweighs ten others. */
  readonly superscansLeftOut: number;
  readonly readers: readonly ReaderFigures[];
  readonly pairwise: readonly { readonly readers: readonly [string, string]; readonly kappa: Estimate }[];
}

const superscan = 40;
const states = ['unmentioned', ...presences] as const satisfies readonly LabelState[];

/**
 * Grades readers on the same reports with gold labels. Intervals are percentile bootstraps over reports: the sites of
 * one report move together.
 */
export function compareReaders(
  gold: readonly Labels[],
  readers: readonly ReaderLabels[],
  positions: readonly string[],
  options: BootstrapOptions = {},
): ReaderComparison {
  for (const { reader, labels } of readers)
    if (labels.length !== gold.length)
      throw new RangeError(`reader "${reader}" has ${labels.length} of ${gold.length} reports`);
  const kept = gold.flatMap((labels, index) =>
    [...labels.values()].filter((label) => label.state === 'present').length > superscan ? [] : [index],
  );
  const goldStates = kept.map((index) => statesOf(gold[index], positions));
  const readerStates = readers.map(({ labels }) => kept.map((index) => statesOf(labels[index], positions)));
  const kappa = (first: readonly LabelState[][], second: readonly LabelState[][]): Estimate => {
    const tables = first.map((row, i) => confusionMatrix(row, second[i]!, states));
    return bootstrap(kept.length, (weights) => cohenKappa(weightedSum(tables, weights)), options);
  };
  return {
    reports: kept.length,
    superscansLeftOut: gold.length - kept.length,
    readers: readers.map(({ reader, labels, costs }, which) => {
      const keptCosts = kept.map((index) => costs[index]);
      const read = kept.map((index) => labels[index]);
      return {
        reader,
        reports: kept.length,
        withoutReading: read.filter((one) => one === undefined).length,
        f1: f1PerState(goldStates, readerStates[which]!, options),
        attributes: attributeAccuracy(
          kept.map((index) => gold[index]!),
          read,
          options,
        ),
        kappa: kappa(goldStates, readerStates[which]!),
        secondsPerReport: mean(keptCosts.map((cost) => cost?.seconds)),
        tokensPerReport: mean(keptCosts.map((cost) => cost?.tokens)),
        costPerReport: mean(keptCosts.map((cost) => cost?.cost)),
        droppedStatements: total(keptCosts.map((cost) => cost?.droppedStatements)),
      };
    }),
    pairwise: readers.flatMap((first, i) =>
      readers.slice(i + 1).map((second, j) => ({
        readers: [first.reader, second.reader] as const,
        kappa: kappa(readerStates[i]!, readerStates[i + 1 + j]!),
      })),
    ),
  };
}

const statesOf = (labels: Labels | undefined, positions: readonly string[]): LabelState[] =>
  positions.map((site) => labels?.get(site)?.state ?? 'unmentioned');

function f1PerState(
  gold: readonly LabelState[][],
  reader: readonly LabelState[][],
  options: BootstrapOptions,
): ReaderFigures['f1'] {
  const tallies = gold.map((row, i) => tallyFindings(row, reader[i]!));
  const perState = presences.map((state) => {
    const estimate = bootstrap(
      tallies.length,
      (weights) => {
        const sum = { truePositives: 0, falsePositives: 0, falseNegatives: 0 };
        for (const [i, tally] of tallies.entries()) {
          sum.truePositives += weights[i]! * tally[state].truePositives;
          sum.falsePositives += weights[i]! * tally[state].falsePositives;
          sum.falseNegatives += weights[i]! * tally[state].falseNegatives;
        }
        return f1(sum);
      },
      options,
    );
    const count = gold.reduce((sum, row) => sum + row.filter((one) => one === state).length, 0);
    return [state, { ...estimate, gold: count }] as const;
  });
  return Object.fromEntries(perState) as unknown as ReaderFigures['f1'];
}

function attributeAccuracy(
  gold: readonly Labels[],
  reader: readonly (Labels | undefined)[],
  options: BootstrapOptions,
): ReaderFigures['attributes'] {
  const perAttribute = comparedAttributes.map((attribute) => {
    const counts = gold.map((labels, i) => {
      let both = 0;
      let same = 0;
      for (const [site, label] of labels) {
        const read = reader[i]?.get(site);
        if (label.state !== 'present' || read?.state !== 'present') continue;
        both++;
        if (label[attribute] === read[attribute]) same++;
      }
      return { both, same };
    });
    const sum = (of: 'both' | 'same', weights: Uint16Array): number =>
      counts.reduce((all, count, i) => all + weights[i]! * count[of], 0);
    const estimate = bootstrap(counts.length, (weights) => sum('same', weights) / sum('both', weights), options);
    return [attribute, { ...estimate, count: counts.reduce((all, count) => all + count.both, 0) }] as const;
  });
  return Object.fromEntries(perAttribute) as unknown as ReaderFigures['attributes'];
}

function weightedSum(tables: readonly (readonly (readonly number[])[])[], weights: Uint16Array): number[][] {
  const sum = states.map(() => states.map(() => 0));
  for (const [which, table] of tables.entries())
    for (const [i, row] of table.entries())
      for (const [j, count] of row.entries()) sum[i]![j] = sum[i]![j]! + weights[which]! * count;
  return sum;
}

const counted = (values: readonly (number | null | undefined)[]): number[] =>
  values.filter((value): value is number => typeof value === 'number');

function total(values: readonly (number | null | undefined)[]): number | null {
  const known = counted(values);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0);
}

function mean(values: readonly (number | null | undefined)[]): number | null {
  const sum = total(values);
  return sum === null ? null : sum / counted(values).length;
}
