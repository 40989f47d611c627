import type { ResolveReviewItem, ReviewItem, ReviewItemPage, ReviewQueue } from '@radiolect/server/api';
import type { UseQueryResult } from '@tanstack/react-query';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { queryKeys } from '../api/queries.ts';
import { request } from '../api/request.ts';

export interface ReviewFilter {
  readonly state: ReviewItem['state'];
  readonly differs?: ReviewItem['differs'];
  readonly site?: string;
}

/** The items that the filter matches, 500 at most; those after them come as these are settled. */
export function useReviewQueue({ state, differs, site }: ReviewFilter): UseQueryResult<ReviewQueue> {
  const search = new URLSearchParams({
    state,
    limit: '500',
    ...(differs ? { differs } : {}),
    ...(site ? { site } : {}),
  }).toString();
  return useQuery({
    queryKey: [...queryKeys.review, 'list', search],
    queryFn: ({ signal }) => request('GET', `/api/review-queue?${search}`, undefined, signal),
    placeholderData: keepPreviousData,
  });
}

/** How many items wait, for the top bar; other windows and the command line fill the queue too. */
export function useOpenReviewCount(): number {
  const { data } = useQuery<ReviewQueue>({
    queryKey: [...queryKeys.review, 'count'],
    queryFn: ({ signal }) => request('GET', '/api/review-queue?limit=1', undefined, signal),
    refetchInterval: 30_000,
  });
  return data?.counts.open ?? 0;
}

export const useReviewItem = (id: string | undefined): UseQueryResult<ReviewItemPage> =>
  useQuery({
    queryKey: [...queryKeys.review, 'item', id],
    enabled: id !== undefined,
    queryFn: ({ signal }) => request('GET', `/api/review-queue/${id}`, undefined, signal),
    placeholderData: keepPreviousData,
  });

/** What was decided of an item; the revision is added. */
export type Decision = { readonly take: 'rules' | 'model' } | Pick<Own, 'take' | 'label'>;
type Own = Extract<ResolveReviewItem, { readonly take: 'own' }>;

export interface ReviewActs {
  readonly pending: boolean;
  readonly problem: string | undefined;
  readonly forgetProblem: () => void;
  readonly settle: (item: ReviewItem, decision: Decision, after: () => void) => void;
  readonly reopen: (item: Pick<ReviewItem, 'id' | 'revision'>, after?: () => void) => void;
  /** The last item settled on this page that is not undone yet. */
  readonly last: Pick<ReviewItem, 'id' | 'revision'> | undefined;
}

/** Settles items and takes decisions back, the last one first. */
export function useReviewActs(): ReviewActs {
  const client = useQueryClient();
  const [settled, setSettled] = useState<readonly Pick<ReviewItem, 'id' | 'revision'>[]>([]);
  const change = useMutation({
    mutationFn: ({ method, path, body }: { readonly method: 'PUT' | 'POST'; path: string; body: unknown }) =>
      request<ReviewItemPage>(method, `/api/review-queue/${path}`, body),
    onSettled: () => client.invalidateQueries({ queryKey: queryKeys.review }),
  });
  return {
    pending: change.isPending,
    problem: change.error?.message,
    forgetProblem: change.reset,
    settle: ({ id, revision }, decision, after) =>
      change.mutate(
        { method: 'PUT', path: id, body: { revision, ...decision } },
        {
          onSuccess: ({ item }) => {
            setSettled((known) => [...known, { id: item.id, revision: item.revision }]);
            after();
          },
        },
      ),
    reopen: ({ id, revision }, after) =>
      change.mutate(
        { method: 'POST', path: `${id}/reopen`, body: { revision } },
        {
          onSuccess: () => {
            setSettled((known) => known.filter((one) => one.id !== id));
            after?.();
          },
        },
      ),
    last: settled.at(-1),
  };
}
