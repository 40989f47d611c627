import type { Change, Intensity, Likelihood, Nature, SiteLabel, Uptake } from '@radiolect/findings';
import type { RandomStream } from '../random-stream.ts';
import type { PhantomVisit } from '../sampling/sample-visit.ts';
import {
  allSites,
  cervicalSites,
  lumbarSites,
  pelvisSites,
  ribSites,
  skullSites,
  sternumSites,
  thoracicSites,
} from '../sampling/site-groups.ts';
import type { Habits } from './habits.ts';
import type { Aspect, Pattern, Perceived } from './perception.ts';

/** Sites that one sentence names together, and what the writer says of all of them. Unset is left unsaid. */
export interface Statement {
  readonly sites: readonly string[];
  readonly presence: 'present' | 'uncertain' | 'absent';
  readonly pattern: Pattern;
  /** What the reader takes the cause to be; whether and where it is said is the plan's `causes`. */
  readonly nature: Nature;
  readonly likelihood: Likelihood;
  readonly uptake: Uptake;
  readonly intensity?: Intensity;
  readonly change?: Change;
  /** The stretch that all its ribs share. */
  readonly aspect?: Aspect;
}

/** The sites of normal uptake that reports name. */
export const physiologicSites = {
  sternoclavicular: ['manubrium', 'clavicle-right', 'clavicle-left'],
  sacroiliac: ['sacroiliac-joint-right', 'sacroiliac-joint-left'],
} as const;

export type Region = 'skull' | 'cervical-spine' | 'thoracic-spine' | 'lumbar-spine' | 'ribs' | 'sternum' | 'pelvis';
export const regionSites: Readonly<Record<Region, readonly string[]>> = {
  skull: skullSites,
  'cervical-spine': cervicalSites,
  'thoracic-spine': thoracicSites,
  'lumbar-spine': lumbarSites,
  ribs: [...ribSites('right'), ...ribSites('left')],
  sternum: sternumSites,
  pelvis: pelvisSites,
};

/** Many sites of one region that the writer does not list. */
export interface SummedUp {
  readonly region: 'ribs' | 'cervical-spine' | 'thoracic-spine' | 'lumbar-spine';
  readonly side?: 'right' | 'left';
  readonly nature: Nature;
  readonly likelihood: Likelihood;
}

/** What a report will say, before it has words. */
export interface ReportPlan {
  readonly visit: PhantomVisit;
  readonly statements: readonly Statement[];
  readonly summedUp: readonly SummedUp[];
  /** Diffuse disease of the whole axial skeleton, or of every bone. */
  readonly fullSkeleton?: { readonly kind: 'metastatic' | 'metabolic'; readonly likelihood: Likelihood };
  /** A site with a lesion on CT that takes up nothing: the text says so. */
  readonly coldOnCt?: string;
  /** Sites that the comparison names from the study before; they say nothing of this one. */
  readonly recalled: readonly string[];
  /** Normal uptake that is named as normal. */
  readonly physiologic: readonly ('sternoclavicular' | 'sacroiliac')[];
  /** Causes stand with each finding, or only in the impression. */
  readonly causes: 'findings' | 'impression';
  readonly close:
    | { readonly kind: 'all' }
    | { readonly kind: 'regions'; readonly regions: readonly Region[] }
    | { readonly kind: 'none' };
  readonly impression: 'normal' | 'benign' | 'equivocal' | 'metastatic' | 'other';
  /** The cause and its certainty of the metastatic statements, said once. */
  readonly metastases?: Likelihood;
}

