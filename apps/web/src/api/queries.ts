import type { Language } from '@radiolect/findings';
import type {
  ImportSummary,
  KeptDrafts,
  LanguageModelList,
  Matches,
  ModelPage,
  PackAnswer,
  PackFiles,
  PackList,
  PatientVersion,
  Session,
  StudyDetail,
  StudyView,
  Worklist,
  WorklistQuery,
} from '@radiolect/server/api';
import type { UseQueryResult } from '@tanstack/react-query';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { request, requestBytes } from './request.ts';

/** Keys of everything that is cached; a change of a study invalidates `worklist`. */
export const queryKeys = {
  session: ['session'],
  pack: ['pack'],
  packs: ['packs'],
  packFiles: (name: string) => ['pack-files', name],
  worklist: ['worklist'],
  study: (id: string) => ['study', id],
  imports: ['imports'],
  matches: ['matches'],
  model: ['model'],
  languageModels: ['language-models'],
  drafts: (study: string) => ['drafts', study],
  review: ['review'],
} as const;

export const useSession = (): UseQueryResult<Session> =>
  useQuery({ queryKey: queryKeys.session, queryFn: ({ signal }) => request('GET', '/api/session', undefined, signal) });

export const usePackAnswer = (): UseQueryResult<PackAnswer> =>
  useQuery({
    queryKey: queryKeys.pack,
    queryFn: ({ signal }) => request('GET', '/api/pack', undefined, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });

export const usePacks = (): UseQueryResult<PackList> =>
  useQuery({
    queryKey: queryKeys.packs,
    queryFn: ({ signal }) => request('GET', '/api/packs', undefined, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });

/** The files of a pack, for reading a text in the browser. */
export const usePackFiles = (name: string): UseQueryResult<PackFiles> =>
  useQuery({
    queryKey: queryKeys.packFiles(name),
    queryFn: ({ signal }) => request('GET', `/api/packs/${encodeURIComponent(name)}/files`, undefined, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });

export function useWorklist(filter: WorklistQuery): UseQueryResult<Worklist> {
  const search = new URLSearchParams(
    Object.entries(filter).filter((entry): entry is [string, string] => Boolean(entry[1])),
  );
  return useQuery({
    queryKey: [...queryKeys.worklist, search.toString()],
    queryFn: ({ signal }) => request('GET', `/api/studies?${search}`, undefined, signal),
    placeholderData: keepPreviousData,
    // Studies are read and imported in the background, by other windows too.
    refetchInterval: 10_000,
  });
}

export const useStudy = (id: string): UseQueryResult<StudyDetail> =>
  useQuery<StudyDetail>({
    queryKey: queryKeys.study(id),
    queryFn: ({ signal }) => request('GET', `/api/studies/${encodeURIComponent(id)}`, undefined, signal),
    // A model may be on its way to this study, and a model newly in use reads every study again.
    refetchInterval: ({ state }) => (state.data?.reading.state === 'not-yet-read' ? 5000 : 10_000),
  });

export const useImports = (): UseQueryResult<readonly ImportSummary[]> =>
  useQuery({ queryKey: queryKeys.imports, queryFn: ({ signal }) => request('GET', '/api/imports', undefined, signal) });

export const useMatches = (): UseQueryResult<Matches> =>
  useQuery({ queryKey: queryKeys.matches, queryFn: ({ signal }) => request('GET', '/api/matches', undefined, signal) });

export const useModelPage = (): UseQueryResult<ModelPage> =>
  useQuery({ queryKey: queryKeys.model, queryFn: ({ signal }) => request('GET', '/api/model', undefined, signal) });

export const useLanguageModels = (): UseQueryResult<LanguageModelList> =>
  useQuery({
    queryKey: queryKeys.languageModels,
    queryFn: ({ signal }) => request('GET', '/api/language-models', undefined, signal),
  });

/** Drafts kept beside the study's own; `revision` because a change of findings makes them stale. */
export const useKeptDrafts = (studyId: string, revision: number): UseQueryResult<KeptDrafts> =>
  useQuery({
    queryKey: [...queryKeys.drafts(studyId), revision],
    queryFn: ({ signal }) => request('GET', `/api/studies/${encodeURIComponent(studyId)}/drafts`, undefined, signal),
    placeholderData: keepPreviousData,
  });

/** `version` because a newly signed one is told anew. */
export const usePatientVersion = (
  studyId: string,
  language: Language,
  version: number | undefined,
): UseQueryResult<PatientVersion> =>
  useQuery({
    queryKey: ['patient-version', studyId, language, version],
    enabled: version !== undefined,
    queryFn: ({ signal }) =>
      request(
        'GET',
        `/api/studies/${encodeURIComponent(studyId)}/patient-version?language=${language}`,
        undefined,
        signal,
      ),
    placeholderData: keepPreviousData,
  });

/** Counts of a view: `rows × columns` unsigned 16-bit integers, row-major. They never change, so they stay cached. */
export const useCounts = (view: StudyView | undefined): UseQueryResult<Uint16Array> =>
  useQuery({
    queryKey: ['counts', view?.countsUrl],
    enabled: view !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async ({ signal }) => littleEndianCounts((await requestBytes(view?.countsUrl ?? '', signal)).bytes),
  });

/** A heat map as bytes on the picture's grid or a coarser one. */
export const useHeatMap = (
  url: string | undefined,
): UseQueryResult<{ columns: number; rows: number; values: Uint8Array }> =>
  useQuery({
    queryKey: ['heat-map', url],
    enabled: url !== undefined,
    staleTime: 600_000,
    queryFn: async ({ signal }) => {
      const { bytes, headers } = await requestBytes(rawUrl(url ?? ''), signal);
      const shares = new DataView(bytes);
      const values = new Uint8Array(bytes.byteLength / 4);
      for (let index = 0; index < values.length; index++)
        values[index] = Math.round(255 * Math.min(1, Math.max(0, shares.getFloat32(4 * index, true))));
      return { columns: Number(headers.get('x-columns')), rows: Number(headers.get('x-rows')), values };
    },
  });

function littleEndianCounts(bytes: ArrayBuffer): Uint16Array {
  const view = new DataView(bytes);
  const counts = new Uint16Array(bytes.byteLength / 2);
  for (let index = 0; index < counts.length; index++) counts[index] = view.getUint16(2 * index, true);
  return counts;
}

function rawUrl(url: string): string {
  const parsed = new URL(url, location.href);
  parsed.searchParams.set('format', 'raw');
  return parsed.pathname + parsed.search;
}
