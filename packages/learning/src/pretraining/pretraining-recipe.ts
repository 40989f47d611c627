import type { BackboneSettings } from '../backbones/create-backbone.ts';
import type { AugmentationSettings } from '../recipe.ts';
import type { Schedule } from '../training/schedule.ts';
import type { ByolHeads } from './byol-loss.ts';
import type { ImageReportSettings } from './image-report-settings.ts';
import type { MaskedAutoencoderSettings } from './masked-autoencoder-loss.ts';

/** How one case is shown twice. `mirror` mirrors both showings or none: left and right are to be told apart. */
export interface ShowingSettings extends AugmentationSettings {
  /** A showing is enlarged or made smaller by e^(±scale). */
  readonly scale: number;
  /** Each side of a showing is cropped to between this share and all of it, and stretched back; 1 crops nothing. */
  readonly crop: number;
}

/** The images on which an epoch is judged. */
export interface ProbeRecipe {
  /** Of the validation split, drawn once by the seed: 200. */
  readonly images: number;
  /** Training images that vote on them. */
  readonly bank: number;
  readonly neighbours: number;
  /** The share of the training examples whose labels the bank may use, 0 to 1; 1 where left out. */
  readonly labelledShare?: number;
}

interface Pretraining extends Schedule {
  /** The pack whose label space and atlas the data set uses; left out for pictures that stand for themselves. */
  readonly pack?: string;
  /** Its `picture` is the size in which the cases are shown. */
  readonly backbone: BackboneSettings;
  readonly showing: ShowingSettings;
  readonly probe: ProbeRecipe;
}

/** Bootstrap your own latent: two showings of one patient, anterior and mirrored posterior view among them. */
export interface ByolRecipe extends Pretraining {
  readonly kind: 'byol';
  readonly heads: ByolHeads;
  /** Share of the pairs that are an anterior and a posterior view, where a case has both; the others are of one view. */
  readonly viewPairs: number;
}

/** Masked autoencoder of a vision transformer. */
export interface MaskedAutoencoderRecipe extends Pretraining {
  readonly kind: 'masked-autoencoder';
  readonly masking: MaskedAutoencoderSettings;
}

/** Images and what their reports state, drawn together where findings agree. */
export interface ImageReportRecipe extends Pretraining {
  readonly kind: 'image-report';
  readonly text: ImageReportSettings;
}

/** Typed settings of a pretraining; what it leaves is a backbone. */
export type PretrainingRecipe = ByolRecipe | MaskedAutoencoderRecipe | ImageReportRecipe;
