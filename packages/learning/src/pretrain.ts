import type { NamedTensors } from '@radiolect/onnx';
import { backboneFile } from './backbones/backbone-file.ts';
import { UnusableDatasetError } from './errors.ts';
import type { PictureSource } from './pictures/picture-source.ts';
import { byolTask } from './pretraining/byol-task.ts';
import type { EpochChoice, EpochRecord } from './pretraining/epoch-choice.ts';
import { choiceInWords, chooseEpoch } from './pretraining/epoch-choice.ts';
import { epochChoiceSvg } from './pretraining/epoch-choice-svg.ts';
import { imageReportTask } from './pretraining/image-report-task.ts';
import { maskedAutoencoderTask } from './pretraining/masked-autoencoder-task.ts';
import type { PretrainingRecipe } from './pretraining/pretraining-recipe.ts';
import type { PretrainingSurroundings } from './pretraining/pretraining-task.ts';
import type { StatementsOf } from './pretraining/training-texts.ts';
import { trainingTexts } from './pretraining/training-texts.ts';
import { tellEnd } from './training/end-of-run.ts';
import type { FileRecord } from './training/manifest.ts';
import { fileRecord } from './training/manifest.ts';
import type { RunFolder } from './training/run-folder.ts';
import { jsonBytes, textBytes } from './training/run-folder.ts';
import type { RunContext, RunOutcome } from './training/training-loop.ts';
import { runTraining } from './training/training-loop.ts';
import type { MakeTask } from './training/training-task.ts';

/** What a pretraining needs of its surroundings. */
export interface PretrainingContext extends RunContext {
  /** Weights to begin with, by name. */
  readonly pretrained?: NamedTensors;
  /** What the reports state; a pretraining on images and reports cannot do without. */
  readonly statements?: StatementsOf;
}

/** `pretraining.json`: what every epoch left, and which one is kept. */
export interface PretrainingRecord {
  readonly kind: 'pretraining';
  readonly version: 1;
  readonly recipe: PretrainingRecipe;
  /** Epochs from 0, the untrained network, on. Measured on the same images, on features of length 1. */
  readonly epochs: readonly EpochRecord[];
  readonly choice: EpochChoice | null;
  readonly choiceInWords: string;
  /** Why the run was stopped, in words for a person. */
  readonly stopped?: string;
}

/** `manifest.json` of a pretraining. */
export interface PretrainingManifest {
  readonly kind: 'pretraining';
  readonly version: 1;
  readonly recipe: PretrainingRecipe;
  readonly bestEpoch: number;
  readonly bestProbe: number | null;
  readonly untrainedProbe: number | null;
  readonly examples: Readonly<Record<'train' | 'validation' | 'test', number>>;
  readonly steps: number;
  readonly files: Readonly<Record<'backbone.safetensors', FileRecord>>;
}

const recordFile = 'pretraining.json';

/**
 * Pretrains a backbone, and leaves beside what `runTraining` writes: `pretraining.json` and `pretraining.svg` after every
 * epoch, and at the end `backbone.safetensors`, the weights of the epoch that the probe chose, and `manifest.json`. With
 * images alone labels choose the epoch and nothing else; with reports they say too which pairs agree. A run that collapses is stopped: `stopped` says
 * why, and a backbone is left only where an earlier epoch had not collapsed. The source must have been made with
 * `sourceAugmentation(recipe.showing)`. Throws what `runTraining` throws, InvalidBackboneError.
 */
export async function pretrain(
  recipe: PretrainingRecipe,
  source: PictureSource,
  run: RunFolder,
  context: PretrainingContext,
): Promise<RunOutcome> {
  const checkpoint = await run.read('checkpoint.safetensors');
  let records = checkpoint ? await earlierRecords(run) : [];
  const write = async (stopped?: string): Promise<void> => {
    const choice = chooseEpoch(records);
    const record: PretrainingRecord = {
      kind: 'pretraining',
      version: 1,
      recipe,
      epochs: records,
      choice: choice ?? null,
      choiceInWords: choice ? choiceInWords(choice) : 'No epoch has ended.',
      ...(stopped === undefined ? {} : { stopped }),
    };
    await run.write(recordFile, jsonBytes(record));
    await run.write('pretraining.svg', textBytes(epochChoiceSvg(recipe.name, records, stopped)));
  };
  const surroundings: PretrainingSurroundings = {
    threads: context.threads ?? 2,
    start: context.pretrained ?? new Map(),
    earlier: records,
    async onRecords(all) {
      records = [...all];
      await write();
    },
  };
  const makeTask = await taskOf(recipe, source, surroundings, run, context);
  const outcome = await runTraining(makeTask, recipe, run, context);
  if (!outcome.finished) return tellEnd(outcome, recipe, run, context.watcher);
  await write(outcome.stopped);
  const collapsed = outcome.stopped !== undefined && outcome.bestEpoch === outcome.history.length;
  if (outcome.bestEpoch === 0 || collapsed) return tellEnd(outcome, recipe, run, context.watcher);
  const backbone = backboneFile(recipe, outcome.best, outcome.bestEpoch);
  await run.write('backbone.safetensors', backbone);
  const { train, validation, test } = source.examples;
  const manifest: PretrainingManifest = {
    kind: 'pretraining',
    version: 1,
    recipe,
    bestEpoch: outcome.bestEpoch,
    bestProbe: records.find(({ epoch }) => epoch === outcome.bestEpoch)?.probe ?? null,
    untrainedProbe: records.find(({ epoch }) => epoch === 0)?.probe ?? null,
    examples: { train: train.length, validation: validation.length, test: test.length },
    steps: outcome.steps,
    files: { 'backbone.safetensors': await fileRecord(backbone) },
  };
  await run.write('manifest.json', jsonBytes(manifest));
  return tellEnd(outcome, recipe, run, context.watcher);
}

async function taskOf(
  recipe: PretrainingRecipe,
  source: PictureSource,
  surroundings: PretrainingSurroundings,
  run: RunFolder,
  { statements }: PretrainingContext,
): Promise<MakeTask> {
  switch (recipe.kind) {
    case 'byol':
      return () => byolTask(recipe, source, surroundings);
    case 'masked-autoencoder':
      return () => maskedAutoencoderTask(recipe, source, surroundings);
    case 'image-report': {
      if (!statements)
        throw new UnusableDatasetError(
          'it gives no statements of its reports',
          'Make it again with its reports, or pretrain on images alone with "byol" or "masked-autoencoder".',
        );
      const texts = await trainingTexts(source.examples.train, statements, recipe.text.vocabulary);
      await run.write('vocabulary.json', jsonBytes(texts.vocabulary));
      return () => imageReportTask(recipe, source, texts, surroundings);
    }
  }
}

async function earlierRecords(run: RunFolder): Promise<EpochRecord[]> {
  const bytes = await run.read(recordFile);
  return bytes ? [...(JSON.parse(new TextDecoder().decode(bytes)) as PretrainingRecord).epochs] : [];
}

/** The backbone alone: heads, decoder and text encoder have done their work. */
