import type { Settings } from '@radiolect/server/api';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { queryKeys, useSession } from '../api/queries.ts';
import { request } from '../api/request.ts';

/** Whether language models may draft in this project; off until somebody switches it on. */
export function useModelDraftsSwitch(): {
  readonly on: boolean;
  readonly pending: boolean;
  readonly problem: string | undefined;
  readonly set: (on: boolean) => void;
} {
  const client = useQueryClient();
  const { data: session } = useSession();
  const save = useMutation({
    mutationFn: (languageModelDrafts: boolean) => request<Settings>('PUT', '/api/settings', { languageModelDrafts }),
    onSuccess: () => client.invalidateQueries({ queryKey: queryKeys.session }),
  });
  return {
    on: session?.settings.languageModelDrafts ?? false,
    pending: save.isPending,
    problem: save.error?.message,
    set: save.mutate,
  };
}
