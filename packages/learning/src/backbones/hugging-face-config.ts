import { z } from 'zod';
import { InvalidBackboneError } from '../errors.ts';
import type { BackboneSettings } from './backbone-settings.ts';
import { convNextShape } from './convnext.ts';
import { swinShape } from './swin-shape.ts';
import { vitShape } from './vit.ts';

const sides = z.union([z.number(), z.tuple([z.number(), z.number()])]);
const perStage = z.array(z.number());
const always = {
  image_size: sides.default(224),
  num_channels: z.number().default(3),
  hidden_act: z.string().default('gelu'),
};

// Defaults are those of transformers' configurations: a saved config may leave them out.
const config = z.discriminatedUnion('model_type', [
  z.object({
    model_type: z.literal('vit'),
    ...always,
    hidden_size: z.number().default(768),
    num_hidden_layers: z.number().default(12),
    num_attention_heads: z.number().default(12),
    intermediate_size: z.number().default(3072),
    patch_size: z.number().default(16),
    layer_norm_eps: z.number().default(1e-12),
  }),
  z.object({
    model_type: z.literal('swin'),
    ...always,
    patch_size: z.number().default(4),
    embed_dim: z.number().default(96),
    depths: perStage.default([2, 2, 6, 2]),
    num_heads: perStage.default([3, 6, 12, 24]),
    window_size: z.number().default(7),
    mlp_ratio: z.number().default(4),
    layer_norm_eps: z.number().default(1e-5),
  }),
  z.object({
    model_type: z.literal('convnext'),
    ...always,
    patch_size: z.number().default(4),
    hidden_sizes: perStage.default([96, 192, 384, 768]),
    depths: perStage.default([3, 3, 9, 3]),
    layer_scale_init_value: z.number().default(1e-6),
    layer_norm_eps: z.number().default(1e-12),
  }),
]);

/**
 * Our settings for a Hugging Face `config.json` of a ViT, Swin or ConvNeXt. Throws {@link InvalidBackboneError} for
 * another model, or another activation than GELU.
 */
export function settingsOfConfig(json: unknown): BackboneSettings {
  const parsed = config.safeParse(json);
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0]!;
    throw new InvalidBackboneError(
      'config.json',
      `${path.join('.')}: ${message}`,
      'give one of a ViT, Swin or ConvNeXt',
    );
  }
  const { data } = parsed;
  if (data.hidden_act !== 'gelu')
    throw new InvalidBackboneError(data.model_type, `its activation is ${data.hidden_act}`, 'only gelu is built here');
  const size = data.image_size;
  const picture = typeof size === 'number' ? ([size, size] as const) : size;
  const pictures = { picture, channels: data.num_channels, patch: data.patch_size };
  switch (data.model_type) {
    case 'vit':
      return {
        kind: 'vit',
        ...pictures,
        width: data.hidden_size,
        depth: data.num_hidden_layers,
        heads: data.num_attention_heads,
        hidden: data.intermediate_size,
        epsilon: data.layer_norm_eps,
      };
    case 'swin':
      return {
        kind: 'swin',
        ...pictures,
        window: data.window_size,
        width: data.embed_dim,
        depths: data.depths,
        heads: data.num_heads,
        expansion: data.mlp_ratio,
        epsilon: data.layer_norm_eps,
      };
    case 'convnext':
      return {
        kind: 'convnext',
        ...pictures,
        widths: data.hidden_sizes,
        depths: data.depths,
        layerScale: data.layer_scale_init_value,
        headEpsilon: data.layer_norm_eps,
      };
  }
}

/**
 * The Hugging Face `config.json` of a classifier with these settings and that many outputs, so that `transformers` loads
 * what {@link exportedWeights} gives. Throws {@link InvalidBackboneError} for what its models do not know: a ViT that
 * pools the mean.
 */
export function configOfSettings(settings: BackboneSettings, outputs: number): Readonly<Record<string, unknown>> {
  const shared = (patch: number) => ({
    model_type: settings.kind,
    image_size: settings.picture,
    num_channels: settings.channels,
    patch_size: patch,
    hidden_act: 'gelu',
    id2label: Object.fromEntries(Array.from({ length: outputs }, (_, index) => [index, `LABEL_${index}`])),
  });
  switch (settings.kind) {
    case 'vit': {
      const { patch, width, depth, heads, hidden, pooling, epsilon } = vitShape(settings);
      if (pooling === 'mean')
        throw new InvalidBackboneError(
          'vit',
          'it pools the mean',
          'only a class token has a place in this configuration',
        );
      return {
        architectures: ['ViTForImageClassification'],
        ...shared(patch),
        hidden_size: width,
        num_hidden_layers: depth,
        num_attention_heads: heads,
        intermediate_size: hidden,
        layer_norm_eps: epsilon,
      };
    }
    case 'swin': {
      const { patch, window, stages, expansion, epsilon } = swinShape(settings);
      return {
        architectures: ['SwinForImageClassification'],
        ...shared(patch),
        embed_dim: stages[0]!.width,
        depths: stages.map(({ blocks }) => blocks),
        num_heads: stages.map(({ heads }) => heads),
        window_size: window,
        mlp_ratio: expansion,
        layer_norm_eps: epsilon,
      };
    }
    case 'convnext': {
      const { patch, widths, depths, layerScale, headEpsilon } = convNextShape(settings);
      return {
        architectures: ['ConvNextForImageClassification'],
        ...shared(patch),
        num_stages: depths.length,
        hidden_sizes: widths,
        depths,
        layer_scale_init_value: layerScale,
        layer_norm_eps: headEpsilon,
      };
    }
  }
}
