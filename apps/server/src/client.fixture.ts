import type { JobEvent, JobStarted } from './api.ts';
import type { RunningServer } from './serve.ts';

/** Speaks to a running server as its page does, with the token in place of the cookie. */
export async function callServer<T>(
  { port, token }: RunningServer,
  method: string,
  path: string,
  body?: unknown,
): Promise<{ status: number; body: T }> {
  const origin = `http://127.0.0.1:${port}`;
  const response = await fetch(`${origin}/api${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, origin, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as T };
}

/** All events of a job, from the latest at the time of asking to its end. */
export async function eventsOf({ port, token }: RunningServer, { eventsUrl }: JobStarted): Promise<JobEvent[]> {
  const response = await fetch(`http://127.0.0.1:${port}${eventsUrl}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  return (await response.text())
    .split('\n')
    .filter((line) => line.startsWith('data:'))
    .map((line) => JSON.parse(line.slice(5)) as JobEvent);
}
