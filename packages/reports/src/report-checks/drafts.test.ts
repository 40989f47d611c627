import { languages } from '@radiolect/findings';
import { readPack } from '@radiolect/findings/node';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { randomFindingSet } from '../drafter/random-finding-set.ts';
import { createDrafter, createReportChecker, draftText } from '../index.ts';

const pack = await readPack('bone-scan');
const drafter = createDrafter(pack);
const checker = createReportChecker(pack);
const anyFindings = randomFindingSet(pack.sites.map((site) => site.id));

describe.each(languages)('any draft of the rule drafter in %s', (language) => {
  test('raises no alarm against its own findings', () => {
    fc.assert(
      fc.property(anyFindings, (findings) => {
        const text = draftText(drafter.draft({ findings, language }));
        const alarms = checker
          .check(text, { findings })
          .filter(({ severity }) => severity !== 'information')
          .map(({ code, sites, evidence }) => [code, sites, evidence.map((e) => e.text)]);
        expect(alarms, text).toEqual([]);
      }),
      { seed: 11, numRuns: 50 },
    );
  });
});
