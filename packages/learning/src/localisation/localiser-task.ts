import type { Atlas } from '@radiolect/findings';
import { views } from '@radiolect/findings';
import type { Graph, NamedTensors, Tensor, Value } from '@radiolect/onnx';
import { encodeModel, floatTensor, Graph as NewGraph, Session } from '@radiolect/onnx';
import { UnusableDatasetError } from '../errors.ts';
import type { Example } from '../example.ts';
import type { ExamplesBySplit } from '../examples-by-split.ts';
import { dataKeyOf } from '../examples-by-split.ts';
import { noiseTable } from '../input/augmentation.ts';
import type { ModelInput } from '../input/model-input.ts';
import type { Normalisation } from '../input/normalisation.ts';
import { fitNormalisation } from '../input/normalisation.ts';
import type { ReadingGrid } from '../input/reading-grid.ts';
import { multiLabelLoss } from '../network/losses.ts';
import { ParameterInputs } from '../network/parameters.ts';
import type { TrainingParameters } from '../network/training-parameters.ts';
import { trainEverything } from '../network/training-parameters.ts';
import type { Random } from '../random.ts';
import { randomStream } from '../random.ts';
import type { RunContext } from '../training/training-loop.ts';
import type { TrainingTask } from '../training/training-task.ts';
import { chosenPlaces } from './chosen-places.ts';
import { lesionCells, placeTargets } from './lesion-cells.ts';
import { localiser } from './localiser.ts';
import type { LocaliserRecipe } from './localiser-recipe.ts';
import { finePatches, fineSide, PlacePatches } from './place-patches.ts';
import { boneCells } from './places.ts';
import { averagePrecisionOfCells } from './precision-of-cells.ts';
import { shownStudy } from './shown-study.ts';

/** What the localiser needs of its surroundings. */
export interface LocaliserContext extends RunContext {
  readonly atlas: Atlas;
  /** The prepared pictures of a study on the recipe's grid, with their outlines. */
  readonly inputs: (example: Example) => Promise<ModelInput>;
}

/** Throws UnusableDatasetError where no outlines are known. */
export function localiserTask(
  recipe: LocaliserRecipe,
  examples: ExamplesBySplit,
  grid: ReadingGrid,
  normal: Normalisation,
  { atlas, inputs, threads = 2 }: LocaliserContext,
): TrainingTask {
  const outlined = withOutlines(examples);
  const bone = boneCells(atlas, grid);
  const noise = noiseTable();
  const perBatch = (studies: number): number => studies * recipe.placesPerStudy;
  const checked = outlined.validation.slice(0, recipe.validationStudies);
  let reader: Session | undefined;

  const batchOf = async (
    chosen: readonly Example[],
    random: Random,
    changed: boolean,
  ): Promise<Record<string, Tensor>> => {
    const patches = new PlacePatches(perBatch(chosen.length));
    const targets = emptyTargets(perBatch(chosen.length));
    let at = 0;
    for (const example of chosen) {
      const input = await inputs(example);
      const change = changed ? { settings: { ...recipe.augmentation, shift: 0 }, noise, random } : undefined;
      const study = shownStudy(input, grid, normal, change);
      const lesions = views.map((view) => lesionCells(input[view]?.regions ?? [], grid, study.mirrored));
      for (const place of chosenPlaces(study, lesions, bone, grid, recipe.placesPerStudy, random)) {
        patches.add(study, place, grid);
        placeTargets(lesions[place.view]!, place, grid, recipe.loss, targets, at++);
      }
    }
    return { ...patches.tensors(), ...targetTensors(targets, perBatch(chosen.length)) };
  };

  return {
    dataKey: dataKeyOf(examples),
    policy: trainEverything,
    start: new Map(),
    trainingExamples: outlined.train.length,
    validationExamples: checked.length,
    kept: keptNormal(normal),
    build(g: Graph, p: TrainingParameters, batchSize: number) {
      const places = perBatch(batchSize);
      const outputs = localiser(g, p, places, recipe.model);
      const mask = targetInputs(g, 'lesion', 'none', outputs.mask);
      const cause = targetInputs(g, 'malignantTarget', 'benignTarget', outputs.malignant);
      const share = 1 / (places * finePatches * fineSide ** 2);
      const maskLoss = g.scale(multiLabelLoss(g, outputs.mask, mask), share);
      const causeLoss = g.scale(multiLabelLoss(g, outputs.malignant, cause), share);
      return { loss: g.add(maskLoss, causeLoss), logged: { maskLoss, causeLoss } };
    },
    batch: ({ indices, random }) =>
      batchOf(
        indices.map((index) => outlined.train[index]!),
        random,
        true,
      ),
    async validate(weights) {
      reader ??= await validationSession(recipe, { threads });
      const size = recipe.batchSize / (recipe.microBatches ?? 1);
      const cells = averagePrecisionOfCells();
      const patches = averagePrecisionOfCells();
      for (let from = 0; from + size <= checked.length; from += size) {
        const batch = await batchOf(checked.slice(from, from + size), randomStream(recipe.seed, 5, from), false);
        const { lesion, none, malignantTarget, benignTarget, ...feeds } = batch;
        const results = await reader.run({ ...Object.fromEntries(weights), ...feeds });
        cells.add(results.maskLogits!, lesion!, none!);
        patches.add(results.malignantLogits!, malignantTarget!, benignTarget!);
      }
      const score = cells.value();
      return { score: score ?? 0, measures: { cellPrecision: score, malignantPrecision: patches.value() } };
    },
    async dispose() {
      await reader?.dispose();
    },
  };
}

