import type { StudyDetail } from '@radiolect/server/api';
import type { ReactNode } from 'react';
import { MarkBadge } from '../marks/mark-badge.tsx';
import type { Mark } from '../marks/site-state.ts';
import { markCounts } from '../marks/site-state.ts';
import type { WordKey } from '../words/words.ts';
import { useWords } from '../words/words-context.tsx';

const shown = [
  ['contradict', 'countContradict'],
  ['only-here', 'countOnlyHere'],
  ['only-there', 'countOnlyThere'],
  ['differ', 'countDiffer'],
  ['agree', 'countAgree'],
] as const satisfies readonly (readonly [Mark, WordKey])[];

/** How the findings list and the report on file stand to each other, in numbers; also the legend of the marks. */
export function ComparisonLine({ study }: { readonly study: StudyDetail }): ReactNode {
  const { t } = useWords();
  if (!study.reportOnFile || study.comparison.length === 0) return null;
  const counts = markCounts(study.comparison);
  return (
    <ul className="comparison-line" aria-label={t('comparedWithFile')}>
      {shown.map(([mark, key]) => (
        <li key={mark} className={counts[mark] === 0 ? 'nil' : ''}>
          <MarkBadge mark={mark} /> {t(key, { n: counts[mark] })}
        </li>
      ))}
    </ul>
  );
}
