import type { Backbone } from './backbone.ts';
import type { PixelSettings } from './backbone-settings.ts';

/**
 * No network at all: the pixels laid end to end, as one token. With a linear head it is logistic regression on pixels,
 * trained and graded by the same engine as what it is compared with.
 */
export function pixels({ picture, channels }: PixelSettings): Backbone {
  const width = channels * picture[0] * picture[1];
  return {
    width,
    blocks: 0,
    channels,
    picture,
    build(g, _parameters, pictures) {
      const batch = pictures.shape[0]!;
      const tokens = g.reshape(pictures, [batch, 1, width]);
      return { tokens, lattice: [1, 1], pooled: g.reshape(pictures, [batch, width]), taps: {} };
    },
  };
}
