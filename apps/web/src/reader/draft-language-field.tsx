import type { Language } from '@radiolect/findings';
import { languages } from '@radiolect/findings';
import type { Settings } from '@radiolect/server/api';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { queryKeys, useSession } from '../api/queries.ts';
import { request } from '../api/request.ts';
import { languageNames } from '../words/vocabulary-words.ts';
import { useWords } from '../words/words-context.tsx';

/** In which language new drafts are written; a single draft can be changed on its own page. */
export function DraftLanguageField(): ReactNode {
  const { t } = useWords();
  const client = useQueryClient();
  const { data: session } = useSession();
  const save = useMutation({
    mutationFn: (part: Partial<Settings>) => request<Settings>('PUT', '/api/settings', part),
    onSuccess: () => client.invalidateQueries({ queryKey: queryKeys.session }),
  });
  if (!session) return null;
  return (
    <label className="field">
      <span>{t('newDraftLanguage')}</span>
      <select
        value={session.settings.draftLanguage}
        onChange={(event) => save.mutate({ draftLanguage: event.target.value as Language })}
      >
        {languages.map((code) => (
          <option key={code} value={code}>
            {languageNames[code]}
          </option>
        ))}
      </select>
      {save.error && <p role="alert">{save.error.message}</p>}
    </label>
  );
}
