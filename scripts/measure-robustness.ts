/**
 * What changes of the pictures cost: every study of a phantom folder is read unchanged and after each change, with the
 * shipped model and, where one is given, a localiser. Prints a line of JSON for each study and change; the summary of
 * such lines with --summary.
 *
 *   node --import tsx scripts/measure-robustness.ts PHANTOM_DIR COUNT [LOCALISER_DIR] > lines.jsonl
 *   node --import tsx scripts/measure-robustness.ts --summary lines.jsonl
 */
import { createReadStream, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { argv } from 'node:process';
import { createInterface } from 'node:readline';
import { readInstance } from '@radiolect/dicom';
import { fileSource } from '@radiolect/dicom/node';
import { auroc, findsOf, freeResponse, rank } from '@radiolect/evaluation';
import type { StudyTruth, View } from '@radiolect/findings';
import { innerPoint, siteOutline, views, warpToPicture } from '@radiolect/findings';
import { readPack } from '@radiolect/findings/node';
import type { HotSpot } from '@radiolect/learning';
import { loadLocaliser, loadModel } from '@radiolect/learning';
import { readLocaliserFolder, readModelFolder } from '@radiolect/learning/node';
import { changedStudy, pictureChanges } from '../packages/learning/src/input/changed-pictures.fixture.ts';

interface Line {
  readonly study: string;
  readonly change: string;
  readonly boneScan: number;
  readonly presence: Readonly<Record<string, number>>;
  readonly present: readonly string[];
  /** Median distance of site middles from their true place, pixels of the unchanged picture. */
  readonly warpError: number;
  readonly failed?: string;
  readonly marks?: readonly { readonly score: number; readonly finds: readonly number[] }[];
  readonly lesions?: number;
}

if (argv[2] === '--summary') summary(argv[3]!);
else await measure(argv[2]!, Number(argv[3]), argv[4]);

async function measure(folder: string, count: number, localiserFolder: string | undefined): Promise<void> {
  const { atlas } = await readPack('bone-scan');
  const model = await loadModel(await readModelFolder('models/bone-scan'), { atlas: atlas!, name: 'shipped' });
  const localiser = localiserFolder
    ? await loadLocaliser(await readLocaliserFolder(localiserFolder), { atlas: atlas! })
    : undefined;
  let done = 0;
  for await (const text of createInterface({ input: createReadStream(join(folder, 'truth.jsonl')) })) {
    if (done++ >= count) break;
    const { accessionNumber, image } = JSON.parse(text) as StudyTruth;
    const { instance } = await readInstance(fileSource(join(folder, 'dicom', `${accessionNumber}.dcm`)));
    const pictures = Object.fromEntries(
      await Promise.all(instance.frames.map(async (frame) => [frame.view as View, await frame.decode()] as const)),
    );
    for (const change of pictureChanges) {
      const study = changedStudy(pictures, change);
      const about = { study: accessionNumber, change: change.name };
      try {
        const prediction = await model.predict(study);
        const errors = views.flatMap((view) => {
          const warp = prediction.warps[view];
          const original = pictures[view]!;
          if (!warp) return [];
          const scale =
            original.rows / (change.place([0, original.rows], original)[1] - change.place([0, 0], original)[1]);
          return atlas!.views[view].outlines.map(({ site }) => {
            const point = innerPoint(siteOutline(atlas!, view, site)[0]!);
            const [x, y] = warpToPicture(warp, point);
            const [trueX, trueY] = change.place(warpToPicture(image.warp[view], point), original);
            return Math.hypot(x - trueX, y - trueY) * scale;
          });
        });
        errors.sort((a, b) => a - b);
        let located: Pick<Line, 'marks' | 'lesions'> = {};
        if (localiser) {
          const spots = await localiser.localise(study, prediction.warps);
          let lesions = 0;
          const marks = views.flatMap((view) => {
            if (!study[view]) return [];
            const outlines = image.findings.flatMap(({ uptake, views: seen }) => {
              const polygon = seen[view]?.polygon;
              return polygon && uptake === 'increased' && polygon.length > 2
                ? [polygon.map((point) => change.place(point, pictures[view]!))]
                : [];
            });
            const own = spots.filter((spot: HotSpot) => spot.view === view);
            const finds = findsOf(
              own.map(({ outline }) => outline),
              outlines,
              'overlap',
            );
            const before = lesions;
            lesions += outlines.length;
            return own.map(({ score }, index) => ({ score, finds: finds[index]!.map((lesion) => lesion + before) }));
          });
          located = { marks, lesions };
        }
        const line: Line = {
          ...about,
          boneScan: prediction.boneScan,
          presence: prediction.presence,
          present: [...new Set(image.findings.map(({ site }) => site))],
          warpError: errors[errors.length >> 1] ?? Number.NaN,
          ...located,
        };
        process.stdout.write(`${JSON.stringify(line)}\n`);
      } catch (error) {
        const failed = (error as Error).message;
        process.stdout.write(
          `${JSON.stringify({ ...about, boneScan: 0, presence: {}, present: [], warpError: Number.NaN, failed })}\n`,
        );
      }
    }
  }
}

function summary(file: string): void {
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Line);
  const of = (change: string): Line[] => lines.filter((line) => line.change === change);
  const unchanged = new Map(of('unchanged').map((line) => [line.study, line]));
  const sites = Object.keys(lines[0]!.presence);
  const known = sites.filter(
    (site) => [...unchanged.values()].filter(({ present }) => present.includes(site)).length >= 5,
  );
  const meanAuroc = (own: readonly Line[]): number => {
    const figures = known.map((site) =>
      auroc(
        rank(
          own.map(({ presence }) => presence[site] ?? 0),
          own.map(({ present }) => present.includes(site)),
        ),
      ),
    );
    const figured = figures.filter((figure) => !Number.isNaN(figure));
    return figured.reduce((sum, figure) => sum + figure, 0) / figured.length;
  };
  process.stdout.write(`${unchanged.size} studies, ${known.length} sites with five positives\n`);
  process.stdout.write(
    '| change | n | refused | mean AUROC | mean Δp | warp error | sensitivity at 1 |\n|---|---|---|---|---|---|---|\n',
  );
  for (const { name } of pictureChanges) {
    const all = of(name);
    const own = all.filter(({ failed }) => failed === undefined);
    if (all.length === 0) continue;
    const apart = own.flatMap(({ study, presence }) =>
      sites.map((site) => Math.abs(presence[site]! - unchanged.get(study)!.presence[site]!)),
    );
    const errors = own.map(({ warpError }) => warpError).sort((a, b) => a - b);
    const located = own.filter(({ marks }) => marks);
    const found = located.length
      ? freeResponse(
          located.map(({ study, marks, lesions }) => ({ patient: study, marks: marks!, lesions: lesions! })),
          [1],
          { replicates: 1 },
        ).at[0]!.value.toFixed(3)
      : '–';
    const refused = all.filter(({ failed, boneScan }) => failed !== undefined || boneScan < 0.5).length;
    process.stdout.write(
      `| ${name} | ${all.length} | ${refused} | ${meanAuroc(own).toFixed(3)} | ${mean(apart).toFixed(3)} | ${(errors[errors.length >> 1] ?? Number.NaN).toFixed(1)} | ${found} |\n`,
    );
  }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
