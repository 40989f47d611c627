import type { StudyDetail } from '@radiolect/server/api';
import type { UseMutationResult } from '@tanstack/react-query';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { queryKeys } from './queries.ts';
import type { Method } from './request.ts';
import { request } from './request.ts';

/** A change of one study: `path` below `/api/studies/ID/`. */
export interface StudyAction {
  readonly method: Exclude<Method, 'GET'>;
  readonly path: string;
  readonly body?: unknown;
}

export type StudyActions = UseMutationResult<StudyDetail, Error, StudyAction>;

/** Changes a study and replaces what the page knows of it by the answer. */
export function useStudyAction(studyId: string): StudyActions {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ method, path, body }: StudyAction) =>
      request<StudyDetail>(method, `/api/studies/${encodeURIComponent(studyId)}/${path}`, body),
    onSuccess: (study) => {
      client.setQueryData(queryKeys.study(studyId), study);
      void client.invalidateQueries({ queryKey: queryKeys.worklist });
    },
    // A refused change may mean that another window changed the study first.
    onError: () => client.invalidateQueries({ queryKey: queryKeys.study(studyId) }),
    scope: { id: `study-${studyId}` },
  });
}
