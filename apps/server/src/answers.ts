import { createHash } from 'node:crypto';
import type { View } from '@radiolect/findings';
import type { ImportRun, Matches, StudyPage, StudyViewRecord, WorklistEntry } from '@radiolect/reading-room';
import type {
  ImportSummary,
  Matches as MatchesAnswer,
  StudyDetail,
  StudyView,
  UnmatchedReport,
  WorklistRow,
} from './api.ts';

// From the reading room's records to what the page gets: nulls become absent keys, pictures become addresses.

type WithoutNulls<T> = { [K in keyof T as null extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as null extends T[K] ? K : never]?: NonNullable<T[K]>;
};

/** Leaves out keys whose value is null or undefined. */
export const withoutNulls = <T extends object>(value: T): WithoutNulls<T> =>
  Object.fromEntries(Object.entries(value).filter(([, v]) => v !== null && v !== undefined)) as WithoutNulls<T>;

export const worklistRow = (entry: WorklistEntry): WorklistRow => withoutNulls(entry);

export function studyDetail(page: StudyPage): StudyDetail {
  const { study, views, priors, draftText, comparison, marks, checks, versions } = page;
  const { reading } = study;
  const { warps, ...shownReading } = reading;
  const heatMapUrls = heatMapsOf(page);
  return {
    ...withoutNulls({
      id: study.id,
      revision: study.revision,
      status: study.status,
      accessionNumber: study.accessionNumber,
      patientId: study.patientId,
      patientName: study.patientName,
      patientSex: study.patientSex,
      patientBirthDate: study.patientBirthDate,
      studyDate: study.studyDate,
      studyTime: study.studyTime,
      description: study.description,
      radiopharmaceutical: study.radiopharmaceutical,
      draft: study.draft,
      amendReason: study.amendReason,
    }),
    ...(draftText === undefined ? {} : { draftText }),
    synthetic: study.synthetic,
    views: views.map((view) => studyView(view, warps)),
    priors: priors.map((prior) => ({
      ...withoutNulls({
        id: prior.study.id,
        studyDate: prior.study.studyDate,
        accessionNumber: prior.study.accessionNumber,
        description: prior.study.description,
      }),
      views: prior.views.map((view) => studyView(view, prior.study.reading.warps)),
      findings: prior.findings,
      findingsFrom: prior.findingsFrom,
    })),
    panel: study.panel,
    reading: shownReading,
    findings: study.findings.map((listed) => ({
      ...listed,
      heatMapUrls: heatMapUrls(listed.finding.site),
    })),
    ...(study.reportOnFile
      ? { reportOnFile: { ...study.reportOnFile, language: study.reportOnFile.reading.language } }
      : {}),
    comparison,
    ...(marks ? { marks } : {}),
    checks,
    versions,
  };
}

/**
 * Tells of a site where its heat maps lie, by view; nowhere where no model read the study. An address names the reading,
 * so that a heat map kept by the browser is never shown for a later model or another pose.
 */
export function heatMapsOf({
  study,
  views,
}: Pick<StudyPage, 'study' | 'views'>): (site: string) => Readonly<Partial<Record<View, string>>> {
  const { state, model, warps } = study.reading;
  if (state !== 'read') return () => ({});
  const reading = createHash('sha256')
    .update(JSON.stringify([model, warps]))
    .digest('hex')
    .slice(0, 12);
  return (site) =>
    Object.fromEntries(
      views.flatMap(({ view }) =>
        view ? [[view, `/api/studies/${study.id}/heat-map/${site}/${view}?reading=${reading}`]] : [],
      ),
    );
}

function studyView(view: StudyViewRecord, warps: StudyPage['study']['reading']['warps']): StudyView {
  const warp = view.view ? warps?.[view.view] : undefined;
  return {
    key: view.key,
    ...withoutNulls({ view: view.view, pixelSpacing: view.pixelSpacing }),
    viewFrom: view.viewFrom,
    rows: view.rowCount,
    columns: view.columnCount,
    countsUrl: `/api/studies/${view.studyId}/views/${view.key}/counts`,
    window: view.windowHint,
    bodyCounts: view.bodyCounts,
    ...(warp ? { warp } : {}),
  };
}

export function importSummary(run: ImportRun): ImportSummary {
  const { counts } = run;
  return {
    id: run.id,
    startedAt: run.startedAt.toISOString(),
    ...(run.finishedAt ? { finishedAt: run.finishedAt.toISOString() } : {}),
    state: run.state,
    studies: { added: counts.studiesAdded, known: counts.studiesKnown },
    reports: {
      added: counts.reportsAdded,
      known: counts.reportsKnown,
      addenda: counts.addenda,
      notUnderstood: counts.notUnderstood,
    },
    matched: { byAccession: counts.byAccession, proposedByDate: counts.proposedByDate },
    unmatched: { studies: counts.unmatchedStudies, reports: counts.unmatchedReports },
    refusals: run.refusals.map(({ file, rowNumber, rule, fix }) => ({
      file,
      ...(rowNumber === null ? {} : { row: rowNumber }),
      rule,
      fix,
    })),
    columnsNeeded: run.columnsNeeded,
  };
}

export function matchesAnswer(matches: Matches): MatchesAnswer {
  return {
    proposals: matches.proposals.map(({ id, report, study, daysApart }) => ({
      id,
      daysApart,
      report: unmatchedReport(report),
      study: withoutNulls({
        id: study.id,
        accessionNumber: study.accessionNumber,
        patientId: study.patientId,
        studyDate: study.studyDate,
      }),
    })),
    reportsWithoutStudy: matches.reportsWithoutStudy.map(unmatchedReport),
    studiesWithoutReport: matches.studiesWithoutReport.map((study) => withoutNulls(study)),
  };
}

const unmatchedReport = (report: Matches['reportsWithoutStudy'][number]): UnmatchedReport => ({
  ...withoutNulls({
    id: report.id,
    accessionNumber: report.accessionNumber,
    patientId: report.patientId,
    studyDate: report.studyDate,
  }),
  opening: report.text.slice(0, 160),
});
