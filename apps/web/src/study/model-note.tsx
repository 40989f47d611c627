import type { ModelReading } from '@radiolect/server/api';
import type { ReactNode } from 'react';
import { addressOf } from '../navigation/route.ts';
import type { WordKey } from '../words/words.ts';
import { useWords } from '../words/words-context.tsx';

const states = {
  read: 'readingRead',
  'not-yet-read': 'readingNotYet',
  'no-model': 'readingNoModel',
  'shipped-model-off': 'readingShippedOff',
  'not-a-bone-scan': 'readingNotBoneScan',
  failed: 'readingFailed',
} as const satisfies Record<ModelReading['state'], WordKey>;

/** Which model read the study, how far it may be trusted, or why nothing was read. */
export function ModelNote({
  reading,
  onRead,
  onTakeReport,
}: {
  readonly reading: ModelReading;
  readonly onRead: () => void;
  /** Absent where there is no report on file, or nothing of it that is not on the list. */
  readonly onTakeReport: (() => void) | undefined;
}): ReactNode {
  const { t } = useWords();
  const read = reading.state === 'read';
  return (
    <div className={`model-note ${reading.state}${reading.unvalidated ? ' unvalidated' : ''}`} role="note">
      {reading.unvalidated && <p className="banner">{t('unvalidated')}</p>}
      <p>
        {t(states[reading.state], { model: modelName(reading.model) })}
        {read && reading.metastasis !== undefined && (
          <>
            {' '}
            <span className="quiet">{t('metastasisProbability', { n: Math.round(100 * reading.metastasis) })}</span>
          </>
        )}
      </p>
      {reading.note && !reading.unvalidated && <p className="quiet">{reading.note}</p>}
      {reading.state === 'shipped-model-off' && (
        <a className="button small" href={addressOf({ page: 'training' })}>
          {t('trainOnArchive')}
        </a>
      )}
      {!read && onTakeReport && (
        <button type="button" className="small" onClick={onTakeReport}>
          {t('takeFromReport')}
        </button>
      )}
      {(reading.state === 'not-yet-read' || reading.state === 'failed') && (
        <button type="button" className="small" onClick={onRead}>
          {t('readNow')}
        </button>
      )}
    </div>
  );
}

/** A model's id is "shipped:NAME" or "trained:NAME"; the page says the name. */
const modelName = (id = ''): string => id.replace(/^[a-z]+:/, '');