/** Sorts what the reader believes into sentences. */
export function planReport(
  visit: PhantomVisit,
  perceived: readonly Perceived[],
  habits: Habits,
  random: RandomStream,
): ReportPlan {
  const full = perceived.filter(({ pattern }) => pattern === 'full-skeleton');
  const rest = perceived.filter(({ pattern }) => pattern !== 'full-skeleton');
  const { listed, summedUp } = sumUp(rest, habits, random.child('sum'));
  const statements = group(listed, habits, random.child('group'));
  const first = full[0];
  const metastatic = [...statements, ...summedUp].filter(({ nature }) => nature === 'metastatic');
  const present = statements.filter(({ presence }) => presence === 'present');
  return {
    visit,
    statements,
    summedUp,
    ...(first
      ? {
          fullSkeleton: {
            kind: first.nature === 'metabolic' ? 'metabolic' : 'metastatic',
            likelihood: first.likelihood,
          },
        }
      : {}),
    ...coldOnCt(visit, perceived, habits, random.child('ct')),
    recalled: recalled(visit, habits, random.child('recalled')),
    physiologic: (['sternoclavicular', 'sacroiliac'] as const).filter(
      (name) =>
        !first &&
        random.child(name).chance(habits.namesPhysiologic) &&
        !perceived.some(({ site }) => (physiologicSites[name] as readonly string[]).includes(site)),
    ),
    causes: random.chance(habits.causesInImpression) ? 'impression' : 'findings',
    close: closing(perceived, Boolean(first), habits, random.child('close')),
    impression:
      metastatic.some(({ likelihood }) => likelihood !== 'possible') || first?.nature === 'metastatic'
        ? 'metastatic'
        : first ||
            present.some(({ pattern }) => pattern === 'paget' || pattern === 'infection') ||
            present.some(({ nature }) => nature === 'malignant-other')
          ? 'other'
          : metastatic.length > 0 ||
              statements.some(({ presence, nature }) => presence === 'uncertain' || nature === 'unspecified')
            ? 'equivocal'
            : present.length > 0 || summedUp.length > 0
              ? 'benign'
              : 'normal',
    ...(metastatic[0] ? { metastases: metastatic[0].likelihood } : {}),
  };
}

function coldOnCt(
  visit: PhantomVisit,
  perceived: readonly Perceived[],
  habits: Habits,
  random: RandomStream,
): { coldOnCt?: string } {
  if (!visit.clinical.primary || visit.phantomCase.superscan || !random.chance(habits.namesCt)) return {};
  const region = random.pick([thoracicSites, lumbarSites, ['ilium-right', 'ilium-left', 'sacrum']]);
  const site = random.pick(region);
  // A neighbour that is spoken of would make the sentence ambiguous, so the whole region must be silent.
  return perceived.some((finding) => region.includes(finding.site)) ? {} : { coldOnCt: site };
}

function recalled(visit: PhantomVisit, habits: Habits, random: RandomStream): string[] {
  if (!visit.priorDate || visit.phantomCase.superscan || !random.chance(habits.recallsPrior)) return [];
  const before = visit.phantomCase.lesions.filter(({ id }) => visit.changes[id] !== 'new').map(({ site }) => site);
  return random.shuffle([...before, ...visit.resolved]).slice(0, random.integer(1, 3));
}

/** Takes a region with many metastases out of the list and into a phrase that names no site; wear of the spine too. */
function sumUp(
  perceived: readonly Perceived[],
  habits: Habits,
  random: RandomStream,
): { listed: readonly Perceived[]; summedUp: SummedUp[] } {
  let listed = perceived;
  const summedUp: SummedUp[] = [];
  const take = (region: SummedUp['region'], nature: Nature, least: number, share: number): void => {
    const inside = new Set(regionSites[region]);
    const members = listed.filter(
      (finding) =>
        inside.has(finding.site) &&
        finding.nature === nature &&
        finding.uptake === 'increased' &&
        finding.presence === 'present' &&
        finding.change === undefined,
    );
    if (members.length < least || !random.chance(share)) return;
    const sides = new Set(members.map(({ site }) => /-(right|left)$/.exec(site)?.[1]));
    const [side] = sides;
    listed = listed.filter((finding) => !members.includes(finding));
    summedUp.push({
      region,
      nature,
      likelihood: members[0]!.likelihood,
      ...(sides.size === 1 && (side === 'right' || side === 'left') ? { side } : {}),
    });
  };
  for (const region of ['ribs', 'thoracic-spine', 'lumbar-spine'] as const)
    take(region, 'metastatic', region === 'ribs' ? 5 : 4, habits.sumsUp);
  for (const region of ['cervical-spine', 'thoracic-spine', 'lumbar-spine'] as const)
    take(region, 'degenerative', 1, habits.sumsUpWear);
  return { listed, summedUp };
}

