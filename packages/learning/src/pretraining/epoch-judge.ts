import type { Graph, NamedTensors, Value } from '@radiolect/onnx';
import type { Backbone } from '../backbones/backbone.ts';
import type { Parameters } from '../network/parameters.ts';
import type { PictureExample, PictureSource } from '../pictures/picture-source.ts';
import type { Random } from '../random.ts';
import { permutation, randomStream } from '../random.ts';
import type { Diagnostics } from './diagnostics.ts';
import { diagnose } from './diagnostics.ts';
import type { EpochRecord } from './epoch-choice.ts';
import { featureReader } from './feature-reader.ts';
import type { FeatureTable } from './feature-table.ts';
import { probeNeighbours } from './neighbour-probe.ts';
import type { ProbeRecipe, ShowingSettings } from './pretraining-recipe.ts';
import { showCases } from './shown-cases.ts';

/** Measures any weights of a run on the same images each time. */
export interface EpochJudge {
  measure(weights: NamedTensors, epoch: number): Promise<EpochRecord>;
  dispose(): Promise<void>;
}

/** Votes fall with the temperature of Wu et al. 2018; a position counts with ten of either state among the images. */
const voting = { temperature: 0.07, fewest: 10 };
const casesAtATime = 50;

/**
 * Draws, by the seed, the images of the validation split on which every epoch is judged, and the training images that
 * vote on them. An image is a case as a head reads it: the features of its views side by side.
 */
export async function epochJudge(
  source: PictureSource,
  backbone: Backbone,
  { probe, showing, seed }: { readonly probe: ProbeRecipe; readonly showing: ShowingSettings; readonly seed: number },
  threads: number,
  project?: (g: Graph, p: Parameters, features: Value) => Value,
): Promise<EpochJudge> {
  const { train, validation } = source.examples;
  const images = drawn(validation, probe.images, randomStream(seed, 5));
  const labelled = train.slice(0, Math.round(train.length * (probe.labelledShare ?? 1)));
  const bank = drawn(labelled, probe.bank, randomStream(seed, 6));
  const batch = Math.min(casesAtATime, images.length);
  const reader = await featureReader(backbone, source.views, batch, threads, project);
  const read = (weights: NamedTensors, cases: readonly PictureExample[], change?: (from: number) => Random) =>
    reader.read(weights, cases.length, (from) => {
      const real = cases.slice(from, from + batch);
      const filled = [...real, ...new Array<PictureExample>(batch - real.length).fill(real[0]!)];
      return showCases(source, filled, change && { showing, random: change(from) });
    });
  return {
    async measure(weights, epoch) {
      const asIs = await read(weights, images);
      // Changed alike in every epoch: what differs is the network.
      const changed = await read(weights, images, (from) => randomStream(seed, 7, from));
      const votes = await read(weights, bank);
      const { auroc, interval } = probeNeighbours(
        { features: votes.features, labels: bank.map(({ states }) => states) },
        { features: asIs.features, labels: images.map(({ states }) => states) },
        { ...voting, neighbours: probe.neighbours },
        randomStream(seed, 8),
      );
      const projections = both(asIs.projections, changed.projections);
      return {
        epoch,
        probe: auroc,
        ...(interval ? { probeInterval: interval } : {}),
        features: diagnose(asIs.features, changed.features),
        ...(projections ? { projections } : {}),
      };
    },
    dispose: () => reader.dispose(),
  };
}

const both = (features: FeatureTable | undefined, changed: FeatureTable | undefined): Diagnostics | undefined =>
  features && changed && diagnose(features, changed);

const drawn = <T>(of: readonly T[], count: number, random: Random): T[] =>
  permutation(of.length, random)
    .slice(0, count)
    .map((index) => of[index]!);
