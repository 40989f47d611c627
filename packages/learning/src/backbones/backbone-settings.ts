/** What every backbone is told of its pictures. */
export interface PictureSettings {
  /** Rows and columns, in pixels. */
  readonly picture: readonly [number, number];
  readonly channels: number;
}

/**
 * A vision transformer (Dosovitskiy et al. 2021). `size` gives width, depth and heads of ViT-Ti (192, 12, 3), ViT-S
 * (384, 12, 6) or ViT-B (768, 12, 12); what stands beside it is taken instead.
 */
export interface VitSettings extends PictureSettings {
  readonly kind: 'vit';
  readonly size?: 'tiny' | 'small' | 'base';
  /** Side of a patch in pixels, 16 where left out; rows and columns of the picture are multiples of it. */
  readonly patch?: number;
  readonly width?: number;
  readonly depth?: number;
  readonly heads?: number;
  /** Width between the two layers of a feed-forward branch: 4 × width where left out. */
  readonly hidden?: number;
  /** What `pooled` is: a token of its own, or the mean of all tokens, without such a token. `class-token` where left out. */
  readonly pooling?: 'class-token' | 'mean';
  /** Of every layer normalisation: 1e-6 where left out, as in timm; Hugging Face's configuration says 1e-12. */
  readonly epsilon?: number;
}

/** Swin (Liu et al. 2021): attention in shifted windows, four stages. `size` gives Swin-T. */
export interface SwinSettings extends PictureSettings {
  readonly kind: 'swin';
  readonly size?: 'tiny';
  /** Side of a patch in pixels: 4 where left out. */
  readonly patch?: number;
  /** Side of a window in tokens: 7 where left out. */
  readonly window?: number;
  /** Of the first stage; it doubles with each further stage. 96 in Swin-T. */
  readonly width?: number;
  /** Blocks of each stage. (2, 2, 6, 2) in Swin-T. */
  readonly depths?: readonly number[];
  /** Heads of each stage. (3, 6, 12, 24) in Swin-T. */
  readonly heads?: readonly number[];
  /** Hidden width of a feed-forward branch over its width: 4 where left out. */
  readonly expansion?: number;
  /** 1e-5 where left out. */
  readonly epsilon?: number;
}

/** ConvNeXt (Liu et al. 2022). `size` gives ConvNeXt-T. */
export interface ConvNextSettings extends PictureSettings {
  readonly kind: 'convnext';
  readonly size?: 'tiny';
  /** Side of a patch in pixels: 4 where left out. */
  readonly patch?: number;
  /** Width of each stage. (96, 192, 384, 768) in ConvNeXt-T. */
  readonly widths?: readonly number[];
  /** Blocks of each stage. (3, 3, 9, 3) in ConvNeXt-T. */
  readonly depths?: readonly number[];
  /** What each residual branch is first multiplied by: 1e-6 where left out. */
  readonly layerScale?: number;
  /** Of the normalisations: 1e-6 where left out. Hugging Face's last norm has an epsilon of its own, `headEpsilon`. */
  readonly epsilon?: number;
  readonly headEpsilon?: number;
}

/** The pixels themselves, for a linear model. */
export interface PixelSettings extends PictureSettings {
  readonly kind: 'pixels';
}

export type BackboneSettings = VitSettings | SwinSettings | ConvNextSettings;
