import type { AnatomicSite } from '@radiolect/findings';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { Estimate } from '../bootstrap.ts';
import { proportion } from '../proportion.ts';
import { cleanContext } from './clean-context.ts';
import type { CaseContext, PlantableReport, PlantedCase, PlantedKind, Span } from './planted-case.ts';
import { plantedKinds } from './planted-case.ts';
import { planters } from './planters.ts';
import { sentenceAround, touches } from './source-text.ts';

/** What a checker says of one text; alarms are what interrupts (errors and warnings). */
export interface CheckerAnswer {
  readonly code: string;
  readonly severity: 'error' | 'warning' | 'information';
  readonly evidence: readonly Span[];
  readonly sites: readonly string[];
}

/** A checker under test. Without a context it has the text alone. */
export type CheckerUnderTest = (text: string, context: CaseContext | undefined) => readonly CheckerAnswer[];

const image = [
  'presence-contradicts-image',
  'finding-not-in-image',
  'image-finding-not-stated',
  'level-contradicts-image',
];
const conclusion = ['impression-contradicts-findings', 'impression-omits-finding', 'finding-only-in-impression'];

/** Which codes are the right kind for each error; any other alarm counts as missed. */
export const rightKinds: Readonly<Record<PlantedKind, ReadonlySet<string>>> = {
  'negation-flip': new Set([
    ...image,
    ...conclusion,
    'presence-contradiction',
    'unplaced-abnormality',
    'cause-contradicts-image',
    'image-cause-not-stated',
  ]),
  'side-swap': new Set(['side-contradiction', 'side-contradicts-image', 'side-contradicts-order']),
  'level-shift': new Set([...image, ...conclusion]),
  number: new Set([
    'value-implausible',
    'date-invalid',
    'date-in-future',
    'comparison-date-mismatch',
    'level-out-of-range',
    'transitional-level',
    'rib-out-of-range',
    'age-mismatch',
    'score-inconsistent',
  ]),
  unit: new Set(['value-implausible']),
  omission: new Set([...image, ...conclusion, 'impression-empty', 'image-cause-not-stated']),
  'findings-against-impression': new Set([
    ...image,
    ...conclusion,
    'side-contradiction',
    'finding-unexplained',
    'cause-contradicts-image',
    'image-cause-not-stated',
  ]),
};

/**
 * At most `perKind` errors of every kind for each report, chosen by the seed among all that its text allows. Reports
 * that hold a contradiction of their own must be left out by the caller.
 */
export function plantErrors(
  reports: readonly PlantableReport[],
  sites: readonly AnatomicSite[],
  { seed = 1, perKind = 1 }: { readonly seed?: number; readonly perKind?: number } = {},
): PlantedCase[] {
  const generator = xoroshiro128plus(seed);
  const byId = new Map(sites.map((site) => [site.id, site]));
  return reports.flatMap((report) =>
    plantedKinds.flatMap((kind) => {
      const edits = [...planters[kind](report, byId)].filter(
        ({ from, to }) => report.text.slice(from.start, from.end) !== to,
      );
      const chosen: PlantedCase[] = [];
      while (chosen.length < perKind && edits.length > 0) {
        const [edit] = edits.splice(uniformInt(generator, 0, edits.length - 1), 1);
        const { from, to, form, sites: meant } = edit!;
        const text = report.text.slice(0, from.start) + to + report.text.slice(from.end);
        const at = sentenceAround(text, { start: from.start, end: Math.max(from.start + to.length, from.start + 1) });
        chosen.push({ report, kind, form, text, at, sites: meant });
      }
      return chosen;
    }),
  );
}

/** How one planted error fared. */
export interface PlantedOutcome {
  readonly planted: PlantedCase;
  readonly foundWithContext: boolean;
  readonly foundFromText: boolean;
  /** Codes of all alarms with the context. */
  readonly alarms: readonly string[];
}

export interface PlantedRow {
  readonly name: string;
  readonly count: number;
  readonly withContext: Estimate;
  readonly fromText: Estimate;
}

