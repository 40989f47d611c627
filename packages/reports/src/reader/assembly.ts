import type { Nature } from '@radiolect/findings';
import { mirrorSite } from '@radiolect/findings';
import type { Assertion } from './assertion.ts';
import { assertionOf } from './assertion.ts';
import { giveCause, giveGeneralCauses } from './general-causes.ts';
import type { Item } from './lexer.ts';
import type { Lexicon } from './lexicon.ts';
import type { Mention, Side } from './mentions.ts';
import type { Cause } from './predicate.ts';
import type { Proposition } from './propositions.ts';
import { shareCauses } from './propositions.ts';
import type { Warning } from './reconcile.ts';
import { reconcile } from './reconcile.ts';
import type { Section } from './sentences.ts';
import type { SiteRecord, Span } from './site-record.ts';
import { mergeRecords } from './site-record.ts';
import { isBareList, isMereHeading, isSpeltOut, isSummary, isWordless, speaksOfScan } from './statements.ts';

export interface Noted<T> {
  readonly what: T;
  readonly span: Span;
}

type Part = 'findings' | 'impression';

/** The key of a further focus in a site: "l3", then "l3#2", "l3#3"; the impression takes up the keys of the findings. */
function freeKey(
  records: ReadonlyMap<string, SiteRecord>,
  site: string,
  part: Part,
  findings: ReadonlyMap<string, SiteRecord>,
): string {
  const second = part === 'impression' && findings.has(`${site}#2`);
  let key = second ? `${site}#2` : site;
  for (let n = second ? 3 : 2; records.has(key) && n < 10; n++) key = `${site}#${n}`;
  return key;
}

/** "The lesions at …": those of the places that follow. */
const isOfPlaces = (items: readonly Item[]): boolean =>
  items.some(
    (item, i) => item.kind === 'word' && /^(at|in|of|over)$/.test(item.value) && items[i - 1]?.kind === 'anaphora',
  );

/** Gathers what the propositions of a report say into one record per site. */
export class Assembly {
  readonly #records: Record<Part, Map<string, SiteRecord>> = { findings: new Map(), impression: new Map() };
  readonly regional: Noted<{ region: string; side?: 'right' | 'left' }>[] = [];
  readonly extraosseous: Noted<string>[] = [];
  readonly warnings: Warning[] = [];
  /** Natures that the report denies, wherever it does. */
  readonly denied: Noted<Nature>[] = [];
  /** Causes that the impression gives to everything that it does not name. */
  readonly general: Cause[] = [];
  /** Causes of many lesions that the findings open with, before they name one. */
  readonly #announced: Cause[] = [];
  /** Evidence of the statement that everything else is normal. */
  globalNegative: Span | undefined;
  /** Where the impression calls the whole scan normal, and not only what is left. */
  #calledNormal: Span | undefined;
  readonly #exempt = new Set<string>();
  readonly #exemptRegions: { bases: ReadonlySet<string>; side: Side | undefined }[] = [];
  #lastSites: string[] = [];
  /** What the sentence before states, for a line of places that goes on with it. */
  #stated: Assertion | undefined;
  #begun = false;
  #headed = false;
  /** In an addendum, which has the last word on a cause. */
  #amends = false;
  /** Sentences of a report that has not spoken of a scan yet: details of the patient, unless it never does. */
  #waiting: { propositions: readonly Proposition[]; leadsIn: boolean }[] = [];
  /** "Uptake at the following sites:", for the places listed below it. */
  #leadIn: Proposition | undefined;

  constructor(
    private readonly siteIds: readonly string[],
    private readonly lexicon: Lexicon,
    private readonly chinese: boolean,
  ) {}

  /** Told of a sentence in a section without labels: what follows it without a header is the body. */
  pass(): void {
    this.#headed = true;
  }

