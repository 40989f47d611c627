import type { Change, Intensity, Likelihood, Nature } from '@radiolect/findings';
import type { Item } from './lexer.ts';
import { upToRecommendation } from './recommendation.ts';
import type { Segment } from './segments.ts';
import { isMention } from './segments.ts';

export interface Cause {
  readonly nature: Nature;
  readonly likelihood: Likelihood;
  /** Whether a hedge or an assuring word stands with it. */
  readonly hedged: boolean;
  /** The text of the word, for classes of impression. */
  readonly word: string;
}

/** What one segment says, apart from the places that it names. */
export interface Predicate {
  readonly uptake?: 'increased' | 'decreased' | undefined;
  readonly lesion: boolean;
  /** The lesion is only called a change. */
  readonly alteration: boolean;
  /** A second focus in a site that was named before. */
  readonly separate: boolean;
  readonly abnormal: boolean;
  readonly negated: boolean;
  /** What is negated: uptake itself, or a lesion or abnormality. */
  readonly negatedUptake: boolean;
  /** A negation whose object stands in the next segment ("no focal or diffuse uptake"). */
  readonly danglingNegation: boolean;
  /** Causes that are denied ("no evidence of metastasis"), in order. */
  readonly denied: readonly Nature[];
  readonly normal: boolean;
  /** Normal by its kind, however marked ("physiological"). */
  readonly physiologic: boolean;
  /** Uptake is called even or symmetrical, and not diffuse: normal, where it is the whole skeleton's. */
  readonly even: boolean;
  /** Uptake that is called more than uptake: increased, intense, abnormal. */
  readonly strong: boolean;
  readonly doubt: boolean;
  readonly unexcluded: boolean;
  readonly causes: readonly Cause[];
  /** A likelihood without a cause in the segment ("…, possibly"). */
  readonly loose?: Likelihood | undefined;
  /** "Suspicious" doubts the cause, where "possible" doubts the lesion. */
  readonly alarming: boolean;
  readonly change?: Change | undefined;
  readonly noNew: boolean;
  readonly intensity?: Intensity | undefined;
  readonly all: boolean;
  readonly vague: boolean;
  readonly rest: boolean;
  readonly history: boolean;
  readonly prior: boolean;
  /** A place is called one of the prior study ("the previously noted lesion"). */
  readonly former: boolean;
  /** The study of today is spoken of ("此次"). */
  readonly now: boolean;
  /** The direction of a word for more or less, by itself: a change, where a prior study is spoken of. */
  readonly turn?: 'increased' | 'decreased' | undefined;
  readonly recommend: boolean;
  readonly shown: boolean;
  /** What another examination shows. */
  readonly elsewhere: boolean;
  readonly modality: boolean;
  readonly flow: boolean;
  readonly notImaged: boolean;
  readonly anaphora?: 'all' | 'last' | undefined;
  readonly sideBoth: boolean;
  /** Core words (uptake, lesion, negation, normal …) before the first and after the last mention. */
  readonly coreBefore: boolean;
  readonly coreAfter: boolean;
  /** Other statements (cause, change, intensity, doubt) before the first and after the last mention. */
  readonly otherBefore: boolean;
  readonly otherAfter: boolean;
}

const core = new Set<Item['kind']>([
  'uptake',
  'lesion',
  'abnormal',
  'increase',
  'decrease',
  'negation',
  'normal',
  'noNew',
  'notImaged',
]);
const other = new Set<Item['kind']>([
  'nature',
  'change',
  'intensity',
  'doubt',
  'unexcluded',
  'likelihood',
  'unlikely',
  'pattern',
]);
const rank: Readonly<Record<Intensity, number>> = { faint: 1, mild: 2, moderate: 3, intense: 4 };

