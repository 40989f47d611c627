import { changes, intensities, languages, likelihoods, natures, presences, uptakes, views } from '@radiolect/findings';
import type { Room } from '@radiolect/reading-room';
import {
  cancelAmendment,
  findStudy,
  heatMapPicture,
  listStudies,
  loadStudy,
  NotFoundError,
  readSetting,
  readStudy,
  signReport,
  startAmendment,
  studyActs,
  versionsOf,
  viewCounts,
} from '@radiolect/reading-room';
import { explain, plainText, signedReportText } from '@radiolect/reports';
import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { studyDetail, withoutNulls, worklistRow } from '../answers.ts';
import type { ExportedReport, PatientVersion, SitesAtAnswer, StudyDetail, Worklist } from '../api.ts';

const point = z.tuple([z.number(), z.number()]);
const outline = z.object({ view: z.enum(views), polygon: z.array(point).min(3).max(2000) });
const part = z.string().trim().min(1).max(80);
const attributes = {
  nature: z.enum(natures),
  likelihood: z.enum(likelihoods),
  change: z.enum(changes),
  uptake: z.enum(uptakes),
  intensity: z.enum(intensities),
};
const optional = Object.fromEntries(Object.entries(attributes).map(([key, form]) => [key, form.optional()])) as {
  [K in keyof typeof attributes]: z.ZodOptional<(typeof attributes)[K]>;
};
const nullable = Object.fromEntries(Object.entries(attributes).map(([key, form]) => [key, form.nullish()])) as {
  [K in keyof typeof attributes]: z.ZodOptional<z.ZodNullable<(typeof attributes)[K]>>;
};
const site = z.string().min(1).max(80);
const forms = {
  add: z.object({
    ...optional,
    site: site.optional(),
    part: part.optional(),
    presence: z.enum(presences).optional(),
    outline: outline.optional(),
  }),
  edit: z.object({ ...nullable, site: site.optional(), part: part.nullish(), presence: z.enum(presences).optional() }),
  panel: z.object({
    question: z.string().max(2000).optional(),
    primaryTumour: z.string().max(500).optional(),
    laboratory: z.record(z.string().max(60), z.string().max(120)).optional(),
    trauma: z.string().max(1000).optional(),
    surgery: z.string().max(1000).optional(),
    priorDate: z
      .string()
      .regex(/^\d{8}$/)
      .optional(),
  }),
  redraft: z.object({ language: z.enum(languages), keepEdits: z.boolean().optional() }),
  text: z.object({ text: z.string() }),
  addSentence: z.object({
    section: z.enum(['findings', 'impression']),
    text: z.string(),
    after: z.string().optional(),
  }),
  sitesAt: z.object({ view: z.enum(views), point }),
  view: z.object({ view: z.enum(views) }),
  sign: z.object({ revision: z.number().int(), despiteChecks: z.boolean().optional() }),
  amend: z.object({ reason: z.string().max(2000) }),
  patientVersion: z.object({ language: z.enum(languages).optional() }),
};
const date = z
  .string()
  .regex(/^\d{8}$/)
  .optional();
const filterForm = z.object({
  search: z.string().max(200).optional(),
  status: z.enum(['unread', 'draft', 'signed', 'amending']).optional(),
  disagree: z.string().optional(),
  priors: z.string().optional(),
  report: z.enum(['with', 'without']).optional(),
  from: date,
  to: date,
  limit: z.coerce.number().int().min(1).max(500).optional(),
  offset: z.coerce.number().int().min(0).optional(),
});