  /** Takes the propositions of one sentence. */
  add(propositions: readonly Proposition[], section: Section, leadsIn: boolean): void {
    const part: Part = section === 'impression' || section === 'addendum' ? 'impression' : 'findings';
    this.#amends = section === 'addendum';
    const touched: string[] = [];
    shareCauses(propositions);
    // Text below a header of its own is no longer clinical details.
    if (section !== 'body') this.#begun = true;
    else this.#begun ||= this.#headed || propositions.some(speaksOfScan);
    if (!this.#begun) {
      this.#waiting.push({ propositions, leadsIn });
      return;
    }
    const lead = this.#leadIn;
    const before = this.#stated;
    this.#stated = undefined;
    if (leadsIn) this.#leadIn = propositions.find((p) => p.mentions.length === 0 && assertionOf(p).seen);
    for (const proposition of propositions) {
      const own = assertionOf(proposition);
      const bare = own.state === 'none' && lead !== undefined && isBareList(proposition);
      if (!bare && !leadsIn && proposition.mentions.length > 0) this.#leadIn = undefined;
      const goesOn = own.state === 'none' && before !== undefined && isWordless(proposition);
      const assertion = bare ? assertionOf(lead) : goesOn ? before : own;
      if (assertion.state === 'present' && assertion.uptake !== undefined && proposition.mentions.length > 0)
        this.#stated = { ...assertion, change: undefined, intensity: undefined };
      this.#extraosseous(proposition, assertion);
      for (const { predicate, segment } of proposition.clauses)
        for (const what of predicate.denied) this.denied.push({ what, span: segment });
      const places = proposition.mentions.filter((m) => m.extraosseous === undefined);
      if (places.length === 0) {
        if (proposition.mentions.length === 0) this.#unplaced(proposition, assertion, part);
        continue;
      }
      if (part === 'impression') this.#leadingCauses(proposition);
      const explained = this.#explained(proposition);
      const stated: Assertion =
        explained === 'doubtful'
          ? { ...assertion, state: 'uncertain', nature: undefined, likelihood: undefined }
          : assertion;
      const sited = places.some((m) => !m.global) && stated.state !== 'absent';
      for (const mention of places) {
        // "The skeleton is well seen, T4 and T8 show …": the whole is only the frame of what follows.
        if (mention.global && sited) continue;
        if (mention.global || explained !== 'explained' || stated.state === 'not-imaged')
          touched.push(...this.#place(mention, stated, proposition, part));
      }
    }
    if (touched.length > 0) this.#lastSites = [...new Set(touched)].slice(0, 91);
  }

  #extraosseous(proposition: Proposition, assertion: Assertion): void {
    for (const clause of proposition.clauses)
      for (const mention of clause.mentions) {
        const what = mention.extraosseous;
        if (what === undefined || this.extraosseous.some((x) => x.what === what)) continue;
        // "Soft tissue uptake in the breast" is that of the breast.
        const organ = clause.mentions.some((m) => m.extraosseous !== undefined && m.extraosseous !== what);
        if (what === 'soft tissue' && organ) continue;
        const always = what === 'kidneys' || what === 'bladder';
        if (assertion.state === 'absent' && !always && proposition.clauses.some((c) => c.predicate.negated)) continue;
        this.extraosseous.push({ what, span: clause.segment });
      }
  }

