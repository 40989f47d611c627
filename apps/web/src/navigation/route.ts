import { useSyncExternalStore } from 'react';

/** The pages, and what stands in the address after `#` for each. */
export type Route =
  | { readonly page: 'worklist'; readonly search: string }
  | { readonly page: 'study'; readonly id: string }
  | { readonly page: 'patient-version'; readonly id: string }
  | { readonly page: 'report'; readonly study?: string }
  | { readonly page: 'review' }
  | { readonly page: 'training' }
  | { readonly page: 'archive' };

/**
 * `#/studies?status=draft`, `#/studies/ID`, `#/studies/ID/patient`, `#/report`, `#/report/STUDY` for the report on its
 * file, `#/review`, `#/training`, `#/archive`; anything else is the worklist.
 */
export function parseRoute(hash: string): Route {
  const [path = '', search = ''] = hash.replace(/^#/, '').split('?');
  const [, page, id, part] = path.split('/');
  if (page === 'studies' && id)
    return { page: part === 'patient' ? 'patient-version' : 'study', id: decodeURIComponent(id) };
  if (page === 'report') return { page, ...(id ? { study: decodeURIComponent(id) } : {}) };
  if (page === 'review' || page === 'training' || page === 'archive') return { page };
  return { page: 'worklist', search };
}

export function addressOf(route: Route): string {
  if (route.page === 'study') return `#/studies/${encodeURIComponent(route.id)}`;
  if (route.page === 'patient-version') return `#/studies/${encodeURIComponent(route.id)}/patient`;
  if (route.page === 'report') return `#/report${route.study ? `/${encodeURIComponent(route.study)}` : ''}`;
  if (route.page === 'worklist') return `#/studies${route.search ? `?${route.search}` : ''}`;
  return `#/${route.page}`;
}

export function go(route: Route): void {
  location.hash = addressOf(route);
}

/** Changes the address without a step in the browser's history, as a filter that is being typed does. */
export function replaceRoute(route: Route): void {
  history.replaceState(null, '', addressOf(route));
  dispatchEvent(new HashChangeEvent('hashchange'));
}

function onHashChange(listener: () => void): () => void {
  addEventListener('hashchange', listener);
  return () => removeEventListener('hashchange', listener);
}

export const useRoute = (): Route => parseRoute(useSyncExternalStore(onHashChange, () => location.hash));
