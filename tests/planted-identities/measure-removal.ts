import { readFile } from 'node:fs/promises';
import type { PlantedReport, RemovalCase, RemovalFigures } from '@radiolect/evaluation';
import { parseIdentitySet, plantIdentities, removalFigures } from '@radiolect/evaluation';
import type { Deidentifier } from '@radiolect/reports';
import { createDeidentifier } from '@radiolect/reports';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

// For the test and for scripts/deidentification-figures.ts: planter and remover meet here and nowhere else.

export const setNames = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth'] as const;
const folder = new URL('../../packages/evaluation/src/planted-identities/', import.meta.url);
const fixtures = new URL('../../fixtures/', import.meta.url);
const json = async (url: URL): Promise<unknown> => JSON.parse(await readFile(url, 'utf8'));

export const setFile = (name: string): URL => new URL(`${name}-set.json`, folder);

export function seeded(seed: number): () => number {
  const generator = xoroshiro128plus(seed);
  return () => uniformInt(generator, 0, 0x7ffffffe) / 0x7fffffff;
}

export const testDeidentifier = (): Deidentifier =>
  createDeidentifier({
    pseudonyms: {
      patient: () => 'P0000',
      patientNumber: () => 'P0000',
      accessionNumber: () => 'A0000',
      daysBack: () => 1000,
    },
  });

export async function devReports(): Promise<{ id: string; language: string; text: string }[]> {
  const lines = (await readFile(new URL('bone-reports-dev.jsonl', fixtures), 'utf8')).trim().split('\n');
  return lines.map((line) => JSON.parse(line) as { id: string; language: string; text: string });
}

/** Every dev report planted `rounds` times with a set, de-identified and counted. */
export async function measureSet(
  name: (typeof setNames)[number],
  { rounds = 1, seed = 2026 }: { readonly rounds?: number; readonly seed?: number } = {},
): Promise<RemovalFigures> {
  const set = parseIdentitySet(await json(setFile(name)));
  const natives = (await json(new URL('native-identities.json', folder))) as Record<string, string[]>;
  const reports = await devReports();
  const random = seeded(seed);
  const deidentifier = testDeidentifier();
  const cases: RemovalCase[] = [];
  for (let round = 0; round < rounds; round++)
    for (const report of reports) {
      const planted = plantIdentities(report, set, random);
      const { replaced } = await deidentifier.deidentify(planted.text, 'x');
      cases.push({ report: planted, removed: replaced, disregarded: nativeSpans(planted, natives[report.id] ?? []) });
    }
  return removalFigures(cases);
}

/** Names and dates that stood in the report before anything was planted. */
const nativeSpans = ({ text }: PlantedReport, words: readonly string[]): { start: number; end: number }[] =>
  words.flatMap((word) =>
    [...text.matchAll(new RegExp(`(?<![A-Za-z0-9/-])${word}(?![A-Za-z0-9/-])`, 'g'))].map(({ index }) => ({
      start: index,
      end: index + word.length,
    })),
  );
