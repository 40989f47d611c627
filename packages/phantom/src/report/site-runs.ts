import { spineSites } from '../sampling/site-groups.ts';

/** Sites of one sentence, sorted the way a list is spoken: runs of vertebrae, ribs by side, pairs, single bones. */
export interface SiteRuns {
  readonly midline: readonly string[];
  /** Runs of neighbouring vertebrae, head to feet: [["t4"], ["l3", "l4", "l5"]]. */
  readonly vertebrae: readonly (readonly string[])[];
  readonly ribs: readonly { readonly side: 'right' | 'left' | 'both'; readonly runs: readonly (readonly number[])[] }[];
  /** Bones of which both sides are named, by bare name. */
  readonly pairs: readonly string[];
  readonly single: Readonly<Record<'right' | 'left', readonly string[]>>;
}

/** Lays sites out in runs. `shortest` is the length from which neighbours make a run (2 or 3). */
export function runsOf(sites: readonly string[], shortest: number): SiteRuns {
  const set = new Set(sites);
  const vertebrae = runs(spineSites.flatMap((site, at) => (set.has(site) ? [at] : []))).map((run) =>
    run.map((at) => spineSites[at]!),
  );
  const numbers = (side: string) =>
    Array.from({ length: 12 }, (_, index) => index + 1).filter((number) => set.has(`rib-${number}-${side}`));
  const [right, left] = [numbers('right'), numbers('left')];
  const same = right.length > 0 && right.join() === left.join();
  const ribs = (same ? [['both', right] as const] : [['right', right] as const, ['left', left] as const])
    .filter(([, list]) => list.length > 0)
    .map(([side, list]) => ({ side, runs: cut(runs(list), shortest) }));
  const bones = [
    ...new Set(
      sites.filter((site) => !site.startsWith('rib-')).flatMap((site) => /^(.*)-(?:right|left)$/.exec(site)?.[1] ?? []),
    ),
  ];
  const pairs = bones.filter((bone) => set.has(`${bone}-right`) && set.has(`${bone}-left`));
  const of = (side: string) => bones.filter((bone) => !pairs.includes(bone) && set.has(`${bone}-${side}`));
  return {
    midline: sites.filter((site) => !/-(right|left)$/.test(site) && !spineSites.includes(site)),
    vertebrae: cut(vertebrae, shortest),
    ribs,
    pairs,
    single: { right: of('right'), left: of('left') },
  };
}

/** Neighbouring numbers together. */
function runs(numbers: readonly number[]): number[][] {
  const result: number[][] = [];
  for (const number of numbers) {
    const last = result.at(-1);
    if (last && last.at(-1) === number - 1) last.push(number);
    else result.push([number]);
  }
  return result;
}

/** Runs that are too short for a range fall apart into single members. */
function cut<T>(all: readonly (readonly T[])[], shortest: number): (readonly T[])[] {
  return all.flatMap((run) => (run.length >= shortest ? [run] : run.map((member) => [member])));
}