/** Reads the words of one segment. `source` is the report, for the few rules that look at the word itself. */
export function predicateOf(segment: Segment, source: string): Predicate {
  const items = upToRecommendation(segment.items);
  const kinds = new Set<Item['kind']>();
  for (const item of items) kinds.add(item.kind);
  const has = (kind: Item['kind']): boolean => kinds.has(kind);
  const negation = negationsOf(items, source);
  const causes = causesOf(items, source, negation.deniedCauses);
  const compare =
    items.some((item) => item.kind === 'compare' && item.value !== 'now') ||
    hasTurned(items) ||
    (has('prior') && (has('increase') || has('decrease')));
  const firstMention = items.findIndex(isMention);
  const lastMention = items.findLastIndex(isMention);
  const before = firstMention < 0 ? items : items.slice(0, firstMention);
  const after = firstMention < 0 ? [] : items.slice(lastMention + 1);
  const directed = directionOf(items, compare);
  const doubt = doubtOf(items, source);
  const hedges = items.filter((item) => item.kind === 'likelihood');
  const asserts = items.some((item) => item.kind === 'uptake');
  const strong =
    ['increase', 'decrease', 'abnormal', 'lesion', 'intensity'].some((kind) => has(kind as Item['kind'])) ||
    items.some((item) => item.kind === 'uptake' && item.value !== 'neutral');
  const diffuse = items.some((item) => item.kind === 'all' && item.value === 'diffuse');
  // "The remaining bones show a symmetrical distribution."
  const spread = has('restNoun') || (has('even') && items.some((item) => item.value === 'distribution'));
  const even = has('even') && (asserts || spread) && !diffuse;
  return {
    uptake:
      directed.uptake ?? (has('change') && items.some((_, i) => isBesidePlace(items, i)) ? 'increased' : undefined),
    lesion: has('lesion') || has('separate'),
    alteration: items.every((item) => item.kind !== 'lesion' || item.value === 'change'),
    separate: has('separate'),
    abnormal: has('abnormal'),
    negated: negation.negated,
    negatedUptake: negation.uptake,
    danglingNegation: negation.dangling,
    denied: [...new Set([...negation.deniedCauses].map((item) => item.value as Nature))],
    normal:
      (items.some(
        (item, i) => item.kind === 'normal' && !(item.value === 'minus' && items[i - 1]?.kind === 'nature'),
      ) &&
        !negation.notNormal) ||
      has('globalNormal') ||
      (even && !strong && items.some(isWhole)),
    physiologic: items.some((item) => item.kind === 'normal' && item.value === 'physiologic') && !negation.notNormal,
    elsewhere: isElsewhere(items),
    modality: has('modality'),
    shown: items.some((item) => item.kind === 'word' && showing.test(item.value)),
    even,
    strong,
    doubt: doubt || (has('doubt') && causes.length === 0 && !negation.negated),
    unexcluded: has('unexcluded'),
    causes,
    loose: causes.length === 0 && hedges.length > 0 ? levelOf(hedges.map((h) => h.value)) : undefined,
    alarming: hedges.some((h) => h.value === 'alarming'),
    change: changeOf(items, negation.unchanged ? 'stable' : directed.change),
    noNew: has('noNew'),
    intensity: intensityOf(items),
    all: has('all'),
    vague: has('vague'),
    rest: has('rest'),
    history: has('history') && !asserts,
    prior: items.some(
      (item, i) =>
        item.kind === 'prior' && item.value === 'prior' && !items.slice(0, i).some((x) => x.kind === 'compare'),
    ),
    turn: has('decrease') ? 'decreased' : has('increase') ? 'increased' : undefined,
    now: items.some((item) => item.kind === 'compare' && item.value === 'now'),
    former: items.some((item) => item.kind === 'prior' && item.value === 'former'),
    recommend: segment.items.length > items.length || has('recommend'),
    flow: has('flow') && !has('delayed'),
    notImaged: has('notImaged'),
    anaphora: items.find((item) => item.kind === 'anaphora')?.value as 'all' | 'last' | undefined,
    sideBoth: items.some((item) => item.kind === 'side' && item.value === 'both'),
    coreBefore: before.some((item) => core.has(item.kind)),
    coreAfter: after.some((item) => core.has(item.kind)),
    otherBefore: before.some((item) => other.has(item.kind)),
    otherAfter: after.some((item) => other.has(item.kind)),
  };
}

