import { readFileSync } from 'node:fs';
import type { SiteLabel } from '@radiolect/findings';
import { brokenRule, siteLabelsOf } from '@radiolect/findings';
import { readPack } from '@radiolect/findings/node';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRuleReader } from '../reader/rule-reader.ts';
import { compareTwoReadings } from './two-readings.ts';

const pack = await readPack('bone-scan');
const { positions } = pack.labelSpace;
const rules = createRuleReader(pack);
const labels = readFileSync(new URL('../../../../fixtures/bone-reports-dev.jsonl', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => siteLabelsOf(rules.read((JSON.parse(line) as { text: string }).text)));

test('a reader agrees with itself on everything', () => {
  for (const own of labels) expect(compareTwoReadings(own, own, positions)).toEqual({ agreed: own, disagreements: [] });
});
test('what is agreed is said by both and keeps the rules; every site is agreed, in dispute, or silent', () => {
  fc.assert(
    fc.property(fc.constantFrom(...labels), fc.constantFrom(...labels), (first, second) => {
      const { agreed, disagreements } = compareTwoReadings(first, second, positions);
      const disputed = new Map(disagreements.map((item) => [item.site, item]));
      for (const site of positions) {
        const label = agreed[site];
        expect(label !== undefined || disputed.has(site)).toBe(site in first || site in second);
        if (!label) continue;
        expect(disputed.get(site)?.differs ?? 'attributes').toBe('attributes');
        expect(brokenRule({ ...label, presence: label.state })).toBeUndefined();
        for (const [key, value] of Object.entries(label))
          if (key !== 'evidence') for (const own of [first, second]) expect(own[site]).toHaveProperty(key, value);
      }
    }),
    { numRuns: 200 },
  );
});
test('a likelihood in dispute takes the cause with it, and leaves the rest', () => {
  const a: SiteLabel = { state: 'present', nature: 'metastatic', likelihood: 'probable', uptake: 'increased' };
  const b: SiteLabel = { ...a, likelihood: 'possible' };
  expect(compareTwoReadings({ l4: a }, { l4: b, l5: { state: 'absent' } }, positions)).toEqual({
    agreed: { l4: { state: 'present', uptake: 'increased' } },
    disagreements: [
      { site: 'l4', differs: 'attributes', first: a, second: b },
      { site: 'l5', differs: 'presence', first: null, second: { state: 'absent' } },
    ],
  });
});
