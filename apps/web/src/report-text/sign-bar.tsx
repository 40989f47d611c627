import type { StudyDetail } from '@radiolect/server/api';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useSession } from '../api/queries.ts';
import type { StudyActions } from '../api/use-study-action.ts';
import { Modal } from '../keyboard/modal.tsx';
import { useKeys } from '../keyboard/use-keys.ts';
import { addressOf } from '../navigation/route.ts';
import { ReaderNameForm } from '../reader/reader-name-form.tsx';
import { useWords } from '../words/words-context.tsx';
import { AmendDialog } from './amend-dialog.tsx';
import { ChecksList } from './checks-list.tsx';
import { Versions } from './versions.tsx';

/** Where a report becomes a version: checks, signing, amending, export and what was signed before. */
export function SignBar({
  study,
  actions,
}: {
  readonly study: StudyDetail;
  readonly actions: StudyActions;
}): ReactNode {
  const { t } = useWords();
  const { data: session } = useSession();
  const [dialog, setDialog] = useState<'sign' | 'amend' | 'versions'>();
  const [despiteChecks, setDespiteChecks] = useState(false);
  const close = (): void => {
    setDialog(undefined);
    setDespiteChecks(false);
  };
  const signed = study.status === 'signed';
  const stopped = study.checks.some((check) => check.level === 'stop');
  const unconfirmed = study.checks.some((check) => check.code === 'sentence-unconfirmed');
  const proposed = study.findings.filter((listed) => listed.decision === 'proposed').length;
  const latest = study.versions[0];
  const ready = !signed && study.draft !== undefined;
  useKeys([['Ctrl+Enter', () => ready && setDialog('sign')]]);
  return (
    <footer className="sign-bar">
      {!signed && <ChecksList checks={study.checks} />}
      <div className="sign-line">
        {latest && (
          <span className="quiet" title={latest.author.authenticated ? undefined : t('unauthenticated')}>
            {t('versionSignedBy', { version: latest.version, name: latest.author.name })}
            {!latest.author.authenticated && ` (${t('unauthenticated')})`}
          </span>
        )}
        {study.status === 'amending' && (
          <span className="tag warn" title={study.amendReason}>
            {t('amending')}: {study.amendReason}
          </span>
        )}
        <span className="spring" />
        {latest && (
          <>
            <a className="button" href={exportAddress(study.id, 'text')} download={`report-${latest.version}.txt`}>
              {t('exportText')}
            </a>
            <a className="button" href={exportAddress(study.id, 'json')} download={`report-${latest.version}.json`}>
              {t('exportJson')}
            </a>
            {signed && (
              <a className="button" href={addressOf({ page: 'patient-version', id: study.id })}>
                {t('patientVersion')}
              </a>
            )}
            <button type="button" onClick={() => setDialog('versions')}>
              {t('versions')} <span className="count">{study.versions.length}</span>
            </button>
          </>
        )}
        {study.status === 'amending' && (
          <button type="button" onClick={() => actions.mutate({ method: 'POST', path: 'amend/cancel' })}>
            {t('amendCancel')}
          </button>
        )}
        {signed ? (
          <button type="button" onClick={() => setDialog('amend')}>
            {t('amend')}
          </button>
        ) : (
          <button type="button" className="primary" disabled={!ready} onClick={() => setDialog('sign')}>
            {t('sign')}
          </button>
        )}
      </div>
      {dialog === 'sign' && (
        <Modal title={t('signTitle')} onClose={close}>
          {session?.reader === undefined ? (
            <ReaderNameForm />
          ) : (
            <>
              <p>{t('signAs', { name: session.reader })}</p>
              {proposed > 0 && <p className="tag warn">{t('signWithProposed', { n: proposed })}</p>}
              {study.checks.length > 0 && <ChecksList checks={study.checks} />}
              {stopped && <p role="alert">{t('signStopped')}</p>}
              {stopped && !unconfirmed && (
                <label className="toggle">
                  <input
                    type="checkbox"
                    checked={despiteChecks}
                    onChange={(event) => setDespiteChecks(event.target.checked)}
                  />
                  {t('signDespite')}
                </label>
              )}
              <div className="modal-actions">
                <button type="button" onClick={close}>
                  {t('cancel')}
                </button>
                <button
                  type="button"
                  className="primary"
                  disabled={(stopped && !despiteChecks) || actions.isPending}
                  onClick={() =>
                    actions.mutate(
                      { method: 'POST', path: 'sign', body: { revision: study.revision, despiteChecks } },
                      { onSettled: close },
                    )
                  }
                >
                  {t('sign')}
                </button>
              </div>
            </>
          )}
        </Modal>
      )}
      {dialog === 'amend' && (
        <AmendDialog
          onClose={close}
          onAmend={(reason) =>
            actions.mutate({ method: 'POST', path: 'amend', body: { reason } }, { onSettled: close })
          }
        />
      )}
      {dialog === 'versions' && <Versions studyId={study.id} versions={study.versions} onClose={close} />}
    </footer>
  );
}

const exportAddress = (id: string, format: 'text' | 'json'): string =>
  `/api/studies/${encodeURIComponent(id)}/export?format=${format}`;
