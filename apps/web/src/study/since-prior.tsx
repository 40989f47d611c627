import type { Finding } from '@radiolect/findings';
import type { PriorStudy } from '@radiolect/server/api';
import type { ReactNode } from 'react';
import { useHighlight } from '../marks/highlight.tsx';
import { shortDate } from '../words/dates.ts';
import { useWords } from '../words/words-context.tsx';
import { changesSince } from './changes-since.ts';

/** What is new, gone or still there since a prior whose findings are known; each count leads to its sites. */
export function SincePrior({
  prior,
  findings,
}: {
  readonly prior: PriorStudy;
  readonly findings: readonly Finding[];
}): ReactNode {
  const { t } = useWords();
  const { hover, select } = useHighlight();
  if (prior.findingsFrom === 'none' || findings.length === 0) return null;
  const { appeared, gone, still } = changesSince(prior.findings, findings);
  const groups = [
    ['sinceNew', appeared],
    ['sinceResolved', gone],
    ['sinceStill', still],
  ] as const;
  return (
    <p className="since-prior">
      <span className="quiet">{t('sincePrior', { date: shortDate(prior.studyDate) })}</span>
      {groups.map(([key, sites]) => {
        const own = { sites: new Set(sites), findings: new Set<string>() };
        return (
          <button
            key={key}
            type="button"
            className="small"
            disabled={sites.length === 0}
            onMouseEnter={() => hover(own)}
            onMouseLeave={() => hover(undefined)}
            onClick={() => select(own)}
          >
            {t(key, { n: sites.length })}
          </button>
        );
      })}
    </p>
  );
}
