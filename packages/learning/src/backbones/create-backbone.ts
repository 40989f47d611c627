import type { Backbone } from './backbone.ts';
import type { BackboneSettings } from './backbone-settings.ts';
import { vit } from './vit.ts';

export type { BackboneSettings } from './backbone-settings.ts';

/**
 * The backbone that settings ask for. Throws {@link InvalidBackboneError} where they do not fit together: a picture
 * that is no multiple of the patch, a width that the heads do not divide.
 */
export function createBackbone(settings: BackboneSettings): Backbone {
  switch (settings.kind) {
    case 'vit':
      return vit(settings);
    case 'swin':
    case 'convnext':
      throw new RangeError(`backbone "${settings.kind}" is not built yet`);
  }
}
