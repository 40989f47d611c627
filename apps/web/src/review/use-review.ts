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

/** What reopening needs of an item. */
type Settled = Pick<ReviewItem, 'id' | 'revision'>;

export interface ReviewActs {
  readonly pending: boolean;
  readonly problem: string | undefined;
  readonly forgetProblem: () => void;
  /** One decision for all of the items; `after` is called once all are settled. */
  readonly settle: (items: readonly ReviewItem[], decision: Decision, after: () => void) => void;
  readonly reopen: (items: readonly Settled[], after?: () => void) => void;
  /** What the last decision on this page that is not undone yet was made of. */
  readonly last: readonly Settled[] | undefined;
}

/** Settles items and takes decisions back, the last one first. */
export function useReviewActs(): ReviewActs {
  const client = useQueryClient();
  const [settled, setSettled] = useState<readonly (readonly Settled[])[]>([]);
  const settle = useMutation({
    mutationFn: async ({ items, decision }: { readonly items: readonly ReviewItem[]; readonly decision: Decision }) => {
      const done: Settled[] = [];
      try {
        for (const { id, revision } of items) {
          const body = { revision, ...decision };
          const { item } = await request<ReviewItemPage>('PUT', `/api/review-queue/${id}`, body);
          done.push({ id: item.id, revision: item.revision });
        }
      } finally {
        if (done.length > 0) setSettled((known) => [...known, done]);
      }
    },
    // Not waited for: the next decision need not.
    onSettled: () => void client.invalidateQueries({ queryKey: queryKeys.review }),
  });
  const reopen = useMutation({
    mutationFn: async (items: readonly Settled[]) => {
      for (const { id, revision } of items)
        await request<ReviewItemPage>('POST', `/api/review-queue/${id}/reopen`, { revision });
      const ids = new Set(items.map(({ id }) => id));
      setSettled((known) =>
        known.map((batch) => batch.filter(({ id }) => !ids.has(id))).filter((batch) => batch.length > 0),
      );
    },
    onSettled: () => void client.invalidateQueries({ queryKey: queryKeys.review }),
  });
  return {
    pending: settle.isPending || reopen.isPending,
    problem: settle.error?.message ?? reopen.error?.message,
    forgetProblem: () => {
      settle.reset();
      reopen.reset();
    },
    settle: (items, decision, after) => settle.mutate({ items, decision }, { onSuccess: after }),
    reopen: (items, after) => reopen.mutate(items, after ? { onSuccess: after } : {}),
    last: settled.at(-1),
  };
}
