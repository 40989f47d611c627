import type { LabelState } from '@radiolect/findings';
import type { Tensor } from '@radiolect/onnx';
import { floatTensor, intTensor } from '@radiolect/onnx';
import { createBackbone } from '../backbones/create-backbone.ts';
import { UnusableDatasetError } from '../errors.ts';
import type { PictureExample, PictureSource } from '../pictures/picture-source.ts';
import type { Random } from '../random.ts';
import { permutation } from '../random.ts';
import type { TrainingTask } from '../training/training-task.ts';
import { holds, reportAgreement } from './agreement.ts';
import { asChannels } from './feature-reader.ts';
import { imageReportLoss, projectImage } from './image-report-loss.ts';
import type { ImageReportRecipe } from './pretraining-recipe.ts';
import type { PretrainingSurroundings } from './pretraining-task.ts';
import { pretrainingTask } from './pretraining-task.ts';
import { showCases } from './shown-cases.ts';
import type { Statement } from './statement.ts';
import { encodeTexts } from './text-encoder.ts';
import type { TrainingTexts } from './training-texts.ts';
import { idsOf, padding } from './vocabulary.ts';

/**
 * Images and reports, drawn together where findings agree. Nothing is mirrored: left and right stand in the texts.
 * Throws UnusableDatasetError where hardly a training case has statements.
 */
export async function imageReportTask(
  recipe: ImageReportRecipe,
  source: PictureSource,
  { statementsOf, withText, vocabulary }: TrainingTexts,
  surroundings: PretrainingSurroundings,
): Promise<TrainingTask> {
  if (withText.length < recipe.batchSize)
    throw new UnusableDatasetError(
      `${withText.length} of ${source.examples.train.length} training cases have statements`,
      'Make the data set again with its reports, so that it holds statements.jsonl.',
    );
  const backbone = createBackbone(recipe.backbone);
  const { text } = recipe;
  const { views, picture } = source;
  const position = new Map(source.outputs.map((site, index) => [site, index]));
  const ids = idsOf(vocabulary);
  const told: PictureSource = { ...source, examples: { ...source.examples, train: withText } };
  const showing = { ...recipe.showing, mirror: 0 };
  return pretrainingTask({ ...recipe, showing }, told, surroundings, {
    backbone,
    advice:
      `lower optimizer.learningRate (${recipe.optimizer.learningRate}) or lengthen warmupSteps; else take larger batches, ` +
      `so that more reports disagree, or a smaller text.agreementTemperature (${text.agreementTemperature}), so that fewer agree.`,
    dataKey: vocabulary.tokens.join(' '),
    project: (g, p, features) => projectImage(g, p, features, text.joint),
    build(g, p, batch) {
      const images = g.input('images', 'float32', [batch, views, ...picture]);
      const inputs = {
        seen: g.input('seen', 'float32', [batch, views]),
        stated: g.input('stated', 'float32', [batch, text.statements]),
        agreement: g.input('agreement', 'float32', [batch, batch]),
        holding: g.input('holding', 'float32', [batch, batch * text.statements]),
        failing: g.input('failing', 'float32', [batch, batch * text.statements]),
      };
      const texts = batch * text.statements;
      const encoded = encodeTexts(
        g,
        p,
        g.input('tokens', 'int64', [texts, text.tokens]),
        g.input('mask', 'float32', [texts, text.tokens]),
        vocabulary.tokens.length + 2,
        text,
      );
      const pictures = asChannels(g, g.reshape(images, [batch * views, ...picture]), backbone);
      const { global, local } = imageReportLoss(g, p, backbone.build(g, p, pictures), encoded, inputs, text);
      return { loss: g.add(global, g.scale(local, text.local)), logged: { global, local } };
    },
    async batch({ indices, random }) {
      const chosen = indices.map((index) => withText[index]!);
      const { images, seen } = await showCases(source, chosen, { showing, random });
      const said: (readonly Statement[])[] = [];
      for (const { key } of chosen) said.push(someOf(await statementsOf(key), text.statements, random));
      return {
        images,
        seen,
        ...textTensors(said, text.statements, text.tokens, ids),
        ...agreementTensors(chosen, said, text.statements, text.agreementTemperature, position),
      };
    },
  });
}

/** At most so many statements of a report, drawn anew in every step. */
function someOf(statements: readonly Statement[], count: number, random: Random): readonly Statement[] {
  if (statements.length <= count) return statements;
  return permutation(statements.length, random)
    .slice(0, count)
    .map((index) => statements[index]!);
}

function textTensors(
  said: readonly (readonly Statement[])[],
  statements: number,
  length: number,
  ids: (text: string, length: number) => number[],
): Record<'tokens' | 'mask' | 'stated', Tensor> {
  const shape = [said.length * statements, length];
  const tokens = said.flatMap((own) =>
    Array.from({ length: statements }, (_, index) => ids(own[index]?.text ?? '', length)).flat(),
  );
  const stated = said.flatMap((own) =>
    Array.from({ length: statements }, (_, index) => (index < own.length ? 1 / own.length : 0)),
  );
  return {
    tokens: intTensor(shape, tokens),
    mask: floatTensor(
      shape,
      tokens.map((id) => (id === padding ? 0 : 1)),
    ),
    stated: floatTensor([said.length, statements], stated),
  };
}

/** Which reports agree, and of which images each statement holds: what findings know of the batch. */
function agreementTensors(
  chosen: readonly PictureExample[],
  said: readonly (readonly Statement[])[],
  statements: number,
  temperature: number,
  position: ReadonlyMap<string, number>,
): Record<'agreement' | 'holding' | 'failing', Tensor> {
  const batch = chosen.length;
  const holding = floatTensor([batch, batch * statements]);
  const failing = floatTensor([batch, batch * statements]);
  chosen.forEach(({ states }, image) => {
    const stateOf = (site: string): LabelState => states[position.get(site) ?? -1] ?? 'unmentioned';
    said.forEach((own, report) => {
      own.forEach((statement, index) => {
        // A statement holds of its own image whatever was settled since.
        const answer = image === report ? true : holds(statement, stateOf);
        if (answer === undefined) return;
        (answer ? holding : failing).data[image * batch * statements + report * statements + index] = 1;
      });
    });
  });
  for (const { data } of [holding, failing]) {
    const pairs = data.reduce((sum, value) => sum + value, 0);
    if (pairs > 0) for (let index = 0; index < data.length; index++) data[index]! /= 2 * pairs;
  }
  const agreement = reportAgreement(
    chosen.map(({ states }) => states),
    temperature,
  );
  return { agreement, holding, failing };
}
