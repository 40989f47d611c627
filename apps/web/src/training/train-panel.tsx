import type { ModelPage } from '@radiolect/server/api';
import type { ReactNode } from 'react';
import { useState } from 'react';
import type { JobState } from '../api/use-job.ts';
import { ProgressLine } from '../words/progress-line.tsx';
import { useWords } from '../words/words-context.tsx';
import { durationWords } from './duration.ts';
import { TrainingCurve } from './training-curve.tsx';

/** The training: which recipe, how long, the button, and while it runs where it stands. */
export function TrainPanel({
  page,
  running,
  job,
  onStart,
  onResume,
  onCancel,
}: {
  readonly page: ModelPage;
  readonly running: boolean;
  readonly job: JobState;
  readonly onStart: (recipe: string) => void;
  readonly onResume: (jobId: string) => void;
  readonly onCancel: () => void;
}): ReactNode {
  const { t } = useWords();
  const [chosen, setChosen] = useState<string>();
  const recipe = page.recipes.find((entry) => entry.name === chosen) ?? page.recipes[0];
  const { training, dataset } = page;
  const points = job.history.flatMap((event) => event.training ?? []);
  const progress = points.at(-1) ?? training?.progress;
  const last = job.history.at(-1);
  return (
    <section className="panel" aria-label={t('train')}>
      <h2>{t('train')}</h2>
      {!running && (
        <>
          <label className="field">
            <span>{t('recipe')}</span>
            <select value={recipe?.name ?? ''} onChange={(event) => setChosen(event.target.value)}>
              {page.recipes.map((entry) => (
                <option key={entry.name} value={entry.name}>
                  {entry.name}
                </option>
              ))}
            </select>
          </label>
          {recipe && <p className="quiet">{recipe.description}</p>}
          <p>
            {recipe?.estimatedHours === undefined
              ? t('estimateUnknown')
              : t('estimate', { time: durationWords(recipe.estimatedHours * 3600, t) })}
          </p>
          {dataset.tooFew && <p className="tag warn">{dataset.tooFew}</p>}
          <div className="row">
            <button
              type="button"
              className="primary"
              disabled={!recipe || dataset.tooFew !== undefined}
              onClick={() => recipe && onStart(recipe.name)}
            >
              {t('trainOnMine', { n: dataset.usable })}
            </button>
            {(training?.state === 'interrupted' || training?.state === 'cancelled') && (
              <button type="button" onClick={() => onResume(training.jobId)}>
                {t('resume')}
              </button>
            )}
          </div>
          {training?.state === 'failed' && training.problem && (
            <p role="alert" className="problem">
              {[training.problem.title, training.problem.fix].filter(Boolean).join(' ')}
            </p>
          )}
        </>
      )}
      {running && (
        <>
          <ProgressLine
            label={t('trainingRuns')}
            done={progress?.step ?? last?.done ?? 0}
            total={progress?.steps ?? last?.total}
          />
          <dl className="figures">
            {progress && (
              <>
                <Figure name={t('epoch')} value={String(progress.epoch)} />
                <Figure name={t('loss')} value={progress.loss?.toFixed(4)} />
                <Figure name={t('validationLoss')} value={progress.validationLoss?.toFixed(4)} />
                <Figure name={t('imagesPerSecond')} value={progress.imagesPerSecond?.toFixed(1)} />
                <Figure
                  name={t('timeLeft')}
                  value={progress.secondsLeft === undefined ? undefined : durationWords(progress.secondsLeft, t)}
                />
              </>
            )}
            {!progress && last && <Figure name={t('stage')} value={last.stage} />}
          </dl>
          <TrainingCurve points={points} />
          <button type="button" onClick={onCancel}>
            {t('cancelTraining')}
          </button>
        </>
      )}
    </section>
  );
}

function Figure({ name, value }: { readonly name: string; readonly value: string | undefined }): ReactNode {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value ?? '–'}</dd>
    </div>
  );
}