const isWhole = (item: Item): boolean => ['skeleton', 'restNoun', 'rest', 'region'].includes(item.kind);

/** Words of somebody who looks at the pictures. */
const showing =
  /^(shows?|showed|shown|demonstrates?|demonstrated|reveals?|revealed|seen|noted|identified|there|observed|detected|exhibits?|today)$/;

/** "has slightly increased", "have further decreased": the perfect tense speaks of a change. */
function hasTurned(items: readonly Item[]): boolean {
  return items.some(
    (item, i) =>
      (item.kind === 'increase' || item.kind === 'decrease') &&
      items.slice(Math.max(0, i - 3), i).some((x) => x.kind === 'word' && /^(has|have)$/.test(x.value)),
  );
}

/** Another examination shows a lesion, and no uptake is spoken of ("MRI showed a lesion of L3"). */
function isElsewhere(items: readonly Item[]): boolean {
  const modality = items.findIndex((item) => item.kind === 'modality');
  const place = items.findLastIndex(isMention);
  const scan = items.some((item) =>
    ['uptake', 'intensity', 'increase', 'decrease', 'negation', 'normal', 'change', 'scan'].includes(item.kind),
  );
  return modality >= 0 && place > modality && !scan;
}

function negationsOf(
  items: readonly Item[],
  source: string,
): {
  negated: boolean;
  uptake: boolean;
  dangling: boolean;
  notNormal: boolean;
  unchanged: boolean;
  deniedCauses: Set<Item>;
} {
  const deniedCauses = new Set<Item>();
  let negated = false;
  let uptake = false;
  let dangling = false;
  let notNormal = false;
  let unchanged = false;
  for (const [index, item] of items.entries()) {
    // "Mets (-)"
    if (item.kind === 'normal' && item.value === 'minus' && items[index - 1]?.kind === 'nature')
      deniedCauses.add(items[index - 1]!);
    // "未見異常" before a word for uptake is a negation of it.
    const next = items[index + 1]?.kind;
    if (item.kind === 'normal' && (next === 'uptake' || next === 'lesion') && denying.test(source[item.start] ?? '')) {
      negated = true;
      uptake = true;
    }
    if (item.kind === 'unlikely') {
      const after = items.slice(index + 1).filter((x) => x.kind === 'nature');
      const before = items.slice(0, index).filter((x) => x.kind === 'nature');
      for (const nature of after.length > 0 ? after : before) deniedCauses.add(nature);
    }
    // "favouring fracture over metastasis"
    if (item.kind === 'word' && item.value === 'over' && items.slice(0, index).some((x) => x.kind === 'nature')) {
      const next = items.slice(index + 1, index + 4).find((x) => x.kind === 'nature');
      if (next && items.slice(0, index).some((x) => x.kind === 'likelihood')) deniedCauses.add(next);
    }
    if (item.kind !== 'negation') continue;
    const rest = items.slice(index + 1);
    const target = rest.find((x) =>
      ['uptake', 'lesion', 'abnormal', 'increase', 'decrease', 'nature', 'normal', 'change'].includes(x.kind),
    );
    const unseen = target ? undefined : unseenAt(items, index);
    if (unseen === 'here') {
      negated = true;
      uptake = true;
    } else if (unseen === 'elsewhere') continue;
    else if (!target) {
      if (!rest.some((x) => x.kind === 'modality' || x.kind === 'unit')) dangling = true;
    } else if (target.kind === 'nature') {
      for (const nature of rest) if (nature.kind === 'nature') deniedCauses.add(nature);
    } else if (target.kind === 'normal') notNormal = true;
    else if (isNoChange(target, items, index)) unchanged = true;
    else if (target.kind !== 'change') {
      const cause = rest.findIndex((x) => x.kind === 'nature');
      const place = rest.findIndex(isMention);
      if (cause >= 0 && (place < 0 || cause < place || rest.slice(place, cause).some((x) => x.kind === 'likelihood')))
        for (const nature of rest) if (nature.kind === 'nature') deniedCauses.add(nature);
      if (cause >= 0 && deniedCauses.has(rest[cause]!)) continue;
      negated = true;
      uptake ||= target.kind === 'uptake' || rest.some((x) => x.kind === 'uptake');
    }
  }
  return { negated, uptake, dangling, notNormal, unchanged, deniedCauses };
}

