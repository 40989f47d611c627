import type { Finding } from '@radiolect/findings';
import {
  brokenRule,
  changes,
  equalFindings,
  intensities,
  likelihoods,
  makeFinding,
  natures,
  presences,
  uptakes,
} from '@radiolect/findings';
import fc from 'fast-check';

// For property tests, here and in other packages: valid findings of any kind, with nothing of a report in mind.

type Look = Pick<Finding, 'presence' | 'nature' | 'likelihood' | 'change' | 'uptake' | 'intensity'>;

const maybe = <T>(values: readonly T[]): fc.Arbitrary<T | undefined> =>
  fc.option(fc.constantFrom(...values), { nil: undefined });

/** Any presence and attributes that makeFinding accepts. */
const randomLook: fc.Arbitrary<Look> = fc
  .record({
    presence: fc.constantFrom(...presences),
    nature: maybe(natures),
    likelihood: fc.constantFrom(...likelihoods),
    change: maybe(changes),
    uptake: maybe(uptakes),
    intensity: maybe(intensities),
  })
  .map(({ presence, nature, likelihood, change, uptake, intensity }): Look => {
    const changed = change ? { change } : {};
    if (presence === 'absent' || change === 'resolved') return { presence: 'absent', ...changed };
    return {
      presence,
      ...changed,
      ...(nature ? { nature } : {}),
      ...(nature && nature !== 'unspecified' ? { likelihood } : {}),
      ...(uptake ? { uptake } : {}),
      ...(intensity ? { intensity } : {}),
    };
  })
  .filter((look) => brokenRule(look) === undefined);

const abnormalLook = randomLook.filter((look) => look.presence !== 'absent');
const presentLook = randomLook.filter((look) => look.presence === 'present');
const absent: Look = { presence: 'absent' };

/** The state of each site: a number of the palette, or absent (-1), or not mentioned (-2). */
const scatter = (count: number, weights: { palette: number; absent: number; unmentioned: number }) =>
  fc.array(
    fc.oneof(
      { weight: weights.absent, arbitrary: fc.constant(-1) },
      { weight: weights.palette, arbitrary: fc.nat({ max: 7 }) },
      { weight: weights.unmentioned, arbitrary: fc.constant(-2) },
    ),
    { minLength: count, maxLength: count, size: 'max' },
  );

/**
 * A valid set of findings over the given sites, in their order: few abnormal sites in a known skeleton, a report that
 * leaves sites out, everything at once, or a superscan; now and then two foci in one site. Ids are unique.
 */
export function randomFindingSet(sites: readonly string[]): fc.Arbitrary<Finding[]> {
  const palette = fc.array(randomLook, { minLength: 1, maxLength: 6 });
  const scattered = fc.oneof(
    { weight: 5, arbitrary: scatter(sites.length, { palette: 6, absent: 94, unmentioned: 0 }) },
    { weight: 4, arbitrary: scatter(sites.length, { palette: 8, absent: 12, unmentioned: 80 }) },
    { weight: 2, arbitrary: scatter(sites.length, { palette: 40, absent: 40, unmentioned: 20 }) },
    { weight: 1, arbitrary: scatter(sites.length, { palette: 100, absent: 0, unmentioned: 0 }) },
  );
  const superscan = fc
    .tuple(presentLook, fc.array(fc.nat({ max: sites.length - 1 }), { maxLength: 6 }), fc.constantFrom(-1, -2))
    .map(([look, spared, state]) => ({
      looks: [look],
      states: sites.map((_, index) => (spared.includes(index) ? state : 0)),
    }));
  // Every site for itself: as many sentences as there are sites.
  const unlike = fc.record({
    looks: fc.array(randomLook, { minLength: sites.length, maxLength: sites.length, size: 'max' }),
    states: fc.constant(sites.map((_, index) => index)),
  });
  const picture = fc.oneof(
    { weight: 12, arbitrary: fc.record({ looks: palette, states: scattered }) },
    { weight: 1, arbitrary: unlike },
    { weight: 1, arbitrary: superscan },
  );
  const secondFoci = fc.oneof(
    { weight: 8, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.array(fc.tuple(fc.nat({ max: sites.length - 1 }), abnormalLook), { maxLength: 2 }) },
  );
  return fc.tuple(picture, secondFoci).map(([{ looks, states }, foci]) => {
    const lookOf = (state: number): Look => (state === -1 ? absent : (looks[state % looks.length] ?? absent));
    const made = sites.flatMap((site, index) => {
      const state = states[index] ?? -2;
      if (state === -2) return [];
      const first = findingOf(site, site, lookOf(state));
      const more = foci
        .filter(([at]) => at === index && first.presence !== 'absent')
        .map(([, look], number) => findingOf(`${site}:${number + 2}`, site, look));
      return [first, ...more];
    });
    return made;
  });
}

const findingOf = (id: string, site: string, look: Look): Finding =>
  makeFinding({ id, site, ...look, source: { kind: 'truth' } });

/** The findings without those that say the same of the same site again. */
export function withoutRepeats(findings: readonly Finding[]): Finding[] {
  return findings.filter((finding, index) => findings.findIndex((other) => equalFindings(finding, other)) === index);
}
