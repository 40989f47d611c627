import type { OperatingPoint, Prediction, View } from '@radiolect/findings';
import { InvalidModelError } from './errors.ts';
import type { HeatMap, Model } from './loaded-model.ts';

/**
 * Several models that read as one: the mean of their calibrated probabilities. Calibrated probabilities, not logits, are
 * what models of different kinds and calibrations have in common, and an isotonic fit has no logit to give back. Thresholds
 * are the mean of the models' thresholds, which were chosen on the same scale. Heat maps, which are scaled by
 * probability, are averaged pixel by pixel. The first model estimates the warps for all, and its manifest stands for all.
 *
 * Throws {@link InvalidModelError} where the models do not read the same positions and causes.
 */
export function ensemble(models: readonly Model[], name: string): Model {
  const [first, ...others] = models;
  if (!first) throw new RangeError('an ensemble takes at least one model');
  for (const other of others) {
    for (const [what, own, its] of [
      ['positions', first.manifest.labelSpace.positions, other.manifest.labelSpace.positions],
      ['causes', first.manifest.natures, other.manifest.natures],
    ] as const)
      if (own.join() !== its.join())
        throw new InvalidModelError('manifest.json', `${other.name} reads other ${what} than ${first.name}`);
  }
  const point = (of: (model: Model) => OperatingPoint): OperatingPoint => ({
    low: mean(models.map((model) => of(model).low)),
    high: mean(models.map((model) => of(model).high)),
  });
  return {
    name,
    manifest: first.manifest,
    operatingPoints: Object.fromEntries(
      first.manifest.labelSpace.positions.map((id) => [id, point(({ operatingPoints }) => operatingPoints[id]!)]),
    ),
    metastasisOperatingPoint: point(({ metastasisOperatingPoint }) => metastasisOperatingPoint),
    natureThreshold: mean(models.map(({ natureThreshold }) => natureThreshold)),
    async predict(pictures, given) {
      const read = [await first.predict(pictures, given)];
      for (const other of others) read.push(await other.predict(pictures, read[0]!.warps));
      return { ...read[0]!, ...meanPrediction(read), model: name };
    },
    async heatMap(pictures, site, given) {
      const warps = given ?? (await first.predict(pictures)).warps;
      const maps: HeatMap[] = [];
      for (const model of models) maps.push(await model.heatMap(pictures, site, warps));
      return meanMap(maps);
    },
    async dispose() {
      await Promise.all(models.map((model) => model.dispose()));
    },
  };
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

function meanPrediction(read: readonly Prediction[]): Pick<Prediction, 'presence' | 'nature' | 'metastasis'> {
  const { presence, nature } = read[0]!;
  return {
    presence: Object.fromEntries(Object.keys(presence).map((site) => [site, mean(read.map((p) => p.presence[site]!))])),
    nature: Object.fromEntries(
      Object.entries(nature).map(([site, shares]) => [
        site,
        Object.fromEntries(
          (Object.keys(shares) as (keyof typeof shares)[]).map((cause) => [
            cause,
            mean(read.map((one) => one.nature[site]![cause]!)),
          ]),
        ),
      ]),
    ),
    metastasis: mean(read.map((one) => one.metastasis)),
  };
}

function meanMap(maps: readonly HeatMap[]): HeatMap {
  const averaged: Partial<Record<View, Float32Array>> = {};
  for (const [view, first] of Object.entries(maps[0]!) as [View, Float32Array][]) {
    const sum = new Float32Array(first.length);
    for (const map of maps)
      map[view]!.forEach((value, pixel) => {
        sum[pixel]! += value / maps.length;
      });
    averaged[view] = sum;
  }
  return averaged;
}
