import type { Problem } from '@radiolect/server/api';

/** The server refused: what was broken and what to do about it, ready to be shown. */
export class RequestRefusedError extends Error {
  override readonly name = 'RequestRefusedError';
  readonly problem: Problem;

  constructor(problem: Problem) {
    super([problem.title, problem.rule, problem.fix].filter(Boolean).join(' '));
    this.problem = problem;
  }
}

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/**
 * One request to the reading room. `body` is sent as JSON; an answer outside 200 to 299 throws
 * {@link RequestRefusedError}, an unreachable server the browser's TypeError.
 */
export async function request<T>(method: Method, path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
  const response = await fetch(path, {
    method,
    credentials: 'same-origin',
    ...(method === 'GET' ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body ?? {}) }),
    ...(signal ? { signal } : {}),
  });
  if (!response.ok) throw await refusal(response);
  return (await response.json()) as T;
}

/** The bytes of a GET, with its headers. */
export async function requestBytes(
  path: string,
  signal?: AbortSignal,
): Promise<{ bytes: ArrayBuffer; headers: Headers }> {
  const response = await fetch(path, { credentials: 'same-origin', ...(signal ? { signal } : {}) });
  if (!response.ok) throw await refusal(response);
  return { bytes: await response.arrayBuffer(), headers: response.headers };
}

async function refusal(response: Response): Promise<RequestRefusedError> {
  const fallback: Problem = {
    type: 'about:blank',
    title: `${response.status} ${response.statusText}`,
    status: response.status,
  };
  if (!response.headers.get('content-type')?.includes('json')) return new RequestRefusedError(fallback);
  return new RequestRefusedError({ ...fallback, ...((await response.json()) as Partial<Problem>) });
}
