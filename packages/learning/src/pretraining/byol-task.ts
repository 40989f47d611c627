import { floatTensor } from '@radiolect/onnx';
import { createBackbone } from '../backbones/create-backbone.ts';
import type { PictureExample, PictureSource } from '../pictures/picture-source.ts';
import type { Random } from '../random.ts';
import type { TrainingTask } from '../training/training-task.ts';
import { byolLoss, projector } from './byol-loss.ts';
import { asChannels } from './feature-reader.ts';
import type { ByolRecipe } from './pretraining-recipe.ts';
import type { PretrainingSurroundings } from './pretraining-task.ts';
import { pretrainingTask } from './pretraining-task.ts';
import { showCase } from './shown-cases.ts';

/** Bootstrap your own latent on pairs of showings: of one view, or the anterior view and the mirrored posterior one. */
export function byolTask(
  recipe: ByolRecipe,
  source: PictureSource,
  surroundings: PretrainingSurroundings,
): Promise<TrainingTask> {
  const backbone = createBackbone(recipe.backbone);
  const { heads } = recipe;
  return pretrainingTask(recipe, source, surroundings, {
    backbone,
    advice: byolAdvice(recipe),
    project: (g, p, features) => projector(g, p, features, heads),
    build(g, p, batch) {
      const shape = [batch, ...source.picture];
      const first = g.input('first', 'float32', shape);
      const second = g.input('second', 'float32', shape);
      const loss = byolLoss(
        g,
        p,
        (own, pictures) => backbone.build(g, own, asChannels(g, pictures, backbone)).pooled,
        first,
        second,
        heads,
      );
      return { loss };
    },
    async batch({ indices, random }) {
      const cells = source.picture[0] * source.picture[1];
      const first = floatTensor([indices.length, ...source.picture]);
      const second = floatTensor([indices.length, ...source.picture]);
      for (const [row, index] of indices.entries()) {
        const pair = await showPair(source, source.examples.train[index]!, recipe, random);
        first.data.set(pair[0], row * cells);
        second.data.set(pair[1], row * cells);
      }
      return { first, second };
    },
  });
}

/** Two pictures of one case, each changed on its own, mirrored both or neither. */
async function showPair(
  source: PictureSource,
  example: PictureExample,
  { showing, viewPairs }: ByolRecipe,
  random: Random,
): Promise<readonly [Float32Array, Float32Array]> {
  const { views, picture } = source;
  const cells = picture[0] * picture[1];
  const mirrored = random() < showing.mirror;
  const seen = new Float32Array(views);
  const shown = async (): Promise<Float32Array> => {
    const target = new Float32Array(views * cells);
    await showCase(source, example, target, seen, { showing, random }, mirrored);
    return target;
  };
  const [one, other] = [await shown(), await shown()];
  const there = Array.from(seen.keys()).filter((view) => seen[view] === 1);
  const pick = (from: readonly number[]): number => from[Math.floor(random() * from.length)] ?? 0;
  const view = pick(there);
  const others = there.filter((another) => another !== view);
  const partner = others.length > 0 && random() < viewPairs ? pick(others) : view;
  return [one.subarray(view * cells, (view + 1) * cells), other.subarray(partner * cells, (partner + 1) * cells)];
}

/** The likeliest cause first. */
function byolAdvice({ heads, optimizer: { averaging, learningRate, warmupSteps } }: ByolRecipe): string {
  const from = typeof averaging === 'number' ? averaging : averaging.from;
  const changes = [
    ...(heads.predictor ? [] : ['give the online network a predictor (heads.predictor: true)']),
    ...(from < 0.9 ? [`let the target follow more slowly (optimizer.averaging is ${from}; 0.99 or more)`] : []),
    `lower optimizer.learningRate (${learningRate}) or lengthen warmupSteps (${warmupSteps})`,
    'take larger batches: batch normalisation in the projector tells the images of a batch apart',
  ];
  return `${changes.join('; else ')}.`;
}
