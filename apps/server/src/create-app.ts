import { serveStatic } from '@hono/node-server/serve-static';
import type { Room, TrainingSurroundings } from '@radiolect/reading-room';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { onlyFromHere, onlyJsonBodies, onlyWithToken, securityHeaders } from './guards.ts';
import type { Jobs } from './jobs.ts';
import { HttpRefusal, problemOf } from './problems.ts';
import { draftRoutes } from './routes/draft-routes.ts';
import { importRoutes } from './routes/import-routes.ts';
import { jobRoutes } from './routes/job-routes.ts';
import { modelRoutes } from './routes/model-routes.ts';
import { packRoutes } from './routes/pack-routes.ts';
import { reviewRoutes } from './routes/review-routes.ts';
import { sessionRoutes } from './routes/session-routes.ts';
import { studyRoutes } from './routes/study-routes.ts';

export interface AppOptions {
  readonly room: Room;
  readonly jobs: Jobs;
  readonly around: TrainingSurroundings;
  readonly token: string;
  readonly version: string;
  /** The built page; without it only the interface is served. */
  readonly webFolder?: string | undefined;
  /** Gets errors that are ours to mend; the page gets only their kind. */
  readonly report: (error: unknown) => void;
}

const largestBody = 1024 * 1024;

/** The reading room over HTTP: the guards, `/api`, and the page. */
export function createApp({ room, jobs, around, token, version, webFolder, report }: AppOptions): Hono {
  const app = new Hono();
  app.use(securityHeaders);
  app.use(onlyFromHere);
  app.use(onlyWithToken(token));
  app.use('/api/*', onlyJsonBodies);
  app.use(
    '/api/*',
    bodyLimit({
      maxSize: largestBody,
      onError: () => {
        throw new HttpRefusal(413, 'the request is larger than 1 MB', 'import files by their paths');
      },
    }),
  );
  app.route('/api', sessionRoutes(room, version));
  app.route('/api', importRoutes(room, jobs));
  app.route('/api', modelRoutes(room, jobs, around));
  app.route('/api', draftRoutes(room, jobs));
  app.route('/api/review-queue', reviewRoutes(room, jobs));
  app.route('/api/packs', packRoutes(room));
  app.route('/api/studies', studyRoutes(room));
  app.route('/api/jobs', jobRoutes(room, jobs));
  app.all('/api/*', () => {
    throw new HttpRefusal(404, 'there is no such address', 'reload the page');
  });
  if (webFolder !== undefined) {
    app.use(
      '/assets/*',
      serveStatic({
        root: webFolder,
        onFound: (_path, context) => context.header('cache-control', 'public, max-age=31536000, immutable'),
      }),
    );
    app.use('*', serveStatic({ root: webFolder }));
    // Addresses of the page itself (/studies/…) are known to the page alone.
    app.get('*', serveStatic({ root: webFolder, path: 'index.html' }));
  }
  app.onError((error, context) => {
    const problem = problemOf(error);
    if (problem.status >= 500) report(error);
    const wantsPage = problem.status === 401 && !new URL(context.req.url).pathname.startsWith('/api');
    if (wantsPage) return context.text(`Radiolect: ${problem.title}. Please ${problem.fix}.\n`, 401);
    // The rest of a body that is too large is not read: the connection cannot be used again.
    if (problem.status === 413) context.header('connection', 'close');
    return context.body(JSON.stringify(problem), problem.status as 400, { 'content-type': 'application/problem+json' });
  });
  return app;
}
