import type { Point } from '@radiolect/findings';
import type { ReactNode } from 'react';
import type { Mark } from '../marks/site-state.ts';

/** The mark of a comparison at a site: told apart by shape as well as by colour. */
export function MarkGlyph({ mark, at: [x, y] }: { readonly mark: Mark; readonly at: Point }): ReactNode {
  return (
    <g className={`mark-glyph ${mark}`} transform={`translate(${x} ${y})`} pointerEvents="none">
      {mark === 'agree' && <circle r="3.2" />}
      {mark === 'differ' && <path d="M-6 0Q-3-5 0 0T6 0" />}
      {mark === 'contradict' && <path d="M-6-6 6 6M6-6-6 6" />}
      {mark === 'only-here' && <path d="M0-7 7 5H-7Z" />}
      {mark === 'only-there' && <path d="M0 7 7-5H-7Z" />}
      {mark === 'changed' && <path d="M-8 0H8M2-6 8 0 2 6" />}
    </g>
  );
}
