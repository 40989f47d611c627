import { assertionOf } from './assertion.ts';
import type { Mention } from './mentions.ts';
import { isInside } from './mentions.ts';
import type { Proposition } from './propositions.ts';

/** Places and nothing else: a line of a list. */
export function isBareList(proposition: Proposition): boolean {
  return (
    proposition.mentions.some((m) => m.bases.length > 0) &&
    proposition.clauses.every(({ predicate: p }) => !p.history && !p.prior && !p.noNew && !p.flow && !p.recommend)
  );
}

/** Before the first sentence about uptake, text without a header is clinical details. */
export function speaksOfScan(proposition: Proposition): boolean {
  const { state } = assertionOf(proposition);
  if (state === 'not-imaged') return proposition.mentions.some((m) => m.bases.length > 0);
  if (state === 'none' || (proposition.mentions.length === 0 && state !== 'absent')) return false;
  const predicates = proposition.clauses.map((c) => c.predicate);
  const told = predicates.some((p) => p.history);
  if (!told && predicates.some((p) => p.causes.length > 0)) {
    if (predicates.some((p) => p.intensity || p.lesion)) return true;
    // "Metastasis at T9." speaks of the scan; "breast cancer with known metastases at T9 on treatment" does not.
    const others = proposition.clauses
      .flatMap((c) => c.segment.items)
      .filter((item) => ['word', 'ignore', 'likelihood'].includes(item.kind));
    const operated = predicates.some((p) => p.causes.some((c) => c.nature === 'postoperative'));
    if (others.length <= 1 && !operated && proposition.mentions.some((m) => m.bases.length > 0)) return true;
  }
  return proposition.clauses.some(
    ({ predicate: p, segment }) =>
      segment.items.some((item) => item.kind === 'compare') ||
      p.uptake !== undefined ||
      p.negated ||
      p.normal ||
      (proposition.mentions.some((m) => m.bases.length > 0) && (p.change !== undefined || p.shown || p.abnormal)) ||
      (p.lesion && p.unexcluded),
  );
}

/** "Multiple foci in the spine (T3, T5)", "the right hemipelvis, namely …": all that is meant of the region is listed. */
export function isSpeltOut(mention: Mention, { clauses }: Proposition): boolean {
  const at = clauses.findIndex((c) => c.segment === mention.segment);
  const next = clauses[at + 1];
  if (!next || at < 0) return false;
  const has = (kind: 'include' | 'namely'): boolean => next.segment.items.some((item) => item.kind === kind);
  if (!(next.segment.delimiter === 'open' && !has('include')) && !has('namely')) return false;
  return next.mentions.some((m) => isInside(m, mention));
}

/** "The study is normal", "Others: unremarkable": a normal of the scan, or of what is left. */
export function isSummary({ predicate, segment }: Proposition['clauses'][number], { clauses }: Proposition): boolean {
  const all = clauses.map((c) => c.predicate);
  if (!predicate.normal) return false;
  if (all.some((p) => p.causes.length > 0)) return false;
  if (segment.items.some((item) => item.kind === 'word' && /^(bio)?distribution$/.test(item.value))) return true;
  return all.some((p) => p.rest) || clauses.some((c) => c.segment.items.some((item) => item.kind === 'scan'));
}

/** "Lumbar curvature kept, L3-4 show uptake": a region without a word of its own, before its sites, is a heading. */
export function isMereHeading(mention: Mention, proposition: Proposition): boolean {
  const { clauses } = proposition;
  const at = clauses.findIndex((c) => c.segment === mention.segment);
  const own = clauses[at]?.predicate;
  // "T7 (costovertebral)": the brackets only name the part.
  if (own && mention.segment.delimiter === 'open' && clauses[at - 1]?.mentions.some((m) => isInside(m, mention)))
    return true;
  if (isSpeltOut(mention, proposition)) return true;
  if (!own || own.coreBefore || own.coreAfter || own.otherBefore || own.otherAfter || own.vague) return false;
  return proposition.mentions.some((m) => m.item.start > mention.item.start && isInside(m, mention));
}

/** A line of places without a word: "Ribs: right 3-5 and 8, left 1". */
export function isWordless(proposition: Proposition): boolean {
  return (
    proposition.mentions.some((m) => m.item.kind === 'place') &&
    proposition.clauses.every((c) => c.segment.items.every((item) => placing.has(item.kind)))
  );
}

const placing: ReadonlySet<string> = new Set([
  'place',
  'site',
  'region',
  'side',
  'aspect',
  'partWord',
  'number',
  'dash',
]);
