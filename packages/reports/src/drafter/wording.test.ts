import type { Finding } from '@radiolect/findings';
import { changes, intensities, languages, makeFinding, natures, uptakes } from '@radiolect/findings';
import { readPack } from '@radiolect/findings/node';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { draftText } from './draft-text.ts';
import { createDrafter } from './drafter.ts';
import { randomFindingSet } from './random-finding-set.ts';
import { parseTemplate } from './template.ts';

const pack = await readPack('bone-scan');
const drafter = createDrafter(pack);
const sites = pack.sites.map((site) => site.id);

describe.each(languages)('the wording in %s', (language) => {
  test('names every site of the pack, each by its own name', () => {
    const { places } = parseTemplate(pack, language);
    const named = sites.map((site) => {
      const findings = [makeFinding({ site, presence: 'present', uptake: 'increased', source: { kind: 'truth' } })];
      return drafter.draft({ findings, language }).sentences[0]?.text ?? '';
    });
    expect(new Set(named).size).toBe(sites.length);
    for (const site of sites) expect(places.order).toContain(site.replace(/-(right|left)$/, ''));
    expect(named.filter((text) => text.includes('-right') || text.includes('-left'))).toEqual([]);
  });
  test('leaves no place of a phrase unfilled, and cites every finding it is given', () => {
    fc.assert(
      fc.property(randomFindingSet(sites), (findings) => {
        const draft = drafter.draft({ findings, language, panel: { question: 'metastasis?' } });
        expect(draftText(draft)).not.toMatch(/[{}]|undefined| {2}|、、|，，|,,/);
        const cited = new Set(draft.sentences.flatMap((sentence) => sentence.states));
        expect(findings.filter((finding) => !cited.has(finding.id))).toEqual([]);
      }),
      { seed: 7, numRuns: 80 },
    );
  });
  test('says something else when one finding says something else', () => {
    fc.assert(
      fc.property(randomFindingSet(sites), fc.nat(), fc.nat(), (findings, at, which) => {
        const finding = findings[at % Math.max(findings.length, 1)];
        fc.pre(finding !== undefined);
        const other = oneStepAway(finding, which);
        fc.pre(other !== undefined);
        const changed = findings.map((one) => (one === finding ? other : one));
        const said = (list: Finding[]): string => draftText(drafter.draft({ findings: list, language }));
        // With two foci at the site, what changed may now be what the other focus says already.
        fc.pre(findings.filter((one) => one.site === finding.site).length === 1);
        expect(said(changed)).not.toBe(said(findings));
      }),
      { seed: 11, numRuns: 150 },
    );
  });
});

/** The finding with one attribute, its presence or its site's side changed, where that is valid. */
function oneStepAway(finding: Finding, which: number): Finding | undefined {
  const next = <T>(values: readonly T[], value: T | undefined): T | undefined =>
    [...values, undefined][((value === undefined ? values.length : values.indexOf(value)) + 1) % (values.length + 1)];
  const { nature, likelihood, change, uptake, intensity, ...plain } = finding;
  const attributes = { nature, likelihood, change, uptake, intensity };
  const steps: object[] = [
    { ...attributes, uptake: next(uptakes, uptake) },
    { ...attributes, intensity: next(intensities, intensity) },
    { ...attributes, change: next(changes, change) },
    { ...attributes, nature: next(natures, nature), likelihood: likelihood ?? 'possible' },
    { ...attributes, likelihood: likelihood === 'definite' ? 'possible' : 'definite' },
    { presence: finding.presence === 'present' ? 'uncertain' : 'present' },
  ];
  try {
    return makeFinding({ ...plain, ...steps[which % steps.length] });
  } catch {
    return undefined;
  }
}
