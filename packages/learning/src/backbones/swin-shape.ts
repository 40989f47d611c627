import { InvalidBackboneError } from '../errors.ts';
import type { SwinSettings } from './backbone-settings.ts';

/** One stage of a Swin transformer. */
export interface SwinStage {
  /** Tokens: rows and columns. */
  readonly lattice: readonly [number, number];
  readonly width: number;
  readonly heads: number;
  readonly blocks: number;
  /** Rows and columns of a window: the settings' side, or the whole side of the lattice where that is no longer. */
  readonly window: readonly [number, number];
  /** By how much every second block shifts its windows. 0 along a side that one window spans. */
  readonly shift: readonly [number, number];
}

/** Settings with nothing left out. */
export interface SwinShape extends Required<Omit<SwinSettings, 'kind' | 'size' | 'depths' | 'heads' | 'width'>> {
  readonly stages: readonly SwinStage[];
}

/** Fills in what settings leave out. Throws {@link InvalidBackboneError} where they do not fit together. */
export function swinShape(settings: SwinSettings): SwinShape {
  const { picture, channels, patch = 4, window = 7, width = 96, expansion = 4, epsilon = 1e-5 } = settings;
  const { depths = [2, 2, 6, 2], heads = depths.map((_, stage) => 3 * 2 ** stage) } = settings;
  const [rows, columns] = picture;
  if (rows % patch !== 0 || columns % patch !== 0)
    throw new InvalidBackboneError(
      'swin',
      `a picture of ${rows} × ${columns} is no whole number of patches of ${patch}`,
      'choose another patch or resample the pictures',
    );
  if (heads.length !== depths.length || depths.length === 0)
    throw new InvalidBackboneError(
      'swin',
      `it has ${depths.length} stages and heads for ${heads.length}`,
      'give `depths` and `heads` one number for each stage',
    );
  const stages = depths.map((blocks, stage): SwinStage => {
    // Merging pads an odd side with a row of zeros.
    const side = (pixels: number): number => Math.ceil(pixels / patch / 2 ** stage);
    const lattice = [side(rows), side(columns)] as const;
    const wide = width * 2 ** stage;
    const count = heads[stage]!;
    if (wide % count !== 0)
      throw new InvalidBackboneError('swin', `${count} heads do not divide a width of ${wide}`, 'choose other heads');
    const spans = (tokens: number): boolean => tokens <= window;
    return {
      lattice,
      width: wide,
      heads: count,
      blocks,
      window: [Math.min(lattice[0], window), Math.min(lattice[1], window)],
      shift: [spans(lattice[0]) ? 0 : Math.floor(window / 2), spans(lattice[1]) ? 0 : Math.floor(window / 2)],
    };
  });
  return { picture, channels, patch, window, expansion, epsilon, stages };
}