/** `/api/studies`: the worklist, one study's page, and what a reader does on it. */
export function studyRoutes(room: Room): Hono {
  const app = new Hono();
  const idOf = (context: Context): string => context.req.param('id') ?? '';
  const partOf = (context: Context, name: string): string => context.req.param(name) ?? '';
  const body = async <T>(context: Context, form: z.ZodType<T>): Promise<T> =>
    form.parse(await context.req.json().catch(() => undefined));
  const detail = async (context: Context): Promise<Response> =>
    context.json(studyDetail(await loadStudy(room, idOf(context))) satisfies StudyDetail);
  /** An act on the study, answered by the study as it is then. */
  const act =
    (work: (context: Context, id: string) => Promise<unknown>) =>
    async (context: Context): Promise<Response> => {
      await work(context, idOf(context));
      return detail(context);
    };

  app.get('/', async (context) => {
    const { disagree, priors, ...filter } = filterForm.parse(context.req.query());
    const list = await listStudies(room, { ...filter, disagree: disagree === '1', priors: priors === '1' });
    return context.json({ ...list, rows: list.rows.map(worklistRow) } satisfies Worklist);
  });
  app.get('/:id', detail);
  app.get('/:id/views/:key/counts', async (context) => {
    const counts = await viewCounts(room, idOf(context), partOf(context, 'key'));
    return context.body(counts.slice().buffer, 200, {
      'content-type': 'application/octet-stream',
      // Counts of a view never change; the address needs the token's cookie all the same.
      'cache-control': 'private, max-age=86400',
    });
  });
  app.put(
    '/:id/views/:key',
    act(async (context, id) =>
      studyActs.setView(room, id, partOf(context, 'key'), (await body(context, forms.view)).view),
    ),
  );
  app.get('/:id/heat-map/:site/:view', async (context) => {
    const view = z.enum(views).parse(partOf(context, 'view'));
    const format = context.req.query('format') === 'raw' ? 'raw' : 'png';
    const picture = await heatMapPicture(room, idOf(context), partOf(context, 'site'), view, format);
    return context.body(picture.bytes.slice().buffer, 200, {
      'content-type': format === 'raw' ? 'application/octet-stream' : 'image/png',
      'x-rows': String(picture.rows),
      'x-columns': String(picture.columns),
    });
  });

  app.post(
    '/:id/findings',
    act(async (context, id) => studyActs.add(room, id, withoutUndefined(await body(context, forms.add)))),
  );
  app.post(
    '/:id/findings/accept-all',
    act((_context, id) => studyActs.acceptEvery(room, id)),
  );
  app.post(
    '/:id/findings/from-report',
    act((_context, id) => studyActs.takeFromReport(room, id)),
  );
  app.post(
    '/:id/findings/:finding/accept',
    act((context, id) => studyActs.accept(room, id, partOf(context, 'finding'))),
  );
  app.post(
    '/:id/findings/:finding/reject',
    act((context, id) => studyActs.reject(room, id, partOf(context, 'finding'))),
  );
  app.delete(
    '/:id/findings/:finding',
    act((context, id) => studyActs.remove(room, id, partOf(context, 'finding'))),
  );
  app.patch(
    '/:id/findings/:finding',
    act(async (context, id) =>
      studyActs.edit(room, id, partOf(context, 'finding'), withoutUndefined(await body(context, forms.edit))),
    ),
  );
  app.post('/:id/sites-at', async (context) => {
    const { view, point: at } = await body(context, forms.sitesAt);
    return context.json({ sites: await studyActs.sitesAt(room, idOf(context), view, at) } satisfies SitesAtAnswer);
  });
  app.put(
    '/:id/panel',
    act(async (context, id) => studyActs.setPanel(room, id, withoutUndefined(await body(context, forms.panel)))),
  );

  app.post(
    '/:id/draft',
    act(async (context, id) => {
      const { language, keepEdits } = await body(context, forms.redraft);
      await studyActs.redraft(room, id, language, keepEdits ?? false);
    }),
  );
  app.post(
    '/:id/draft/sentences',
    act(async (context, id) => studyActs.write(room, id, await body(context, forms.addSentence))),
  );
  app.put(
    '/:id/draft/sentences/:sentence',
    act(async (context, id) =>
      studyActs.reword(room, id, partOf(context, 'sentence'), (await body(context, forms.text)).text),
    ),
  );
  app.delete(
    '/:id/draft/sentences/:sentence',
    act((context, id) => studyActs.strike(room, id, partOf(context, 'sentence'))),
  );
  app.post(
    '/:id/draft/sentences/:sentence/confirm',
    act((context, id) => studyActs.confirm(room, id, partOf(context, 'sentence'))),
  );
  app.post(
    '/:id/read',
    act((_context, id) => readStudy(room, id)),
  );

  app.post(
    '/:id/sign',
    act(async (context, id) => signReport(room, id, withoutUndefined(await body(context, forms.sign)))),
  );
  app.post(
    '/:id/amend',
    act(async (context, id) => startAmendment(room, id, (await body(context, forms.amend)).reason)),
  );
  app.post(
    '/:id/amend/cancel',
    act((_context, id) => cancelAmendment(room, id)),
  );
  app.get('/:id/export', async (context) => {
    const study = await findStudy(room.store.db, idOf(context));
    const number = context.req.query('version');
    const versions = await versionsOf(room.store.db, study.id);
    const report = number === undefined ? versions[0] : versions.find((version) => String(version.version) === number);
    if (!report) throw new NotFoundError('signed version');
    const name = `report-${study.id.slice(0, 8)}-v${report.version}`;
    if (context.req.query('format') !== 'json') {
      context.header('content-disposition', `attachment; filename="${name}.txt"`);
      return context.text(signedReportText(report));
    }
    context.header('content-disposition', `attachment; filename="${name}.json"`);
    return context.json({
      study: withoutNulls({
        accessionNumber: study.accessionNumber,
        patientId: study.patientId,
        studyDate: study.studyDate,
        studyInstanceUid: study.studyInstanceUid,
      }),
      report,
    } satisfies ExportedReport);
  });
  app.get('/:id/patient-version', async (context) => {
    const { db } = room.store;
    const study = await findStudy(db, idOf(context));
    const asked = forms.patientVersion.parse(context.req.query());
    const language = asked.language ?? (await readSetting(db, 'draftLanguage')) ?? 'en';
    const [report] = await versionsOf(db, study.id);
    if (!report) throw new NotFoundError('signed version');
    const sentences = explain({ findings: report.findings, language, pack: room.pack });
    return context.json({
      language,
      version: report.version,
      signedAt: report.signedAt,
      sentences,
      text: plainText(sentences, language),
    } satisfies PatientVersion);
  });
  return app;
}

type Defined<T> = { [K in keyof T]: Exclude<T[K], undefined> };
const withoutUndefined = <T extends object>(value: T): Defined<T> =>
  Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined)) as Defined<T>;