/** Forward alone, with the parameters as inputs by name and as many places as a batch has. */
export function validationSession(
  { model, batchSize, microBatches = 1, placesPerStudy }: LocaliserRecipe,
  options: { readonly threads: number },
  places = (batchSize / microBatches) * placesPerStudy,
): Promise<Session> {
  const g = new NewGraph();
  const outputs = localiser(g, new ParameterInputs(g), places, model);
  g.output('maskLogits', outputs.mask);
  g.output('malignantLogits', outputs.malignant);
  return Session.create(encodeModel(g), options);
}

/** The studies whose outlines are known. Throws UnusableDatasetError where there are none. */
export function withOutlines({ train, validation }: ExamplesBySplit): Pick<ExamplesBySplit, 'train' | 'validation'> {
  const known = (all: readonly Example[]): Example[] => all.filter(({ regions }) => regions !== undefined);
  const outlined = { train: known(train), validation: known(validation) };
  if (outlined.train.length === 0 || outlined.validation.length === 0)
    throw new UnusableDatasetError(
      `outlines of ${outlined.train.length} training and ${outlined.validation.length} validation studies`,
      'A localiser learns from outlines: make the data set with radiolect dataset --from PHANTOMS --regions.',
    );
  return outlined;
}

export function normalOf(
  recipe: LocaliserRecipe,
  training: readonly Example[],
  inputs: LocaliserContext['inputs'],
  grid: ReadingGrid,
): Promise<Normalisation> {
  const chosen = training.slice(0, recipe.normalisationStudies);
  const read = async function* (): AsyncIterable<ModelInput> {
    for (const example of chosen) yield await inputs(example);
  };
  return fitNormalisation(read(), grid);
}

export const keptNormal = ({ mean, inverseDeviation }: Normalisation): NamedTensors =>
  new Map([
    ['mean', floatTensor([mean.length], mean)],
    ['inverse-deviation', floatTensor([inverseDeviation.length], inverseDeviation)],
  ]);

export const normalOfKept = (kept: NamedTensors): Normalisation => ({
  mean: kept.get('mean')!.data,
  inverseDeviation: kept.get('inverse-deviation')!.data,
});

type Targets = Parameters<typeof placeTargets>[4];

const emptyTargets = (places: number): Targets => {
  const patches = places * finePatches;
  return {
    lesion: new Float32Array(patches * fineSide ** 2),
    none: new Float32Array(patches * fineSide ** 2),
    malignant: new Float32Array(patches),
    benign: new Float32Array(patches),
  };
};

function targetTensors({ lesion, none, malignant, benign }: Targets, places: number): Record<string, Tensor> {
  const cells = [places, finePatches, fineSide ** 2];
  const patches = [places, finePatches];
  return {
    lesion: { dtype: 'float32', shape: cells, data: lesion },
    none: { dtype: 'float32', shape: cells, data: none },
    malignantTarget: { dtype: 'float32', shape: patches, data: malignant },
    benignTarget: { dtype: 'float32', shape: patches, data: benign },
  };
}

const targetInputs = (g: Graph, positive: string, negative: string, { shape }: Value) => ({
  positive: g.input(positive, 'float32', shape),
  negative: g.input(negative, 'float32', shape),
});