export interface PlantedScorecard {
  readonly cases: number;
  readonly reports: number;
  readonly found: PlantedRow;
  readonly byKind: readonly PlantedRow[];
  readonly byLanguage: readonly PlantedRow[];
  readonly byForm: readonly PlantedRow[];
  /** Share of clean reports with an error or a warning. */
  readonly cleanAlarmed: { readonly withContext: Estimate; readonly fromText: Estimate };
  /** Clean reports that were alarmed, with the codes; `sideMissing` where the labels by hand name that defect and no other code was raised. */
  readonly falseAlarms: readonly {
    readonly id: string;
    readonly context: boolean;
    readonly codes: readonly string[];
    readonly sideMissing: boolean;
  }[];
  readonly outcomes: readonly PlantedOutcome[];
}

/** Runs a checker over clean reports and over the same reports with errors planted. Intervals are Wilson's, 95 %. */
export function runPlanted(
  reports: readonly PlantableReport[],
  sites: readonly AnatomicSite[],
  check: CheckerUnderTest,
  options: { readonly seed?: number; readonly perKind?: number } = {},
): PlantedScorecard {
  const contexts = new Map(reports.map((report) => [report, cleanContext(report, sites)]));
  const alarmsOf = (text: string, context: CaseContext | undefined): CheckerAnswer[] =>
    check(text, context).filter(({ severity }) => severity !== 'information');
  const clean = new Map(
    reports.map((report) => [
      report,
      { context: alarmsOf(report.text, contexts.get(report)), text: alarmsOf(report.text, undefined) },
    ]),
  );
  const outcomes = plantErrors(reports, sites, options).map((planted): PlantedOutcome => {
    const before = clean.get(planted.report)!;
    const withContext = alarmsOf(planted.text, contexts.get(planted.report));
    return {
      planted,
      alarms: withContext.map(({ code }) => code),
      foundWithContext: isFound(planted, withContext, before.context),
      foundFromText: isFound(planted, alarmsOf(planted.text, undefined), before.text),
    };
  });
  const row = (name: string, own: readonly PlantedOutcome[]): PlantedRow => ({
    name,
    count: own.length,
    withContext: proportion(own.filter(({ foundWithContext }) => foundWithContext).length, own.length),
    fromText: proportion(own.filter(({ foundFromText }) => foundFromText).length, own.length),
  });
  const rowsBy = (key: (outcome: PlantedOutcome) => string): PlantedRow[] =>
    [...new Set(outcomes.map(key))].map((name) =>
      row(
        name,
        outcomes.filter((outcome) => key(outcome) === name),
      ),
    );
  const share = (alarmed: (report: PlantableReport) => boolean): Estimate =>
    proportion(reports.filter(alarmed).length, reports.length);
  return {
    cases: outcomes.length,
    reports: reports.length,
    found: row('all', outcomes),
    byKind: rowsBy(({ planted }) => planted.kind),
    byLanguage: rowsBy(({ planted }) => planted.report.language).sort((a, b) => a.name.localeCompare(b.name)),
    byForm: rowsBy(({ planted }) => `${planted.kind}: ${planted.form}`),
    cleanAlarmed: {
      withContext: share((report) => clean.get(report)!.context.length > 0),
      fromText: share((report) => clean.get(report)!.text.length > 0),
    },
    falseAlarms: reports.flatMap((report) => {
      const { context, text } = clean.get(report)!;
      const of = (list: readonly CheckerAnswer[], known: boolean) =>
        list.length === 0
          ? []
          : [
              {
                id: report.id,
                context: known,
                codes: list.map(({ code }) => code),
                sideMissing:
                  list.every(({ code }) => code === 'side-missing') &&
                  report.warnings.some((warning) => warning.startsWith('side-missing')),
              },
            ];
      return [...of(context, true), ...of(text, false)];
    }),
    outcomes,
  };
}

/** An alarm of the right kind on the right words or the right site, which the clean text did not raise. */
function isFound(planted: PlantedCase, alarms: readonly CheckerAnswer[], before: readonly CheckerAnswer[]): boolean {
  const key = ({ code, sites }: CheckerAnswer): string => `${code} ${[...sites].sort().join(' ')}`;
  const old = new Set(before.map(key));
  return alarms.some(
    (alarm) =>
      rightKinds[planted.kind].has(alarm.code) &&
      !old.has(key(alarm)) &&
      (alarm.evidence.some(touches(planted.at)) || alarm.sites.some((site) => planted.sites.includes(site))),
  );
}
