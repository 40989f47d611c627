import { auroc, bootstrap, brierScore, rank, siteTable } from '@radiolect/evaluation';
import type { Prediction } from '@radiolect/findings';
import { archiveExamples } from '../dataset/archive-examples.ts';
import { NotFoundError, RefusedError } from '../errors.ts';
import { scoresBySite } from '../grading/scores-by-site.ts';
import { keepScores, listModels } from '../reading/models.ts';
import { picturesOf } from '../reading/read-study.ts';
import type { Room } from '../room.ts';
import type { ModelScores } from '../store/records.ts';

export interface ModelComparison {
  readonly n: number;
  readonly first: ModelScores;
  readonly second: ModelScores;
}

/** A site counts in the mean from this many studies that state it present; an archive's test split is small. */
const fewestPositives = 3;

/**
 * Both models on the studies that the archive keeps for testing, against what their reports or signatures say. Throws
 * NotFoundError for an unknown model, RefusedError where nothing is kept for testing.
 */
export async function compareModels(room: Room, firstId: string, secondId: string): Promise<ModelComparison> {
  const models = await listModels(room);
  const chosen = [firstId, secondId].map((id) => models.find(({ card }) => card.id === id));
  const test = (await archiveExamples(room)).filter(({ example }) => example.split === 'test');
  if (test.length === 0) throw new RefusedError('no labelled study is kept for testing', 'import more studies');
  const scores: ModelScores[] = [];
  for (const one of chosen) {
    if (!one) throw new NotFoundError('model');
    const model = await room.models.load(one.folder, one.card.id);
    const predictions: Prediction[] = [];
    for (const { studyId } of test) predictions.push(await model.predict(await picturesOf(room, studyId)));
    const measured = scoresOf(room, test, predictions);
    if (one.card.origin === 'trained-here') await keepScores(room, { ...one.card, scores: measured });
    scores.push(measured);
  }
  return { n: test.length, first: scores[0]!, second: scores[1]! };
}

function scoresOf(
  room: Room,
  test: Awaited<ReturnType<typeof archiveExamples>>,
  predictions: readonly Prediction[],
): ModelScores {
  const perSite = scoresBySite(
    room.pack.labelSpace.positions,
    predictions,
    test.map(({ example }) => example.labels.states),
  );
  const { meanAuroc } = siteTable(perSite, { minimumPositives: fewestPositives, replicates: 200 });
  const metastasis = rank(
    predictions.map((prediction) => prediction.metastasis),
    test.map(({ example }) => example.metastasis === 'present'),
  );
  const metastasisAuroc = bootstrap(test.length, (weights) => auroc(metastasis, weights), { replicates: 200 });
  const brier = brierScore(
    perSite.flatMap(({ scores, known }) => scores.filter((_, study) => known[study])),
    perSite.flatMap(({ positives, known }) => positives.filter((_, study) => known[study])),
  );
  return {
    n: test.length,
    ...(Number.isFinite(meanAuroc.value) ? { meanAuroc } : {}),
    ...(Number.isFinite(metastasisAuroc.value) ? { metastasisAuroc } : {}),
    ...(Number.isFinite(brier) ? { brier } : {}),
  };
}