/** "Increased uptake is not seen at the site of …"; but "not seen on CT", "not present on the prior scan", "not in 2020". */
function unseenAt(items: readonly Item[], negation: number): 'here' | 'elsewhere' | undefined {
  const [verb, ...rest] = items.slice(negation + 1);
  if (
    verb?.kind !== 'word' ||
    !/^(seen|identified|visible|demonstrated|noted|evident|detected|present)$/.test(verb.value)
  )
    return undefined;
  const elsewhere =
    rest[0]?.kind === 'prior' ||
    (rest[0]?.kind === 'word' &&
      /^(on|by|in|at)$/.test(rest[0].value) &&
      (rest[1]?.kind === 'number' || rest.slice(1, 4).some((x) => x.kind === 'modality' || x.kind === 'prior')));
  if (elsewhere) return 'elsewhere';
  return items.slice(0, negation).some((x) => x.kind === 'uptake' || x.kind === 'lesion') ? 'here' : undefined;
}

/** "病灶均未見明顯變化": what is denied is a change. */
function isNoChange(target: Item, items: readonly Item[], negation: number): boolean {
  if (target.kind !== 'lesion' || target.value !== 'change') return false;
  const between = items.slice(negation + 1, items.indexOf(target));
  return (
    between.every((x) => x.kind === 'intensity' || x.kind === 'aspect') &&
    items.slice(0, negation).some((x) => x.kind === 'uptake' || x.kind === 'lesion')
  );
}

function levelOf(values: readonly string[]): Likelihood {
  if (values.includes('possible') || values.includes('alarming')) return 'possible';
  if (values.includes('probable')) return 'probable';
  return 'definite';
}

const denying = /[未无無没沒末]/;

const adjoining = (items: readonly Item[]): boolean =>
  items.every((item) => item.kind === 'aspect' || item.kind === 'partWord' || item.kind === 'lesion');

/** Every stated cause with its likelihood: hedges before it, and after the last one those that follow. */
function causesOf(items: readonly Item[], source: string, denied: ReadonlySet<Item>): Cause[] {
  const causes: Cause[] = [];
  const places = items.flatMap((item, index) => (item.kind === 'nature' ? [index] : []));
  const alternatives = items.some((item) => item.kind === 'versus') && places.length > 1;
  for (let n = 0; n < places.length; n++) {
    const first = n;
    // Words for causes side by side are one cause: "inflammatory joint disease".
    while (n + 1 < places.length && adjoining(items.slice(places[n]! + 1, places[n + 1]))) n++;
    const stated = places.slice(first, n + 1).filter((index) => !denied.has(items[index]!));
    if (stated.length === 0) continue;
    const from = first === 0 ? 0 : places[first - 1]! + 1;
    // "Fracture is favoured over metastasis": the hedge after the last cause that is not denied is its own.
    const lastStated = places.slice(n + 1).every((index) => denied.has(items[index]!));
    const to = lastStated ? (places[n + 1] ?? items.length) : places[n]!;
    const hedges = items
      .slice(from, to)
      .filter((x) => x.kind === 'likelihood' || x.kind === 'unexcluded' || x.kind === 'doubt')
      .map((x) => (x.kind === 'likelihood' ? x.value : 'possible'));
    if (alternatives && hedges.length === 0) hedges.push('possible');
    // The last word is the head: "osteoporotic fracture".
    const last = stated.findLast((index) => items[index]!.value !== 'benign-other');
    const item = items[stated.find((index) => items[index]!.value === 'metastatic') ?? last ?? stated[0]!]!;
    causes.push({
      nature: item.value as Nature,
      likelihood: levelOf(hedges),
      hedged: hedges.length > 0,
      word: source.slice(items[places[first]!]!.start, items[places[n]!]!.end).toLowerCase(),
    });
  }
  return causes;
}

