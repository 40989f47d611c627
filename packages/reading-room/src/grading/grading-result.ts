import type { Estimate, SiteTable } from '@radiolect/evaluation';
import {
  addTallies,
  auroc,
  bootstrap,
  brierScore,
  expectedCalibrationError,
  f1,
  macroF1,
  permutationTest,
  quantile,
  rank,
  reliability,
  siteTable,
  tallyAnswers,
  tallyFindings,
} from '@radiolect/evaluation';
import type { LabelState } from '@radiolect/findings';
import { natures } from '@radiolect/findings';
import { zScores } from './floor-reader.ts';
import type { StudyGrade } from './grade-study.ts';

/** A share of things counted, with its interval. */
export interface Share extends Estimate {
  readonly n: number;
}

/** What `radiolect evaluate PHANTOM_DIR --json` prints; see `docs/spec/cli.md`. */
export interface GradingResult {
  readonly n: number;
  readonly meanAuroc: SiteTable['meanAuroc'];
  readonly floor: SiteTable['meanAuroc'];
  readonly ceiling?: SiteTable['meanAuroc'];
  readonly perSite: SiteTable['rows'];
  readonly nature: { readonly macroF1: Estimate; readonly n: number };
  readonly metastasis: { readonly auroc: Estimate; readonly positives: number };
  readonly brier: Estimate;
  readonly ece: Estimate;
  readonly presentF1: Estimate;
  readonly localisation: {
    readonly hits: number;
    readonly n: number;
    readonly withinPixels: number;
    readonly share: Estimate;
    readonly baseline: Estimate;
    /** Sites longer than 80 pixels: where pointing at the middle does not do. */
    readonly longSites: { readonly n: number; readonly share: Estimate; readonly baseline: Estimate };
    /** Share whose peak is at most half when the lesion is taken out of the same acquisition. */
    readonly halvedWithoutLesion: Share;
  };
  readonly drafts: {
    readonly distinct: number;
    readonly n: number;
    /** Present findings shared with the own study's truth (F1) against other studies' truths. */
    readonly permutation: { readonly observed: number; readonly meanShuffled: number; readonly p: number };
    /** F1 when every draft is made from the next study's pictures. */
    readonly swapped: number;
    /** Agreement (F1) of drafts from mirrored pictures, sides turned back, with those from the pictures. */
    readonly mirrored: Share;
  };
  readonly gate: { readonly refused: Share };
  readonly warp: { readonly medianPixels: number; readonly percentile90Pixels: number; readonly n: number };
  /** The rule reader on the reports on file against what their writers stated. */
  readonly reports: { readonly presentF1: number; readonly absentF1: number; readonly uncertainF1: number };
}

const withinPixels = 12;
const longSite = 80;

/** Gathers the grades of single studies into figures with 95 % intervals over studies. */
export function gradingResult(grades: readonly StudyGrade[], positions: readonly string[]): GradingResult {
  const count = grades.length;
  const positivesOf = (site: string): boolean[] => grades.map(({ truth }) => truth[site] !== undefined);
  const tableOf = (scores: (site: string) => readonly number[]): SiteTable =>
    siteTable(positions.map((site) => ({ site, scores: scores(site), positives: positivesOf(site) })));
  const model = tableOf((site) => grades.map(({ presence }) => presence[site] ?? 0));
  const floor = tableOf((site) =>
    zScores(
      grades.map((grade) => grade.floor),
      site,
    ),
  );
  const ceiling = grades.every((grade) => grade.ceiling)
    ? tableOf((site) => grades.map((grade) => grade.ceiling![site] ?? 0))
    : undefined;
  const metastasis = rank(
    grades.map((grade) => grade.metastasis),
    grades.map((grade) => grade.metastasisTruth),
  );
  const abnormal = grades.filter(({ draft }) => draft.present.length > 0);
  const drawn = grades.map(({ truth }) => new Set(Object.keys(truth)));
  const agreement = (unit: number, partner: number): number => overlap(grades[unit]!.draft.present, drawn[partner]!);
  const places = grades.flatMap(({ localisations }) => localisations);
  const redrawn = places.flatMap(({ peakWithoutLesion }) => peakWithoutLesion ?? []);
  const mirrored = grades.flatMap(({ mirroredPresent, draft }) =>
    mirroredPresent ? [overlap(mirroredPresent, new Set(draft.present))] : [],
  );
  const errors = grades.flatMap(({ warpErrors }) => warpErrors).sort((a, b) => a - b);
  const long = (of: StudyGrade['localisations']): StudyGrade['localisations'] =>
    of.filter((p) => p.siteLength > longSite);
  const near = (
    grade: StudyGrade,
    key: 'distance' | 'baselineDistance',
    of = grade.localisations,
  ): [number, number] => [of.filter((place) => place[key] <= withinPixels).length, of.length];
  return {
    n: count,
    meanAuroc: model.meanAuroc,
    floor: floor.meanAuroc,
    ...(ceiling ? { ceiling: ceiling.meanAuroc } : {}),
    perSite: model.rows,
    nature: natureFigures(grades),
    metastasis: {
      auroc: bootstrap(count, (weights) => auroc(metastasis, weights)),
      positives: grades.filter((grade) => grade.metastasisTruth).length,
    },
    ...calibrationFigures(grades, positions),
    presentF1: ratioOfSums(grades, ({ called, truth }) => {
      const hits = called.filter((site) => truth[site] !== undefined).length;
      return [2 * hits, called.length + Object.keys(truth).length];
    }),
    localisation: {
      hits: places.filter((place) => place.distance <= withinPixels).length,
      n: places.length,
      withinPixels,
      share: ratioOfSums(grades, (grade) => near(grade, 'distance')),
      baseline: ratioOfSums(grades, (grade) => near(grade, 'baselineDistance')),
      longSites: {
        n: long(places).length,
        share: ratioOfSums(grades, (grade) => near(grade, 'distance', long(grade.localisations))),
        baseline: ratioOfSums(grades, (grade) => near(grade, 'baselineDistance', long(grade.localisations))),
      },
      halvedWithoutLesion: shareOf(redrawn.map((ratio) => ratio <= 0.5)),
    },
    drafts: {
      distinct: new Set(abnormal.map(({ draft }) => draft.text.replace(/\d{4}-?\d\d-?\d\d/g, ''))).size,
      n: abnormal.length,
      permutation: permutationTest(count, agreement),
      swapped: grades.reduce((sum, _, unit) => sum + agreement((unit + 1) % count, unit), 0) / count,
      mirrored: { ...bootstrap(mirrored.length, (weights) => weighted(mirrored, weights)), n: mirrored.length },
    },
    gate: { refused: shareOf(grades.map(({ refused }) => refused)) },
    warp: { medianPixels: quantile(errors, 0.5), percentile90Pixels: quantile(errors, 0.9), n: errors.length },
    reports: reportFigures(grades, positions),
  };
}

