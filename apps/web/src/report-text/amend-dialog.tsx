import type { FormEvent, ReactNode } from 'react';
import { useState } from 'react';
import { Modal } from '../keyboard/modal.tsx';
import { useWords } from '../words/words-context.tsx';

/** Asks why a signed report is opened again; the reason stands in the next version. */
export function AmendDialog({
  onAmend,
  onClose,
}: {
  readonly onAmend: (reason: string) => void;
  readonly onClose: () => void;
}): ReactNode {
  const { t } = useWords();
  const [reason, setReason] = useState('');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onAmend(reason.trim());
  };
  return (
    <Modal title={t('amendTitle')} onClose={onClose}>
      <form onSubmit={submit}>
        <label className="field wide">
          <span>{t('amendReason')}</span>
          <textarea value={reason} rows={3} required onChange={(event) => setReason(event.target.value)} />
        </label>
        <div className="modal-actions">
          <button type="button" onClick={onClose}>
            {t('cancel')}
          </button>
          <button type="submit" className="primary" disabled={!reason.trim()}>
            {t('amend')}
          </button>
        </div>
      </form>
    </Modal>
  );
}
