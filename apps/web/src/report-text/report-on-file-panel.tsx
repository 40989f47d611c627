import type { Finding, SiteComparison } from '@radiolect/findings';
import type { ReportOnFile } from '@radiolect/server/api';
import { TextSearch } from 'lucide-react';
import type { ReactNode } from 'react';
import { useMemo } from 'react';
import { useHighlight } from '../marks/highlight.tsx';
import { MarkBadge } from '../marks/mark-badge.tsx';
import type { Mark } from '../marks/site-state.ts';
import { marksBySite, worstMark, worthTelling } from '../marks/site-state.ts';
import { textSegments } from '../marks/text-segments.ts';
import { addressOf, useRoute } from '../navigation/route.ts';
import { useWords } from '../words/words-context.tsx';
import { labelSpans } from './label-spans.ts';

/** The report on file as it was written, the words that became labels highlighted and compared with the list. */
export function ReportOnFilePanel({
  report,
  comparison,
}: {
  readonly report: ReportOnFile | undefined;
  readonly comparison: readonly SiteComparison[];
}): ReactNode {
  const { t } = useWords();
  const { highlight, hover, select } = useHighlight();
  const route = useRoute();
  const spans = useMemo(() => (report ? labelSpans(report.reading) : []), [report]);
  const segments = useMemo(() => (report ? textSegments(report.text, spans) : []), [report, spans]);
  const marks = useMemo(() => marksBySite(comparison.filter(worthTelling), 'second'), [comparison]);
  const ends = useMemo(() => new Set(spans.map((span) => span.end)), [spans]);
  return (
    <section className="report-panel on-file" aria-label={t('reportOnFile')}>
      <header className="panel-head">
        <h2>{t('reportOnFile')}</h2>
        {report && report.matchedBy !== 'accession-number' && <span className="tag">{t('matchedByDate')}</span>}
        {report && route.page === 'study' && (
          <a
            className="icon button"
            href={addressOf({ page: 'report', study: route.id })}
            title={t('readClosely')}
            aria-label={t('readClosely')}
          >
            <TextSearch />
          </a>
        )}
        {report && report.reading.warnings.length > 0 && (
          <span
            className="tag warn"
            title={[
              ...new Set(
                report.reading.warnings.map(({ code, subject }) => [code, subject].filter(Boolean).join(': ')),
              ),
            ].join('\n')}
          >
            {t('readingWarnings', { n: report.reading.warnings.length })}
          </span>
        )}
      </header>
      {!report && <p className="quiet">{t('noReportOnFile')}</p>}
      {report && (
        <div
          className="report-body filed"
          lang={report.language === 'mixed' || report.language === 'unknown' ? undefined : report.language}
        >
          {segments.map((segment) => {
            const labels = segment.values.flatMap((value) => value.findings);
            if (segment.values.length === 0) return <span key={segment.start}>{segment.text}</span>;
            if (labels.length === 0)
              return (
                <span
                  key={segment.start}
                  className="aside-span"
                  title={segment.values.map((value) => value.note).join(', ')}
                >
                  {segment.text}
                </span>
              );
            const sites = new Set(labels.map((label) => label.site));
            const own = { sites, findings: new Set<string>() };
            const lit = [...sites].some((site) => highlight.sites.has(site));
            const last = ends.has(segment.start + segment.text.length);
            return (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the same highlight is reached from the findings list.
              <mark
                key={segment.start}
                className={`label-span ${strongest(labels)}${lit ? ' lit' : ''}`}
                data-sites={[...sites].join(' ')}
                onMouseEnter={() => hover(own)}
                onMouseLeave={() => hover(undefined)}
                onClick={() => select(own)}
              >
                {segment.text}
                {last && <SpanMark marks={marks} sites={sites} />}
              </mark>
            );
          })}
        </div>
      )}
    </section>
  );
}

function SpanMark({
  marks,
  sites,
}: {
  readonly marks: ReadonlyMap<string, Mark>;
  readonly sites: ReadonlySet<string>;
}): ReactNode {
  const mark = worstMark([...sites].map((site) => marks.get(site)));
  return mark ? <MarkBadge mark={mark} /> : null;
}

function strongest(findings: readonly Finding[]): Finding['presence'] {
  if (findings.some(({ presence }) => presence === 'present')) return 'present';
  return findings.some(({ presence }) => presence === 'uncertain') ? 'uncertain' : 'absent';
}
