import type { ColourScheme } from './picture-renderer.ts';
import { colourSchemes } from './picture-renderer.ts';
import type { Viewport } from './viewport.ts';

/** How the reader looks at a study; one state for all its views. */
export interface ViewerState {
  readonly scheme: ColourScheme;
  /** Upper threshold in counts; undefined while the opening window stands. */
  readonly upper: number | undefined;
  /** In the first view's pixels; undefined while the whole body is shown. */
  readonly viewport: Viewport | undefined;
  readonly showHeat: boolean;
  readonly drawing: boolean;
}

export const openingState: ViewerState = {
  scheme: 'hot-black',
  upper: undefined,
  viewport: undefined,
  showHeat: false,
  drawing: false,
};

/** The next colour scheme in their order, the first after the last. */
export const nextScheme = (scheme: ColourScheme): ColourScheme =>
  colourSchemes[(colourSchemes.indexOf(scheme) + 1) % colourSchemes.length] ?? 'hot-black';

/** One step of the window keys: a sixth up or down. */
export const windowStep = 7 / 6;