/** Increase and decrease mean the uptake itself, or, beside words of comparison, its change. */
function directionOf(
  items: readonly Item[],
  compare: boolean,
): { uptake: 'increased' | 'decreased' | undefined; change: Change | undefined } {
  const uptakes = items.filter((item) => item.kind === 'uptake').map((item) => item.value);
  // "較前次更為明顯": what is more marked than before has increased.
  const up = items.some((item) => item.kind === 'increase' || (compare && item.kind === 'comparative'));
  const down = items.some((item) => item.kind === 'decrease');
  let change: Change | undefined;
  let uptake: 'increased' | 'decreased' | undefined;
  if (uptakes.includes('decreased')) uptake = 'decreased';
  else if (uptakes.length > 0) uptake = 'increased';
  if (compare && (up || down)) {
    change = down ? 'decreased' : 'increased';
  } else if (down && !up && uptake !== undefined) uptake = 'decreased';
  else if (down && !up) uptake = 'decreased';
  else if (up && !items.some((item) => item.kind === 'flow')) uptake ??= 'increased';
  return { uptake, change };
}

function changeOf(items: readonly Item[], compared: Change | undefined): Change | undefined {
  const stated = items
    .filter((item, i) => item.kind === 'change' && !isBesidePlace(items, i))
    .map((item) => item.value as Change);
  if (stated.includes('resolved')) return 'resolved';
  // "Persists but is smaller"
  return stated.find((change) => change !== 'stable') ?? stated[0] ?? compared;
}

/** "More intense than the sacrum": compared with another place, and not with another time. */
function isBesidePlace(items: readonly Item[], index: number): boolean {
  if (items[index]!.kind !== 'change' || items[index + 1]?.value !== 'than') return false;
  const next = items.slice(index + 2).find((x) => x.kind !== 'aspect' && x.kind !== 'side' && x.kind !== 'word');
  return next !== undefined && isMention(next);
}

function intensityOf(items: readonly Item[]): Intensity | undefined {
  let best: Intensity | undefined;
  for (const item of items) {
    if (item.kind !== 'intensity') continue;
    const value = item.value as Intensity;
    if (best === undefined || rank[value] > rank[best]) best = value;
  }
  return best;
}

const bareDoubt = /^(疑|疑似|怀疑|懷疑|possible|suspected|query|possibly|\?|？|疑为|疑為|perhaps)$/i;
/** "There may be uptake": modal only before the uptake is spoken of. */
const modalDoubt = /^(may|might|could|may be|might be|could be|可能|可能有|或有)$/i;

/** A hedge bound to the uptake or lesion itself, with no cause between them, doubts that it is there. */
function doubtOf(items: readonly Item[], source: string): boolean {
  for (const [index, item] of items.entries()) {
    const binds =
      item.kind === 'doubt' ||
      (item.kind === 'likelihood' && bareDoubt.test(source.slice(item.start, item.end))) ||
      (item.kind === 'likelihood' &&
        modalDoubt.test(source.slice(item.start, item.end)) &&
        !items.slice(0, index).some((x) => ['uptake', 'lesion', 'abnormal', 'nature'].includes(x.kind)));
    if (!binds) continue;
    const target = items
      .slice(index + 1)
      .find((x) => ['uptake', 'lesion', 'abnormal', 'nature', 'increase', 'decrease', 'stop'].includes(x.kind));
    if (target && target.kind !== 'nature') return true;
  }
  return false;
}
