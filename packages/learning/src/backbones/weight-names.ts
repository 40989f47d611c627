/**
 * Whose names a checkpoint has. `hugging-face`: as `save_pretrained` writes them. `hugging-face-modules`: as the modules
 * of transformers 5 are named, which is what a bare state dictionary holds. For ConvNeXt the two are one.
 */
export type WeightNames = 'hugging-face' | 'hugging-face-modules' | 'timm';

/** Names inside a transformer block: norms, queries, keys and values (one or three layers), and the linear layers. */
export interface BlockNames {
  readonly before: string;
  readonly qkv: readonly string[];
  readonly out: string;
  readonly after: string;
  readonly inner: string;
  readonly outer: string;
  /** Of Swin: the table of relative positions. */
  readonly table: string;
}

const timmBlock: BlockNames = {
  before: 'norm1',
  qkv: ['attn.qkv'],
  out: 'attn.proj',
  after: 'norm2',
  inner: 'mlp.fc1',
  outer: 'mlp.fc2',
  table: 'attn.relative_position_bias_table',
};

const huggingFaceBlock = (attention: string): BlockNames => ({
  before: 'layernorm_before',
  qkv: ['query', 'key', 'value'].map((part) => `attention.${attention}.${part}`),
  out: 'attention.output.dense',
  after: 'layernorm_after',
  inner: 'intermediate.dense',
  outer: 'output.dense',
  table: `attention.${attention}.relative_position_bias_table`,
});

const modulesBlock: BlockNames = {
  before: 'layernorm_before',
  qkv: ['q_proj', 'k_proj', 'v_proj'].map((part) => `attention.${part}`),
  out: 'attention.o_proj',
  after: 'layernorm_after',
  inner: 'mlp.fc1',
  outer: 'mlp.fc2',
  table: 'attention.relative_position_bias.relative_position_bias_table',
};

export interface VitNames {
  readonly patch: string;
  readonly classToken: string;
  readonly position: string;
  /** Blocks are counted from 0. */
  readonly block: (index: number) => string;
  readonly inside: BlockNames;
  readonly norm: string;
  readonly head: string;
}

const huggingFaceVit = {
  patch: 'embeddings.patch_embeddings.projection',
  classToken: 'embeddings.cls_token',
  position: 'embeddings.position_embeddings',
  norm: 'layernorm',
  head: 'classifier',
};

export const vitNames: { readonly [N in WeightNames]: VitNames } = {
  'hugging-face': {
    ...huggingFaceVit,
    block: (index) => `encoder.layer.${index}`,
    inside: huggingFaceBlock('attention'),
  },
  'hugging-face-modules': { ...huggingFaceVit, block: (index) => `layers.${index}`, inside: modulesBlock },
  timm: {
    patch: 'patch_embed.proj',
    classToken: 'cls_token',
    position: 'pos_embed',
    block: (index) => `blocks.${index}`,
    inside: timmBlock,
    norm: 'norm',
    head: 'head',
  },
};

export interface SwinNames {
  readonly patch: string;
  readonly patchNorm: string;
  /** Stages and blocks are counted from 0. */
  readonly block: (stage: number, index: number) => string;
  readonly inside: BlockNames;
  /** The merging before a stage; Hugging Face files it under the stage that it ends. */
  readonly merge: (stage: number) => string;
  readonly norm: string;
  readonly head: string;
}

const huggingFaceSwin = {
  patch: 'embeddings.patch_embeddings.projection',
  patchNorm: 'embeddings.norm',
  block: (stage: number, index: number) => `encoder.layers.${stage}.blocks.${index}`,
  merge: (stage: number) => `encoder.layers.${stage - 1}.downsample`,
  norm: 'layernorm',
  head: 'classifier',
};

export const swinNames: { readonly [N in WeightNames]: SwinNames } = {
  'hugging-face': { ...huggingFaceSwin, inside: huggingFaceBlock('self') },
  'hugging-face-modules': { ...huggingFaceSwin, inside: modulesBlock },
  timm: {
    patch: 'patch_embed.proj',
    patchNorm: 'patch_embed.norm',
    block: (stage, index) => `layers.${stage}.blocks.${index}`,
    inside: timmBlock,
    merge: (stage) => `layers.${stage}.downsample`,
    norm: 'norm',
    head: 'head.fc',
  },
};

export interface ConvNextNames {
  readonly patch: string;
  readonly patchNorm: string;
  /** Stages and blocks are counted from 0. */
  readonly block: (stage: number, index: number) => string;
  readonly inside: {
    readonly depthwise: string;
    readonly norm: string;
    readonly inner: string;
    readonly outer: string;
    readonly scale: string;
  };
  /** The downsampling before a stage: its norm is 0, its kernel 1. */
  readonly downsample: (stage: number) => string;
  readonly norm: string;
  readonly head: string;
}

const huggingFaceConvNext: ConvNextNames = {
  patch: 'embeddings.patch_embeddings',
  patchNorm: 'embeddings.layernorm',
  block: (stage, index) => `encoder.stages.${stage}.layers.${index}`,
  inside: {
    depthwise: 'dwconv',
    norm: 'layernorm',
    inner: 'pwconv1',
    outer: 'pwconv2',
    scale: 'layer_scale_parameter',
  },
  downsample: (stage) => `encoder.stages.${stage}.downsampling_layer`,
  norm: 'layernorm',
  head: 'classifier',
};

export const convNextNames: { readonly [N in WeightNames]: ConvNextNames } = {
  'hugging-face': huggingFaceConvNext,
  'hugging-face-modules': huggingFaceConvNext,
  timm: {
    patch: 'stem.0',
    patchNorm: 'stem.1',
    block: (stage, index) => `stages.${stage}.blocks.${index}`,
    inside: { depthwise: 'conv_dw', norm: 'norm', inner: 'mlp.fc1', outer: 'mlp.fc2', scale: 'gamma' },
    downsample: (stage) => `stages.${stage}.downsample`,
    norm: 'head.norm',
    head: 'head.fc',
  },
};
