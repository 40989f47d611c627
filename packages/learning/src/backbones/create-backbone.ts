import type { Backbone } from './backbone.ts';
import type { BackboneSettings, PixelSettings } from './backbone-settings.ts';
import { convNext } from './convnext.ts';
import { pixels } from './pixels.ts';
import { swin } from './swin.ts';
import { vit } from './vit.ts';

export type { BackboneSettings, PixelSettings } from './backbone-settings.ts';

/**
 * The backbone that settings ask for. Throws {@link InvalidBackboneError} where they do not fit together: a picture
 * that is no multiple of the patch, a width that the heads do not divide.
 */
export function createBackbone(settings: BackboneSettings | PixelSettings): Backbone {
  switch (settings.kind) {
    case 'vit':
      return vit(settings);
    case 'swin':
      return swin(settings);
    case 'convnext':
      return convNext(settings);
    case 'pixels':
      return pixels(settings);
  }
}
