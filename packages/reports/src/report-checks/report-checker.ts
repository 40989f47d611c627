import type { Pack, ReportReading } from '@radiolect/findings';
import type { RuleReader } from '../reader/rule-reader.ts';
import { createRuleReader } from '../reader/rule-reader.ts';
import { checkAgainstImage } from './against-image.ts';
import { readCheckData } from './check-data.ts';
import { checkComparison } from './comparison.ts';
import { completenessOf, qualityOf } from './completeness.ts';
import { checkCriticalResults, checkFollowUp } from './critical-results.ts';
import { checkDates } from './dates.ts';
import { checkFindingsAndImpression } from './findings-and-impression.ts';
import { checkLevels } from './levels.ts';
import { checkOrder } from './order.ts';
import { createOutliner, keepOnly, without } from './outline.ts';
import { checkPatient } from './patient.ts';
import { checkQuantities } from './quantities.ts';
import type { CheckContext, CheckSeverity, CompletenessItem, QualityMeasure, ReportCheck } from './report-check.ts';
import { checkScores } from './scores.ts';
import type { Work } from './work.ts';

/** Looks for what cannot be right in a report, offline; all positions are UTF-16 code units of the text as given. */
export interface ReportChecker {
  /** Errors first, then by place in the text. */
  check(text: string, context?: CheckContext): ReportCheck[];
  /** The pack's list of what a report should state; no alarm. */
  completeness(text: string): CompletenessItem[];
  /** The pack's quality measures. */
  quality(text: string): QualityMeasure[];
}

const rank = { error: 0, warning: 1, information: 2 } as const satisfies Record<CheckSeverity, number>;

/**
 * A checker for a pack with a `checks.json`. Throws InvalidPackError where that file or a lexicon is missing or broken.
 * `reader` replaces the pack's rule reader.
 */
export function createReportChecker(pack: Pack, reader: RuleReader = createRuleReader(pack)): ReportChecker {
  const data = readCheckData(pack);
  const outliner = createOutliner(pack, data.characters);
  const sites = new Map(pack.sites.map((site) => [site.id, site]));
  const start = (text: string, context: CheckContext): Work => {
    const outline = outliner.outline(text);
    const reading = reader.read(text);
    // What an addendum says stands for itself: it may well differ from the report above it.
    const added = data.cues.addendum.first(outline.folded)?.start ?? text.length;
    const parts = outline.impressions.flatMap((part) =>
      part.start >= added ? [] : [{ ...part, end: Math.min(part.end, added) }],
    );
    const split = parts.some(({ empty }) => !empty);
    const findings: ReportReading = split ? reader.read(without(text, outline.impressions)) : reading;
    return {
      outline,
      data,
      lexicon: outliner.lexicon,
      context,
      reading,
      findings,
      impression: split ? reader.read(keepOnly(text, parts)) : undefined,
      read: (part) => reader.read(part),
      sites,
      checks: [],
    };
  };
  const run = (text: string, context: CheckContext): Work => {
    const work = start(text, context);
    checkFindingsAndImpression(work);
    checkAgainstImage(work);
    checkLevels(work);
    checkQuantities(work);
    checkDates(work);
    checkPatient(work);
    checkOrder(work);
    checkComparison(work);
    checkCriticalResults(work);
    checkFollowUp(work);
    checkScores(work);
    return work;
  };
  const place = (check: ReportCheck): number => check.evidence[0]?.start ?? Number.MAX_SAFE_INTEGER;
  return {
    check: (text, context = {}) =>
      [...run(text, context).checks].sort((a, b) => rank[a.severity] - rank[b.severity] || place(a) - place(b)),
    completeness: (text) => completenessOf(start(text, {})),
    quality(text) {
      const work = run(text, {});
      return qualityOf(work, completenessOf(work));
    },
  };
}
