import { backboneParameters } from './backbone-parameters.ts';
import type { BackboneSettings } from './backbone-settings.ts';
import type { Correspondence } from './correspondence.ts';
import { same } from './correspondence.ts';
import { resamplePositions } from './resample-positions.ts';
import { vitShape } from './vit.ts';

/** Our own names: every tensor as it is, position embeddings of a ViT resampled where they are for another lattice. */
export function ownLayout(
  settings: BackboneSettings,
  positionLattice: readonly [number, number] | undefined,
): Correspondence[] {
  return backboneParameters(settings).map(({ name, shape }) => {
    if (settings.kind !== 'vit' || name !== 'backbone.position') return same(name, name, shape);
    const { lattice, width } = vitShape(settings);
    return {
      ...same(name, name, shape),
      theirs: [{ name, shape: [null, width] }],
      read: ([stored]) => {
        const from = latticeOf(stored!.shape[0]!, positionLattice, lattice, name);
        return [resamplePositions(stored!.data, width, from, lattice)];
      },
    };
  });
}

export const ownHead = (width: number, outputs: number): Correspondence[] => [
  same('head.weight', 'head.weight', [width, outputs]),
  same('head.bias', 'head.bias', [outputs]),
];

/**
 * The lattice that stored positions are for: the one that is told, else our own where the count fits, else a square.
 * Throws RangeError where none of them has that many patches.
 */
export function latticeOf(
  patches: number,
  told: readonly [number, number] | undefined,
  own: readonly [number, number],
  name: string,
): readonly [number, number] {
  const side = Math.round(Math.sqrt(patches));
  const lattice = told ?? (own[0] * own[1] === patches ? own : ([side, side] as const));
  if (lattice[0] * lattice[1] === patches) return lattice;
  const problem = told ? `not ${told[0]} × ${told[1]}` : 'which is no square';
  throw new RangeError(`"${name}" is for ${patches} patches, ${problem}: say its rows and columns`);
}
