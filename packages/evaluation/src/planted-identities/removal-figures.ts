import type { Language } from '@radiolect/findings';
import type { BootstrapOptions, Estimate } from '../bootstrap.ts';
import { bootstrap } from '../bootstrap.ts';
import type { IdentityKind, PlantedReport } from './plant-identities.ts';
import { identityKinds } from './plant-identities.ts';

/** A span of the text, in UTF-16 code units. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** What a remover did to one planted report. */
export interface RemovalCase {
  readonly report: PlantedReport;
  readonly removed: readonly Span[];
  /** Identifying spans that stood in the report before; they count neither as identifying nor as others. */
  readonly disregarded?: readonly Span[];
}

interface Tally {
  readonly identifying: number;
  readonly found: number;
  readonly others: number;
  readonly taken: number;
  readonly byKind: Readonly<Record<IdentityKind, { readonly identifying: number; readonly found: number }>>;
}

export interface RemovalFigures {
  readonly reports: number;
  readonly identifyingCharacters: number;
  readonly otherCharacters: number;
  /** Share of identifying characters that were removed. */
  readonly removed: Estimate;
  /** Share of all other characters that were removed. */
  readonly overRemoved: Estimate;
  readonly byLanguage: Readonly<
    Partial<Record<Language, { readonly reports: number; readonly removed: Estimate; readonly overRemoved: Estimate }>>
  >;
  readonly byKind: Readonly<Partial<Record<IdentityKind, { readonly characters: number; readonly removed: Estimate }>>>;
}

/**
 * Removal by characters, white space aside (the measure of LLM-Anonymizer: Wiest et al., NEJM AI 2025). Intervals by
 * bootstrap over reports.
 */
export function removalFigures(cases: readonly RemovalCase[], options: BootstrapOptions = {}): RemovalFigures {
  const tallies = cases.map(tallyOf);
  const share = (which: readonly Tally[], of: (tally: Tally) => readonly [number, number]): Estimate =>
    bootstrap(
      which.length,
      (weights) => {
        let [part, whole] = [0, 0];
        for (const [index, tally] of which.entries()) {
          const [some, all] = of(tally);
          part += some * weights[index]!;
          whole += all * weights[index]!;
        }
        return whole === 0 ? Number.NaN : part / whole;
      },
      options,
    );
  const removed = (which: readonly Tally[]): Estimate => share(which, ({ found, identifying }) => [found, identifying]);
  const over = (which: readonly Tally[]): Estimate => share(which, ({ taken, others }) => [taken, others]);
  const sum = (of: (tally: Tally) => number): number => tallies.reduce((total, tally) => total + of(tally), 0);
  const byLanguage: Record<string, { reports: number; removed: Estimate; overRemoved: Estimate }> = {};
  for (const language of new Set(cases.map(({ report }) => report.language))) {
    const own = tallies.filter((_, index) => cases[index]!.report.language === language);
    byLanguage[language] = { reports: own.length, removed: removed(own), overRemoved: over(own) };
  }
  const byKind: Partial<Record<IdentityKind, { characters: number; removed: Estimate }>> = {};
  for (const kind of identityKinds) {
    const characters = sum((tally) => tally.byKind[kind].identifying);
    if (characters > 0)
      byKind[kind] = {
        characters,
        removed: share(tallies, (tally) => [tally.byKind[kind].found, tally.byKind[kind].identifying]),
      };
  }
  return {
    reports: cases.length,
    identifyingCharacters: sum(({ identifying }) => identifying),
    otherCharacters: sum(({ others }) => others),
    removed: removed(tallies),
    overRemoved: over(tallies),
    byLanguage,
    byKind,
  };
}

function tallyOf({ report, removed, disregarded = [] }: RemovalCase): Tally {
  const { text, planted } = report;
  const gone = mask(text.length, removed);
  const aside = mask(text.length, disregarded);
  const kinds = new Map<number, IdentityKind>();
  for (const { kind, start, end } of planted) for (let at = start; at < end; at++) kinds.set(at, kind);
  const byKind = Object.fromEntries(identityKinds.map((kind) => [kind, { identifying: 0, found: 0 }])) as Record<
    IdentityKind,
    { identifying: number; found: number }
  >;
  let [identifying, found, others, taken] = [0, 0, 0, 0];
  for (let at = 0; at < text.length; at++) {
    if (/\s/.test(text[at]!)) continue;
    const kind = kinds.get(at);
    if (kind) {
      identifying++;
      found += gone[at]!;
      byKind[kind].identifying++;
      byKind[kind].found += gone[at]!;
    } else if (!aside[at]) {
      others++;
      taken += gone[at]!;
    }
  }
  return { identifying, found, others, taken, byKind };
}

function mask(length: number, spans: readonly Span[]): Uint8Array {
  const out = new Uint8Array(length);
  for (const { start, end } of spans) out.fill(1, start, end);
  return out;
}
