import type { StudyStatus } from '@radiolect/server/api';
import type { ReactNode } from 'react';
import type { WordKey } from './words.ts';
import { useWords } from './words-context.tsx';

export const statusWords = {
  unread: 'statusUnread',
  draft: 'statusDraft',
  signed: 'statusSigned',
  amending: 'statusAmending',
} as const satisfies Record<StudyStatus, WordKey>;

export function StatusTag({ status }: { readonly status: StudyStatus }): ReactNode {
  const { t } = useWords();
  return <span className={`tag status ${status}`}>{t(statusWords[status])}</span>;
}
