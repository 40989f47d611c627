import { z } from 'zod';
import { InvalidBackboneError } from '../errors.ts';
import type { BackboneSettings } from './backbone-settings.ts';

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
