import type { Finding } from '@radiolect/findings';
import { languages } from '@radiolect/findings';
import { readPack } from '@radiolect/findings/node';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createDrafter, createRuleReader, draftText, parseTemplate } from '../index.ts';
import { randomFindingSet, withoutRepeats } from './random-finding-set.ts';

// The property that holds the house together: what the drafter writes, the reader reads.

const pack = await readPack('bone-scan');
const drafter = createDrafter(pack);
const reader = createRuleReader(pack);
const sites = pack.sites.map((site) => site.id);
const cases = 2000;

const line = ({ site, presence, nature, likelihood, change, uptake, intensity }: Finding): string =>
  [site, presence, nature, likelihood, change, uptake, intensity].map((value) => value ?? '-').join(' ');
/** As a multiset: two foci of one site stay two, and the same focus said twice is one. */
const lines = (findings: readonly Finding[]): string[] => withoutRepeats(findings).map(line).sort();

test.each(languages)(
  'findings → draft → reader gives back the same findings in %s',
  (language) => {
    const questions = parseTemplate(pack, language).questions.flatMap(({ words }) => words.slice(0, 1));
    const panel = fc.option(
      fc
        .constantFrom(...questions)
        .map((question) => ({ question: `${question}?`, laboratory: { PSA: '14.2 ng/mL' } })),
      { nil: undefined },
    );
    fc.assert(
      fc.property(randomFindingSet(sites), panel, fc.boolean(), (findings, asked, followed) => {
        const text = draftText(
          drafter.draft({
            findings,
            language,
            ...(asked ? { panel: asked } : {}),
            ...(followed ? { prior: { date: '20230512' } } : {}),
          }),
        );
        const [got, wanted] = [lines(reader.read(text).findings), lines(findings)];
        const lost = wanted.filter((one) => !got.includes(one));
        const added = got.filter((one) => !wanted.includes(one));
        expect({ lost, added, text: lost.length + added.length > 0 ? text : '' }).toEqual({
          lost: [],
          added: [],
          text: '',
        });
        expect(got).toEqual(wanted);
      }),
      // Shrinking 91 sites takes minutes and the lost lines say enough.
      { seed: 2026, numRuns: cases, endOnFailure: true },
    );
  },
  240_000,
);