/** F1 of two sets of sites; two empty sets agree. */
function overlap(said: readonly string[], meant: ReadonlySet<string>): number {
  const own = new Set(said);
  if (own.size + meant.size === 0) return 1;
  return (2 * [...own].filter((site) => meant.has(site)).length) / (own.size + meant.size);
}

/** The ratio of two sums over studies, resampled over studies. */
function ratioOfSums(grades: readonly StudyGrade[], parts: (grade: StudyGrade) => readonly [number, number]): Estimate {
  const pairs = grades.map(parts);
  return bootstrap(pairs.length, (weights) => {
    let top = 0;
    let bottom = 0;
    for (const [i, [a, b]] of pairs.entries()) {
      top += weights[i]! * a;
      bottom += weights[i]! * b;
    }
    return top / bottom;
  });
}

const weighted = (values: readonly number[], weights: Uint16Array): number => {
  let sum = 0;
  let total = 0;
  for (const [i, value] of values.entries()) {
    sum += weights[i]! * value;
    total += weights[i]!;
  }
  return sum / total;
};

const shareOf = (flags: readonly boolean[]): Share => ({
  ...bootstrap(flags.length, (weights) => weighted(flags.map(Number), weights)),
  n: flags.length,
});

/** The cause of every abnormal site that the model called: macro F1 over the causes that are drawn. */
function natureFigures(grades: readonly StudyGrade[]): GradingResult['nature'] {
  const answers = natures.filter((nature) => nature !== 'unspecified');
  const pairs = grades.map(({ truth, called, natures: said }) =>
    called.flatMap((site) =>
      truth[site] && truth[site] !== 'unspecified' ? [[truth[site], said[site]] as const] : [],
    ),
  );
  const estimate = bootstrap(
    grades.length,
    (weights) => {
      const drawn = pairs.flatMap((of, i) => Array.from({ length: weights[i]! }, () => of).flat());
      const meant = drawn.map(([nature]) => nature);
      const said = drawn.map(([, nature]) => nature);
      return macroF1(tallyAnswers(meant, said, answers));
    },
    { replicates: 200 },
  );
  return { macroF1: estimate, n: pairs.flat().length };
}

function calibrationFigures(
  grades: readonly StudyGrade[],
  positions: readonly string[],
): Pick<GradingResult, 'brier' | 'ece'> {
  const probabilities = grades.flatMap(({ presence }) => positions.map((site) => presence[site] ?? 0));
  const outcomes = grades.flatMap(({ truth }) => positions.map((site) => truth[site] !== undefined));
  const perPair = new Float32Array(probabilities.length);
  const figure = (statistic: (weights: Float32Array) => number): Estimate =>
    bootstrap(
      grades.length,
      (weights) => {
        for (let i = 0; i < perPair.length; i++) perPair[i] = weights[Math.floor(i / positions.length)]!;
        return statistic(perPair);
      },
      { replicates: 200 },
    );
  return {
    brier: figure((weights) => brierScore(probabilities, outcomes, weights)),
    ece: figure((weights) => expectedCalibrationError(reliability(probabilities, outcomes, 15, weights))),
  };
}

function reportFigures(grades: readonly StudyGrade[], positions: readonly string[]): GradingResult['reports'] {
  const tallies = grades.map(({ report }) => {
    const states = (labels: typeof report.read): LabelState[] =>
      positions.map((site) => labels[site]?.state ?? 'unmentioned');
    return tallyFindings(states(report.stated), states(report.read));
  });
  return {
    presentF1: f1(addTallies(tallies.map((tally) => tally.present))),
    absentF1: f1(addTallies(tallies.map((tally) => tally.absent))),
    uncertainF1: f1(addTallies(tallies.map((tally) => tally.uncertain))),
  };
}
