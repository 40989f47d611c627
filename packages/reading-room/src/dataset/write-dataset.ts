import { createHash } from 'node:crypto';
import { appendFile, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { LabelSpace, LabelState, Pack } from '@radiolect/findings';
import type { Example, Split } from '@radiolect/learning';
import type { StatementsLine } from '@radiolect/learning/node';

/** Share of patients held back for choosing an epoch and for the final figures. */
export const datasetShares = { validation: 0.15, test: 0.15 } as const;

/** `manifest.json` of a dataset: what it was made from, how it is split, and what its labels hold. */
export interface DatasetManifest {
  readonly kind: 'dataset';
  readonly version: 1;
  readonly madeAt: string;
  readonly pack: { readonly name: string; readonly version: string };
  readonly labelSpace: LabelSpace;
  readonly source: { readonly kind: 'archive' | 'phantom'; readonly labels: DatasetLabelCounts };
  readonly studies: number;
  readonly patients: number;
  readonly split: Readonly<Record<Split, number>>;
  readonly perSite: readonly SiteCounts[];
  /** Present among present and absent, over all sites. */
  readonly prevalence: number;
  /** Of all sites of all studies, how many the labels do not mention. */
  readonly unmentionedShare: number;
  readonly metastasis: Readonly<Record<LabelState, number>>;
  /** Of `examples.jsonl`. */
  readonly sha256: string;
  /** Studies whose report has lines in `statements.jsonl`; left out where the dataset holds none. */
  readonly withStatements?: number;
}

/** From what the labels were taken. */
export interface DatasetLabelCounts {
  readonly signed: number;
  readonly report: number;
}

export type SiteCounts = { readonly site: string } & Readonly<Record<LabelState, number>>;

/**
 * Writes a dataset folder, whole or not at all: `manifest.json`, `examples.jsonl`, the files given, and what the reports
 * state in `statements.jsonl`. A folder that is there already is replaced.
 */
export async function writeDataset(
  folder: string,
  examples: readonly Example[],
  about: { readonly pack: Pack; readonly now: Date; readonly source: DatasetManifest['source'] },
  pictures: AsyncIterable<{ readonly file: string; readonly bytes: Uint8Array }> | undefined,
  statements: AsyncIterable<StatementsLine> | Iterable<StatementsLine> = [],
): Promise<DatasetManifest> {
  const partial = `${folder}.partial`;
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { recursive: true });
  for await (const { file, bytes } of pictures ?? []) {
    await mkdir(dirname(join(partial, file)), { recursive: true });
    await writeFile(join(partial, file), bytes);
  }
  const lines = examples.map((example) => `${JSON.stringify(example)}\n`).join('');
  const withStatements = await writeStatements(join(partial, 'statements.jsonl'), statements);
  const manifest: DatasetManifest = {
    ...manifestOf(examples, about, createHash('sha256').update(lines).digest('hex')),
    ...(withStatements > 0 ? { withStatements } : {}),
  };
  await writeFile(join(partial, 'examples.jsonl'), lines);
  await writeFile(join(partial, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  await rm(folder, { recursive: true, force: true });
  await rename(partial, folder);
  return manifest;
}

/** One line a study, as they come: a large archive's texts are never all in memory. Returns how many. */
async function writeStatements(
  file: string,
  lines: AsyncIterable<StatementsLine> | Iterable<StatementsLine>,
): Promise<number> {
  let count = 0;
  let waiting = '';
  for await (const line of lines) {
    if (line.statements.length === 0) continue;
    waiting += `${JSON.stringify(line)}\n`;
    count += 1;
    if (waiting.length < 1_000_000) continue;
    await appendFile(file, waiting);
    waiting = '';
  }
  if (waiting !== '') await appendFile(file, waiting);
  return count;
}

function manifestOf(
  examples: readonly Example[],
  { pack, now, source }: Parameters<typeof writeDataset>[2],
  sha256: string,
): DatasetManifest {
  const perSite = siteCounts(examples, pack.labelSpace);
  const sum = (state: LabelState): number => perSite.reduce((total, counts) => total + counts[state], 0);
  const known = sum('present') + sum('absent');
  return {
    kind: 'dataset',
    version: 1,
    madeAt: now.toISOString(),
    pack: { name: pack.name, version: pack.version },
    labelSpace: pack.labelSpace,
    source,
    studies: examples.length,
    patients: new Set(examples.map((example) => example.patientKey)).size,
    split: splitCounts(examples),
    perSite,
    prevalence: known === 0 ? 0 : sum('present') / known,
    unmentionedShare: examples.length === 0 ? 0 : sum('unmentioned') / (examples.length * perSite.length),
    metastasis: tally(examples.map((example) => example.metastasis)),
    sha256,
  };
}

export const splitCounts = (examples: readonly Pick<Example, 'split'>[]): Record<Split, number> => {
  const counts = { train: 0, validation: 0, test: 0 };
  for (const { split } of examples) counts[split]++;
  return counts;
};

/** Per site, how many examples state it how. */
export const siteCounts = (examples: readonly Pick<Example, 'labels'>[], space: LabelSpace): SiteCounts[] =>
  space.positions.map((site, index) => ({
    site,
    ...tally(examples.map((example) => example.labels.states[index] ?? 'unmentioned')),
  }));

function tally(states: readonly LabelState[]): Record<LabelState, number> {
  const counts = { present: 0, absent: 0, uncertain: 0, unmentioned: 0 };
  for (const state of states) counts[state]++;
  return counts;
}
