import type { SignedReport } from '@radiolect/findings';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { Modal } from '../keyboard/modal.tsx';
import { useWords } from '../words/words-context.tsx';

/** Every signed version with who, when and why, and its frozen text. */
export function Versions({
  studyId,
  versions,
  onClose,
}: {
  readonly studyId: string;
  readonly versions: readonly SignedReport[];
  readonly onClose: () => void;
}): ReactNode {
  const { t, language } = useWords();
  const [shown, setShown] = useState(versions[0]?.version);
  const version = versions.find((entry) => entry.version === shown);
  const time = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
  return (
    <Modal title={t('versions')} onClose={onClose}>
      <div className="versions">
        <ul className="plain">
          {versions.map((entry) => (
            <li key={entry.version}>
              <button type="button" aria-current={entry.version === shown} onClick={() => setShown(entry.version)}>
                <b>{t('version', { version: entry.version })}</b>
                <span>{entry.author.name}</span>
                <time dateTime={entry.signedAt}>{time.format(new Date(entry.signedAt))}</time>
                {entry.reason && <i>{entry.reason}</i>}
              </button>
            </li>
          ))}
        </ul>
        {version && (
          <div className="version-text">
            <pre lang={version.draft.language}>{version.text}</pre>
            <a
              href={`/api/studies/${encodeURIComponent(studyId)}/export?format=text&version=${version.version}`}
              download
            >
              {t('exportText')}
            </a>
          </div>
        )}
      </div>
      <div className="modal-actions">
        <button type="button" onClick={onClose}>
          {t('close')}
        </button>
      </div>
    </Modal>
  );
}
