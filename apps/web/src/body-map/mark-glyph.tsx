import type { Point } from '@radiolect/findings';
import type { ReactNode } from 'react';
import type { Mark } from '../marks/site-state.ts';

/** The mark of a comparison at a site: told apart by shape as well as by colour. */
export function MarkGlyph({ mark, at: [x, y] }: { readonly mark: Mark; readonly at: Point }): ReactNode {
  return (
    <g className={`mark-glyph ${mark}`} transform={`translate(${x} ${y})`} pointerEvents="none">
      {mark === 'agree' && <circle r="4" />}
      {mark === 'contradict' && <path d="M-9-9 9 9M9-9-9 9" />}
      {mark === 'only-here' && <path d="M0-8 8 6H-8Z" />}
      {mark === 'only-there' && <path d="M0 8 8-6H-8Z" />}
      {mark === 'changed' && <path d="M-8 0H8M2-6 8 0 2 6" />}
    </g>
  );
}
