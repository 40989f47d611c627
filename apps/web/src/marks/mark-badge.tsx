import type { ReactNode } from 'react';
import type { WordKey } from '../words/words.ts';
import { useWords } from '../words/words-context.tsx';
import type { Mark } from './site-state.ts';

const signs = {
  agree: '=',
  differ: '≈',
  contradict: '≠',
  'only-here': '▲',
  'only-there': '▽',
  changed: '→',
} as const satisfies Record<Mark, string>;
const meanings = {
  agree: 'markAgree',
  differ: 'markDiffer',
  contradict: 'markContradict',
  'only-here': 'markOnlyHere',
  'only-there': 'markOnlyThere',
  changed: 'markChanged',
} as const satisfies Record<Mark, WordKey>;

/** A comparison's mark in running text: a sign, its meaning for screen readers and as a tooltip. */
export function MarkBadge({ mark }: { readonly mark: Mark }): ReactNode {
  const { t } = useWords();
  const meaning = t(meanings[mark]);
  return (
    <span className={`mark-badge ${mark}`} title={meaning} role="img" aria-label={meaning}>
      {signs[mark]}
    </span>
  );
}
