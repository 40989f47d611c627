import type { StudyDetail } from '@radiolect/server/api';
import type { ReactNode } from 'react';
import { useEffect, useMemo } from 'react';
import { usePackFiles, usePacks } from '../api/queries.ts';
import { request } from '../api/request.ts';
import { HighlightProvider } from '../marks/highlight.tsx';
import { replaceRoute } from '../navigation/route.ts';
import { useWords } from '../words/words-context.tsx';
import { instrumentsOf } from './instruments.ts';
import { openedText, useOpenReport } from './kept-report.ts';
import { knownOfStudy } from './known-beside.ts';
import { ReportWorkbench } from './report-workbench.tsx';

/** Paste or open a report: what it says of each site, on the body map, in a table, checked and laid out on elements. */
export function ReportPage({ study }: { readonly study?: string | undefined }): ReactNode {
  const { t } = useWords();
  const [report, setReport] = useOpenReport();
  const { data: list, error } = usePacks();
  // biome-ignore lint/correctness/useExhaustiveDependencies: a study is fetched once, in whichever language.
  useEffect(() => {
    if (study === undefined) return;
    const leaving = new AbortController();
    request<StudyDetail>('GET', `/api/studies/${encodeURIComponent(study)}`, undefined, leaving.signal)
      .then((detail) => {
        const { reportOnFile, accessionNumber: number = t('noAccession') } = detail;
        if (!reportOnFile) return;
        setReport({
          ...openedText(reportOnFile.text),
          id: detail.accessionNumber ?? study,
          study: { id: study, number },
          known: knownOfStudy(detail),
        });
        // From here on the text is the page's own: it may be edited and is not fetched again.
        replaceRoute({ page: 'report' });
      })
      .catch(() => undefined);
    return () => leaving.abort();
  }, [study]);
  const pack = report.pack && list?.packs.includes(report.pack) ? report.pack : list?.packs[0];
  if (error)
    return (
      <p role="alert" className="problem">
        {error.message}
      </p>
    );
  if (!list || !pack) return <p className="quiet centred">{t('loading')}</p>;
  return (
    <HighlightProvider>
      <WithPack packs={list.packs} pack={pack} report={report} onReport={setReport} />
    </HighlightProvider>
  );
}

function WithPack({
  packs,
  pack,
  report,
  onReport,
}: Omit<Parameters<typeof ReportWorkbench>[0], 'instruments'> & { readonly pack: string }): ReactNode {
  const { t } = useWords();
  const { data: files, error } = usePackFiles(pack);
  const instruments = useMemo(() => files && instrumentsOf(files), [files]);
  if (error)
    return (
      <p role="alert" className="problem">
        {error.message}
      </p>
    );
  if (!instruments) return <p className="quiet centred">{t('loading')}</p>;
  return (
    <ReportWorkbench
      key={instruments.name}
      packs={packs}
      instruments={instruments}
      report={report}
      onReport={onReport}
    />
  );
}