function group(perceived: readonly Perceived[], habits: Habits, random: RandomStream): Statement[] {
  const groups = new Map<string, { sites: Perceived[] }>();
  const named = new Map<string, boolean>();
  for (const finding of perceived) {
    const { presence, pattern, nature, likelihood, uptake, change } = finding;
    const family = `${presence} ${patternFamily(pattern)} ${nature} ${likelihood} ${uptake} ${change ?? ''}`;
    // A writer grades a short list and sums up a long one.
    const many = perceived.filter((other) => other.nature === nature && other.presence === presence).length > 7;
    if (!named.has(family)) named.set(family, random.chance(many ? habits.namesIntensity / 4 : habits.namesIntensity));
    const key = `${family} ${named.get(family) && uptake === 'increased' ? finding.intensity : ''}`;
    const known = groups.get(key) ?? { sites: [] };
    known.sites.push(finding);
    groups.set(key, known);
  }
  const order = new Map(allSites.map((site, index) => [site, index]));
  const statements = [...groups].map(([key, { sites }]): Statement => {
    const { presence, pattern, nature, likelihood, uptake, intensity, change } = sites[0]!;
    return {
      sites: sites.map(({ site }) => site).sort((a, b) => order.get(a)! - order.get(b)!),
      presence,
      pattern: !sites.every((finding) => finding.pattern === pattern)
        ? 'joint'
        : pattern === 'rib-row' && sites.length < 2
          ? 'rib'
          : pattern,
      nature,
      likelihood,
      uptake,
      ...(!key.endsWith(' ') && uptake === 'increased' && presence !== 'absent' ? { intensity } : {}),
      ...(change ? { change } : {}),
      ...aspectOf(sites),
    };
  });
  return statements.sort((a, b) => weight(b) - weight(a));
}

function aspectOf(sites: readonly Perceived[]): { aspect?: Aspect } {
  const aspects = new Set(sites.filter(({ site }) => site.startsWith('rib-')).map(({ aspect }) => aspect));
  const [aspect] = aspects;
  return aspects.size === 1 && aspect ? { aspect } : {};
}

/** Wear of joints and of the spine may share a sentence; the others may not. */
function patternFamily(pattern: Pattern): string {
  return pattern === 'spine-wear' ? 'joint' : pattern;
}

const importance: Readonly<Partial<Record<Nature, number>>> = {
  metastatic: 6,
  'malignant-other': 6,
  metabolic: 5,
  traumatic: 4,
  unspecified: 3.5,
  inflammatory: 3,
  postoperative: 2,
  'benign-other': 2,
};
function weight({ nature, presence }: Statement): number {
  return (importance[nature] ?? 1) - (presence === 'uncertain' ? 3 : presence === 'absent' ? 4 : 0);
}

function closing(
  perceived: readonly Perceived[],
  full: boolean,
  habits: Habits,
  random: RandomStream,
): ReportPlan['close'] {
  if (full) return { kind: 'none' };
  const kind = random.weighted({
    all: perceived.length === 0 ? 1 : habits.closesWithAll,
    regions: perceived.length === 0 ? 0 : habits.closesWithRegions,
    none: perceived.length === 0 ? 0 : Math.max(0, 1 - habits.closesWithAll - habits.closesWithRegions),
  });
  if (kind !== 'regions') return { kind };
  const taken = new Set(perceived.map(({ site }) => site));
  const free = (Object.keys(regionSites) as Region[]).filter(
    (region) => !regionSites[region].some((site) => taken.has(site)),
  );
  const regions = free.filter(() => random.chance(0.7));
  return regions.length > 0 ? { kind: 'regions', regions } : { kind: 'none' };
}

/** The label's cause: what is undetermined has no likelihood. */
export function causeOf({ nature, likelihood }: Statement): Pick<SiteLabel, 'nature' | 'likelihood'> {
  return nature === 'unspecified' ? { nature } : { nature, likelihood };
}
