import type {
  Finding,
  FindingAttributes,
  LabelSpace,
  Nature,
  OperatingPoint,
  Pack,
  Prediction,
  Uptake,
} from '@radiolect/findings';
import { makeFinding, stateOfProbability } from '@radiolect/findings';
import type { ReadyModel, StudyPictures } from './models.ts';
import { uptakeDirection } from './uptake-direction.ts';

/** A cause at or above this probability is called probable, between its threshold and this one possible. */
const probableFrom = 0.8;

/**
 * A model's probabilities as findings: one per position by the two thresholds of each. A cause is named only above its
 * threshold; below it the finding's nature is `unspecified`, so that the draft says that the cause is not determined.
 * `direction` tells of a site that is not absent whether it took up more or less than it should.
 */
export function findingsOfPrediction(
  prediction: Prediction,
  points: Readonly<Record<string, OperatingPoint>>,
  natureThreshold: number,
  space: LabelSpace,
  direction?: (site: string) => Uptake,
): Finding[] {
  return space.positions.flatMap((site) => {
    const value = prediction.presence[site];
    const point = points[site];
    if (value === undefined || !point) return [];
    const presence = stateOfProbability(value, point);
    return makeFinding({
      site,
      presence,
      ...(presence === 'absent' || !direction ? {} : { uptake: direction(site) }),
      ...(presence === 'present' ? causeOf(prediction.nature[site] ?? {}, natureThreshold) : {}),
      evidence: [{ kind: 'probability', model: prediction.model, value }],
      source: { kind: 'model', name: prediction.model },
    });
  });
}

/** The same for a prediction on pictures at hand: they tell which way an abnormal site differs. */
export function findingsInPictures(
  prediction: Prediction,
  { points, natureThreshold }: Pick<ReadyModel, 'points' | 'natureThreshold'>,
  { atlas, labelSpace }: Pack,
  pictures: StudyPictures,
): Finding[] {
  const normal = (site: string): boolean => (prediction.presence[site] ?? 1) < (points[site]?.low ?? 0);
  return findingsOfPrediction(prediction, points, natureThreshold, labelSpace, (site) =>
    atlas ? uptakeDirection(site, pictures, prediction.warps, atlas, normal) : 'increased',
  );
}

function causeOf(natures: Readonly<Partial<Record<Nature, number>>>, threshold: number): FindingAttributes {
  let best: Nature | undefined;
  let most = 0;
  for (const [nature, probability] of Object.entries(natures) as [Nature, number][])
    if (probability > most) [best, most] = [nature, probability];
  if (best === undefined || best === 'unspecified' || most < threshold) return { nature: 'unspecified' };
  return { nature: best, likelihood: most >= probableFrom ? 'probable' : 'possible' };
}
