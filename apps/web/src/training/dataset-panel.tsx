import type { AnatomicSite } from '@radiolect/findings';
import type { DatasetFigures } from '@radiolect/server/api';
import type { ReactNode } from 'react';
import { useWords } from '../words/words-context.tsx';
import { prevalenceRows } from './prevalence.ts';

/** What there is to learn from: studies, labels, and per site how often it is present and how often passed over. */
export function DatasetPanel({
  dataset,
  sites,
}: {
  readonly dataset: DatasetFigures;
  readonly sites: readonly AnatomicSite[];
}): ReactNode {
  const { t, siteName, word } = useWords();
  const { rows, unmentionedShare } = prevalenceRows(
    dataset.perSite,
    sites.map((site) => site.id),
  );
  const percent = (share: number): string => `${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %`;
  const figures = [
    [t('studies'), dataset.studies],
    [t('patients'), dataset.patients],
    [t('withReport'), dataset.withReport],
    [t('withSigned'), dataset.withSignedFindings],
    [t('usable'), dataset.usable],
    [t('syntheticStudies'), dataset.syntheticStudies],
  ] as const;
  return (
    <section className="panel" aria-label={t('dataset')}>
      <h2>{t('dataset')}</h2>
      <dl className="figures">
        {figures.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        <div>
          <dt>{t('splitOf')}</dt>
          <dd>{`${dataset.split.train} / ${dataset.split.validation} / ${dataset.split.test}`}</dd>
        </div>
        <div>
          <dt>{t('unmentionedShare')}</dt>
          <dd>{percent(unmentionedShare)}</dd>
        </div>
      </dl>
      <div className="table-scroll prevalence-scroll">
        <table className="prevalence">
          <thead>
            <tr>
              <th>{t('site')}</th>
              <th className="number">{word('presence', 'present')}</th>
              <th>{t('statesBar')}</th>
              <th className="number">{t('prevalence')}</th>
              <th className="number">{word('presence', 'unmentioned')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.site}>
                <td>{siteName(row.site)}</td>
                <td className="number">{row.present}</td>
                <td>
                  <span
                    className="state-bar"
                    role="img"
                    aria-label={`${word('presence', 'present')} ${row.present}, ${word('presence', 'uncertain')} ${row.uncertain}, ${word('presence', 'absent')} ${row.absent}, ${word('presence', 'unmentioned')} ${row.unmentioned}`}
                  >
                    {(['present', 'uncertain', 'absent', 'unmentioned'] as const).map((state) => (
                      <i key={state} className={state} style={{ flexGrow: row[state] }} />
                    ))}
                  </span>
                </td>
                <td className="number">{row.prevalence === undefined ? '–' : percent(row.prevalence)}</td>
                <td className="number">{percent(row.unmentionedShare)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
