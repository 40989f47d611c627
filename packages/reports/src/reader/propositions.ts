import { Grouping } from './grouping.ts';
import type { Lexicon } from './lexicon.ts';
import type { Mention } from './mentions.ts';
import type { Predicate } from './predicate.ts';
import type { Segment } from './segments.ts';

export interface Clause {
  readonly segment: Segment;
  readonly predicate: Predicate;
  readonly mentions: readonly Mention[];
  /** It names what lies outside bone as the source of the uptake ("likely urine contamination"). */
  readonly explains: boolean;
}

/** Places that share one statement, with the clauses that make it. */
export interface Proposition {
  readonly clauses: Clause[];
  readonly mentions: Mention[];
  /** Uptake that an earlier proposition of the sentence asserted and this one goes on from. */
  inherited?: Proposition | undefined;
  /** The statement that its places are excepted from ("normal except for the left knee"), or the one that follows. */
  except?: Proposition | 'next' | undefined;
  /** The next proposition, where joined by "and". */
  joinedTo?: Proposition | undefined;
}

/** Groups the segments of a sentence into propositions: which places share which statement. */
export function propositionsOf(all: readonly Segment[], source: string, lexicon: Lexicon): Proposition[] {
  return new Grouping(withoutPriorFindings(all), source, lexicon).run();
}

/** "Compared with 2021 (uptake in L3), …": the brackets hold what the prior study showed. */
function withoutPriorFindings(segments: readonly Segment[]): Segment[] {
  let inside = false;
  let compared = false;
  return segments.filter((segment) => {
    if (segment.delimiter === 'open') inside = compared;
    else if (['close', 'colon', 'semicolon', 'but'].includes(segment.delimiter)) inside = false;
    if (segment.items.some((item) => item.kind === 'compare')) compared = true;
    if (segment.mentions.length > 0) compared = false;
    return !inside;
  });
}

/** "…, all degenerative", "…, both traumatic". */
function isOfAll({ segment }: Clause): boolean {
  const first = segment.items[0];
  return first?.kind === 'all' || (first?.kind === 'side' && first.value === 'both');
}

/** "Bone metastases: T10 (intense), left sacral ala (moderate)": the cause before the colon is that of the whole list. */
function shareHeading([first, ...others]: readonly Proposition[]): void {
  const [heading, next] = first?.clauses ?? [];
  if (!heading || next?.segment.delimiter !== 'colon' || heading.mentions.length > 0) return;
  const { causes, negated } = heading.predicate;
  if (causes.length === 0 || negated) return;
  for (const { clauses } of others) {
    const own = clauses.some(({ predicate: p }) => p.causes.length > 0 || p.negated || p.normal || p.rest);
    if (!own) clauses.push(heading);
  }
}

/** "…; osteoporotic fractures are favored": more than one, after what names them. */
const isOfSeveral = ({ segment, predicate }: Clause): boolean =>
  segment.delimiter === 'semicolon' &&
  predicate.causes.every((c) => /(fractures|metastases|deposits|mets|secondaries)$/.test(c.word));

/** "雙膝攝取增加，右肘亦有攝取增加，符合關節炎": what is so too has the same cause. */
function shareLikewise(before: Proposition, { clauses }: Proposition): void {
  const likewise = clauses.some(({ segment }) =>
    segment.items.some((item) => item.kind === 'word' && item.value === 'also'),
  );
  const stated = before.clauses.some(({ predicate: p }) => p.causes.length > 0 || p.negated || p.normal);
  const cause = clauses.find((c) => c.predicate.causes.length > 0 && c.mentions.length === 0);
  if (likewise && !stated && cause) before.clauses.push(cause);
}

/** A cause said of all ("…, both due to arthritis", "均屬退化性") goes to every statement before it in the sentence. */
export function shareCauses(propositions: readonly Proposition[]): void {
  shareHeading(propositions);
  for (const [index, proposition] of propositions.entries()) {
    if (index === 0) continue;
    shareLikewise(propositions[index - 1]!, proposition);
    const shared = proposition.clauses.find(
      (c) =>
        c.mentions.length === 0 &&
        c.predicate.causes.length > 0 &&
        (c.predicate.anaphora === 'all' || isOfAll(c) || isOfSeveral(c)),
    );
    if (!shared) continue;
    for (const earlier of propositions.slice(Math.max(0, index - 40), index))
      if (!earlier.clauses.some((c) => c.predicate.causes.length > 0)) earlier.clauses.push(shared);
  }
}
