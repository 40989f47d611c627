import type { Session } from '@radiolect/server/api';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { FormEvent, ReactNode } from 'react';
import { useState } from 'react';
import { queryKeys } from '../api/queries.ts';
import { request } from '../api/request.ts';
import { useWords } from '../words/words-context.tsx';

/** Asks a reader's name once. Nobody checks it, and every signature says so. */
export function ReaderNameForm({
  known,
  onDone,
}: {
  /** The name that stands now. */
  readonly known?: string | undefined;
  readonly onDone?: () => void;
}): ReactNode {
  const { t } = useWords();
  const client = useQueryClient();
  const [name, setName] = useState(known ?? '');
  const save = useMutation({
    mutationFn: (body: { name: string }) => request<Session>('PUT', '/api/session/reader', body),
    onSuccess: (session) => {
      client.setQueryData(queryKeys.session, session);
      onDone?.();
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    save.mutate({ name: name.trim() });
  };
  return (
    <form className="reader-form" onSubmit={submit}>
      <label className="field">
        <span>{t('yourName')}</span>
        <input
          value={name}
          maxLength={80}
          required
          autoComplete="name"
          onChange={(event) => setName(event.target.value)}
        />
      </label>
      <p className="quiet">{t('nameUnchecked')}</p>
      {save.error && <p role="alert">{save.error.message}</p>}
      <div className="modal-actions">
        <button type="submit" className="primary" disabled={!name.trim() || save.isPending}>
          {t('save')}
        </button>
      </div>
    </form>
  );
}