  /** Whether uptake is explained by something outside bone; "contamination versus lesion" leaves a doubt. */
  #explained(proposition: Proposition): 'explained' | 'doubtful' | undefined {
    if (!proposition.clauses.some((c) => c.explains)) return undefined;
    const negated = proposition.clauses.some((c) => c.predicate.negated && c.mentions.some((m) => m.extraosseous));
    if (negated) return undefined;
    const doubtful = proposition.clauses.some(
      (c) =>
        c.predicate.doubt || c.segment.delimiter === 'or' || c.segment.items.some((item) => item.kind === 'versus'),
    );
    return doubtful ? 'doubtful' : 'explained';
  }

  /** "Contralateral side unremarkable", "a similar focus on the left": the place spoken of before, on the other side. */
  #otherSide(proposition: Proposition, assertion: Assertion, part: Part): boolean {
    const items = proposition.clauses.flatMap((c) => c.segment.items);
    const opposite = items.some((item) => item.kind === 'anaphora' && item.value === 'other');
    const same = items.some((item) => item.kind === 'anaphora' && item.value === 'same');
    const sides = items.filter((item) => item.kind === 'side').map((item) => item.value);
    const side = same && sides.length === 1 && sides[0] !== 'both' ? sides[0] : undefined;
    if (!opposite && side === undefined) return false;
    const { state } = assertion;
    if (state !== 'present' && state !== 'absent' && state !== 'uncertain') return false;
    const { seen: _, explainsOnly: __, ...said } = assertion;
    const touched = this.#lastSites
      .map((site) => mirrorSite(site))
      .filter((site) => !this.#lastSites.includes(site) && (side === undefined || site.endsWith(side)));
    for (const site of touched) {
      const record: SiteRecord = { ...said, state, span: proposition.clauses[0]!.segment, specific: true };
      const known = this.#records[part].get(site);
      this.#records[part].set(site, known ? mergeRecords(known, record) : record);
    }
    if (touched.length > 0 && state === 'present') this.#lastSites = [...this.#lastSites, ...touched];
    return touched.length > 0;
  }

  /** A statement without a place: everything else is normal, or the cause of what was said before. */
  #unplaced(proposition: Proposition, assertion: Assertion, part: Part): void {
    const predicates = proposition.clauses.map((c) => c.predicate);
    if (this.#otherSide(proposition, assertion, part)) return;
    const denies = predicates.some(
      (p, index) =>
        (p.negated && (p.uptake === 'increased' || p.abnormal || (p.lesion && !p.alteration))) ||
        // "Otherwise no suspicious or abnormal uptake"
        (p.uptake === 'increased' && p.abnormal && predicates[index - 1]?.danglingNegation) ||
        (p.normal && (p.rest || (part === 'impression' && proposition.clauses.length === 1))),
    );
    const summed = proposition.clauses.some((c) => isSummary(c, proposition));
    const among = (test: (item: Item) => boolean): boolean =>
      proposition.clauses.some((c) => c.segment.items.some(test));
    const imaging = among((item) => item.kind === 'modality');
    // "The left … shows no activity", "old fracture … with no activity": said of something in particular.
    const particular =
      among((item) => item.kind === 'side' && item.value !== 'both') || predicates.some((p) => p.causes.length > 0);
    if (assertion.state === 'absent' && assertion.change === undefined) {
      if (
        (denies || summed) &&
        !imaging &&
        !particular &&
        !predicates.some((p) => p.flow || p.noNew || p.history || p.denied.length > 0)
      )
        this.#callNormal(
          proposition.clauses[0]!.segment,
          part,
          predicates.some((p) => p.rest),
        );
      return;
    }
    const anaphora = predicates.find((p) => p.anaphora)?.anaphora;
    if (assertion.nature !== undefined) {
      const cause: Cause = {
        nature: assertion.nature,
        likelihood: assertion.likelihood ?? 'definite',
        hedged: true,
        word: assertion.causeWord ?? '',
      };
      if (part === 'impression') {
        // "Bone metastases and degenerative joint disease."
        const stated = predicates.flatMap((p) => p.causes);
        const several = new Set(stated.map((c) => c.nature)).size > 1 && !among((item) => item.kind === 'versus');
        if (!predicates.some((p) => p.history)) this.general.push(...(several ? stated : [cause]));
        return;
      }
      const records = this.#records.findings;
      if (records.size === 0 && predicates.some((p) => p.vague)) this.#announced.push(cause);
      else if (anaphora === undefined && cause.nature === 'metastatic' && !predicates.some((p) => p.history))
        this.#announced.push(cause);
      giveCause(records, anaphora === 'all' ? [...records.keys()] : this.#lastSites, cause);
    } else if (assertion.change !== undefined && anaphora !== undefined) {
      const records = this.#records[part];
      for (const site of anaphora === 'all' ? [...records.keys()] : this.#lastSites) {
        const record = records.get(site);
        if (record?.state === 'present' && record.change === undefined && assertion.change !== 'resolved')
          records.set(site, { ...record, change: assertion.change });
      }
    }
  }

  /** A cause that stands before the places of its sentence and speaks of many ("多發性骨轉移，包括顱骨"). */
  #leadingCauses(proposition: Proposition): void {
    // "The lesions at the shoulders are arthritic" speaks of those alone.
    if (proposition.clauses.some((c) => c.predicate.anaphora === 'all' && !isOfPlaces(c.segment.items))) {
      this.general.push(...proposition.clauses.flatMap((c) => c.predicate.causes));
      return;
    }
    for (const { mentions, predicate } of proposition.clauses) {
      if (mentions.length > 0) return;
      if (predicate.vague || predicate.all || predicate.causes.some((c) => c.nature === 'metastatic'))
        this.general.push(...predicate.causes);
    }
  }

  #place(mention: Mention, assertion: Assertion, proposition: Proposition, part: Part): string[] {
    const { state } = assertion;
    if (state === 'none') return [];
    const records = this.#records[part];
    const span = mention.segment;
    if (mention.global) {
      this.#whole(assertion, proposition, records, span, mention.item.kind === 'restNoun');
      return [];
    }
    if (state === 'excepted') {
      for (const base of mention.bases)
        for (const id of this.#sitesOf(base, mention.side ?? 'both')) records.delete(id);
      return [];
    }
    if (state === 'not-imaged') {
      for (const base of mention.bases)
        for (const id of this.#sitesOf(base, mention.side ?? 'both')) this.#exempt.add(id);
      return [];
    }
    let bases = mention.bases;
    let specific = mention.region === undefined;
    // The sternum's one lesion that has gone was that of its body.
    if (mention.focal !== undefined && assertion.change === 'resolved' && !this.#namesAll(mention, proposition))
      bases = [mention.focal];
    if (mention.region !== undefined && state !== 'absent' && isSpeltOut(mention, proposition)) return [];
    if (mention.region !== undefined && state !== 'absent' && !this.#namesAll(mention, proposition)) {
      if (mention.focal !== undefined) {
        bases = [mention.focal];
        specific = true;
      } else return isMereHeading(mention, proposition) ? [] : this.#vagueRegion(mention, assertion, part);
    }
    const sites: string[] = [];
    for (const base of bases) {
      const paired = this.lexicon.paired.has(base);
      const side = mention.side ?? this.#impliedSide(mention, proposition, state === 'absent');
      if (mention.region !== undefined && !specific && !paired && (side === 'right' || side === 'left')) continue;
      if (paired && side === undefined && specific) sites.push(...this.#withoutSide(base, mention, records));
      else sites.push(...this.#sitesOf(base, side ?? 'both'));
    }
    const { seen: _, explainsOnly: __, ...said } = assertion;
    const record: SiteRecord = {
      ...said,
      state: mention.or && state === 'present' ? 'uncertain' : state,
      span,
      specific,
    };
    if (assertion.explainsOnly) {
      const { nature, likelihood, causeWord } = assertion;
      for (const site of sites) {
        const known = this.#records.findings.get(site);
        if (known?.state === 'present' && known.nature === undefined)
          this.#records.findings.set(site, { ...known, nature, likelihood, causeWord });
      }
      return [];
    }
    const separate = proposition.clauses.some((c) => c.predicate.separate);
    for (const site of sites) {
      const at = records.get(site);
      const gone = at !== undefined && (at.change === 'resolved') !== (record.change === 'resolved');
      const key =
        separate || (gone && at.specific && specific) ? freeKey(records, site, part, this.#records.findings) : site;
      const known = records.get(key);
      const amended = known && this.#amends && record.nature !== undefined && record.state === known.state;
      const before = amended ? { ...known, nature: undefined, likelihood: undefined, causeWord: undefined } : known;
      records.set(key, before ? mergeRecords(before, record) : record);
    }
    return sites;
  }

  #impliedSide(mention: Mention, proposition: Proposition, absent: boolean): Side | undefined {
    if (mention.plural) return 'both';
    if (proposition.clauses.some((c) => c.predicate.sideBoth)) return 'both';
    if (!absent) return undefined;
    // Chinese has no plural; "normal SC joint uptake" speaks of the kind of joint.
    const { items } = mention.segment;
    return this.chinese || items[items.indexOf(mention.item) + 1]?.kind === 'uptake' ? 'both' : undefined;
  }

  /** The sites of a base: on the midline itself, else on the side or sides named. */
  #sitesOf(base: string, side: Side): string[] {
    if (!this.lexicon.paired.has(base)) return [base];
    const sides = side === 'both' ? ['right', 'left'] : [side];
    return sides.map((s) => `${base}-${s}`);
  }

  /** A paired site without a side means the one spoken of before, or is missing its side (guideline, rule 9). */
  #withoutSide(base: string, mention: Mention, records: ReadonlyMap<string, SiteRecord>): string[] {
    const pair = [`${base}-right`, `${base}-left`];
    for (const known of [records, this.#records.findings]) {
      const before = pair.filter((id) => known.has(id) && known.get(id)!.state !== 'absent' && known.get(id)!.specific);
      if (before.length > 0) return before;
    }
    if (mention.soft) return [];
    for (const id of pair) this.#exempt.add(id);
    if (!this.warnings.some((w) => w.code === 'side-missing' && w.subject === base))
      this.warnings.push({ code: 'side-missing', subject: base, spans: [mention.segment] });
    return [];
  }

  /** "diffusely", "all", "entire" name every site of a region; "multiple" and the like name none (rule 3). */
  #namesAll(mention: Mention, proposition: Proposition): boolean {
    const own = proposition.clauses.find((c) => c.segment === mention.segment)?.predicate;
    // "諸肋骨見多處濃聚": several in a region of many.
    if (own?.vague || proposition.clauses.some((c) => c.predicate.vague && c.mentions.length === 0)) return false;
    if (own?.all) return true;
    return proposition.clauses.some((c) => c.predicate.all && !c.predicate.vague);
  }

  #vagueRegion(mention: Mention, assertion: Assertion, part: Part): string[] {
    const members = new Set(mention.bases);
    const inside = (site: string): boolean => {
      const base = site.replace(/-(right|left)$/, '');
      if (!members.has(base)) return false;
      return mention.side === undefined || mention.side === 'both' || site === base || site.endsWith(mention.side);
    };
    if (assertion.nature !== undefined && (assertion.uptake === undefined || part === 'impression')) {
      const known = [...this.#records.findings].filter(([site, record]) => record.state === 'present' && inside(site));
      if (known.length > 0) {
        const { nature, likelihood, causeWord } = assertion;
        for (const [site, record] of known)
          if (record.nature === undefined || record.nature === nature || part === 'impression')
            this.#records.findings.set(site, { ...record, nature, likelihood, causeWord });
        return [];
      }
    }
    const side = mention.side === 'right' || mention.side === 'left' ? mention.side : undefined;
    const region = mention.region!;
    const covered =
      part === 'impression' && [...this.#records.findings].some(([site, r]) => r.state === 'present' && inside(site));
    if (covered) return [];
    for (const name of region.split('+'))
      if (!this.regional.some((r) => r.what.region === name && r.what.side === side))
        this.regional.push({ what: { region: name, ...(side ? { side } : {}) }, span: mention.segment });
    this.#exemptRegions.push({ bases: members, side });
    return [];
  }

  #callNormal(span: Span, part: Part, rest: boolean): void {
    this.globalNegative ??= span;
    if (part === 'impression' && !rest) this.#calledNormal ??= span;
  }

  #whole(
    assertion: Assertion,
    proposition: Proposition,
    records: Map<string, SiteRecord>,
    span: Span,
    rest: boolean,
  ): void {
    const predicates = proposition.clauses.map((c) => c.predicate);
    const even = predicates.some((p) => p.even) && !predicates.some((p) => p.strong);
    if (even || (assertion.state === 'absent' && assertion.change === undefined)) {
      if (!predicates.some((p) => p.flow)) {
        const part = records === this.#records.impression ? 'impression' : 'findings';
        this.#callNormal(span, part, rest || predicates.some((p) => p.rest));
      }
    } else if (assertion.state === 'present' && (assertion.seen || assertion.nature !== undefined) && !rest) {
      const { seen: _, state: __, ...said } = assertion;
      if (records === this.#records.impression && this.#anyPresent()) {
        if (said.nature !== undefined) {
          const { nature, likelihood = 'definite', causeWord: word = '' } = said;
          const first = [...this.#records.findings.keys()].filter((key) => !key.includes('#'));
          giveCause(this.#records.findings, first, { nature, likelihood, hedged: true, word });
        }
        return;
      }
      if (proposition.clauses.some((c) => c.predicate.all && !c.predicate.vague))
        for (const id of this.siteIds) {
          const record: SiteRecord = { ...said, state: 'present', span, specific: false };
          const known = records.get(id);
          records.set(id, known ? mergeRecords(known, record) : record);
        }
      else {
        this.regional.push({ what: { region: 'skeleton' }, span });
        this.#exemptRegions.push({ bases: this.lexicon.regions.get('skeleton')?.bases ?? new Set(), side: undefined });
      }
    }
  }

  #anyPresent(): boolean {
    for (const record of this.#records.findings.values()) if (record.state === 'present') return true;
    return false;
  }

  /** The records of all sites that the report labels (rules 4 and 5). */
  finish(): Map<string, SiteRecord> {
    if (!this.#begun) {
      this.#begun = true;
      for (const { propositions, leadsIn } of this.#waiting) this.add(propositions, 'body', leadsIn);
    }
    const result = reconcile(this.#records.findings, this.#records.impression, this.#calledNormal, this.warnings);
    giveGeneralCauses(result, this.general, this.lexicon);
    for (const cause of this.#announced) giveCause(result, [...result.keys()], cause);
    if (this.globalNegative) this.#expandGlobal(result, this.globalNegative);
    return result;
  }

  #expandGlobal(result: Map<string, SiteRecord>, span: Span): void {
    for (const id of this.siteIds) {
      if (result.has(id) || this.#exempt.has(id)) continue;
      const base = id.replace(/-(right|left)$/, '');
      const vague = this.#exemptRegions.some(
        (r) => r.bases.has(base) && (r.side === undefined || r.side === 'both' || id.endsWith(r.side)),
      );
      if (!vague) result.set(id, { state: 'absent', span, specific: false });
    }
  }
}
