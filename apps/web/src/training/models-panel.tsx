import type { ModelCard, ModelComparison, ModelPage, ModelScores } from '@radiolect/server/api';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { request } from '../api/request.ts';
import { useWords } from '../words/words-context.tsx';

type Change = (request: { method: 'POST' | 'PUT'; path: string; body: unknown }) => void;

/** Which models there are, which one reads, how two compare on this archive, and the way back. */
export function ModelsPanel({ page, onChange }: { readonly page: ModelPage; readonly onChange: Change }): ReactNode {
  const { t } = useWords();
  const compare = useMutation({
    mutationFn: (first: string) =>
      request<ModelComparison>('POST', '/api/model/compare', { first, second: page.inUse ?? '' }),
  });
  const synthetic = page.models.some((model) => model.origin === 'shipped' || model.synthetic);
  const nameOf = (id: string | undefined): string => page.models.find((model) => model.id === id)?.name ?? '–';
  return (
    <section className="panel" aria-label={t('models')}>
      <h2>{t('models')}</h2>
      {page.models.length === 0 && <p className="quiet">{t('noModels')}</p>}
      <ul className="plain">
        {page.models.map((model) => (
          <li key={model.id} className={model.id === page.inUse ? 'model-card in-use' : 'model-card'}>
            <ModelLine model={model} />
            {model.id === page.inUse ? (
              <span className="tag signed">{t('modelInUse')}</span>
            ) : (
              <span className="row">
                {page.inUse && (
                  <button
                    type="button"
                    className="small"
                    disabled={compare.isPending}
                    onClick={() => compare.mutate(model.id)}
                  >
                    {t('compareWithInUse')}
                  </button>
                )}
                <button
                  type="button"
                  className="small primary"
                  onClick={() => onChange({ method: 'POST', path: '/api/model/use', body: { model: model.id } })}
                >
                  {t('useThis')}
                </button>
              </span>
            )}
          </li>
        ))}
      </ul>
      {compare.isPending && <p className="quiet">{t('comparing')}</p>}
      {compare.error && (
        <p role="alert" className="problem">
          {compare.error.message}
        </p>
      )}
      {compare.data && (
        <ComparisonTable comparison={compare.data} names={[nameOf(compare.variables), nameOf(page.inUse)]} />
      )}
      {page.previous && (
        <button type="button" onClick={() => onChange({ method: 'POST', path: '/api/model/back', body: {} })}>
          {t('goBackTo', { name: nameOf(page.previous) })}
        </button>
      )}
      {synthetic && (
        <label className="toggle shipped-switch">
          <input
            type="checkbox"
            checked={page.shippedOnForRealStudies}
            onChange={(event) =>
              onChange({
                method: 'PUT',
                path: '/api/model/shipped-on-real-studies',
                body: { on: event.target.checked },
              })
            }
          />
          <span>
            {t('shippedOnReal')} <span className="quiet">{t('shippedOnRealWhy')}</span>
          </span>
        </label>
      )}
    </section>
  );
}

function ModelLine({ model }: { readonly model: ModelCard }): ReactNode {
  const { t, language } = useWords();
  const trained =
    model.trainedAt && new Intl.DateTimeFormat(language, { dateStyle: 'medium' }).format(new Date(model.trainedAt));
  return (
    <div>
      <b>{model.name}</b> {model.synthetic && <span className="tag synthetic">{t('synthetic')}</span>}
      <p className="quiet">
        {[t(model.origin === 'shipped' ? 'originShipped' : 'originTrainedHere'), trained, model.trainedOn]
          .filter(Boolean)
          .join(' · ')}
      </p>
      {model.scores?.meanAuroc && (
        <p className="quiet">
          {t('meanAuroc')} {interval(model.scores.meanAuroc)} (n = {model.scores.n})
        </p>
      )}
    </div>
  );
}

function ComparisonTable({
  comparison,
  names,
}: {
  readonly comparison: ModelComparison;
  readonly names: readonly [string, string];
}): ReactNode {
  const { t } = useWords();
  const rows: readonly (readonly [string, (scores: ModelScores) => string])[] = [
    [t('meanAuroc'), (scores) => interval(scores.meanAuroc)],
    [t('metastasisAuroc'), (scores) => interval(scores.metastasisAuroc)],
    [t('brier'), (scores) => scores.brier?.toFixed(4) ?? '–'],
  ];
  return (
    <table className="model-comparison">
      <caption>{t('onTestSplit', { n: comparison.n })}</caption>
      <thead>
        <tr>
          <td />
          <th>{names[0]}</th>
          <th>{names[1]}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([name, figure]) => (
          <tr key={name}>
            <th>{name}</th>
            <td>{figure(comparison.first)}</td>
            <td>{figure(comparison.second)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** "0.912 (0.894–0.931)": the value with its 95 % interval. */
function interval(figure: { readonly value: number; readonly low: number; readonly high: number } | undefined): string {
  return figure ? `${figure.value.toFixed(3)} (${figure.low.toFixed(3)}–${figure.high.toFixed(3)})` : '–';
}
