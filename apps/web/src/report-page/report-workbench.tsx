import type { CdeSet } from '@radiolect/findings';
import { labelLine } from '@radiolect/reports';
import type { ReactNode } from 'react';
import { useMemo, useRef, useState } from 'react';
import { BodyMap } from '../body-map/body-map.tsx';
import { useKeys } from '../keyboard/use-keys.ts';
import { useHighlight } from '../marks/highlight.tsx';
import type { Span } from '../marks/text-segments.ts';
import { CopyButton } from '../report-text/copy-button.tsx';
import { useWords } from '../words/words-context.tsx';
import { ChecksPanel } from './checks-panel.tsx';
import type { Instruments } from './instruments.ts';
import type { OpenReport } from './kept-report.ts';
import { noReport, openedText } from './kept-report.ts';
import { labelTable } from './label-rows.ts';
import { LabelsView, spokenLanguage } from './labels-view.tsx';
import { MarkLegend } from './mark-legend.tsx';
import { NoReportYet } from './no-report-yet.tsx';
import { openText } from './open-text.ts';
import { PlainPanel } from './plain-panel.tsx';
import { PointedCard } from './pointed-card.tsx';
import { positionNames } from './position-names.ts';
import { SaveButton } from './save-button.tsx';
import { shiftedSpans } from './shifted-spans.ts';
import { StructuredPanel } from './structured-panel.tsx';
import type { Tab } from './tabs.tsx';
import { Tabs } from './tabs.tsx';
import { TextFoot } from './text-foot.tsx';
import type { Stretch, TextMark } from './text-marks.ts';
import { highlightOf, marksOfChecks, marksOfReading, marksOfStructured } from './text-marks.ts';
import { TextPane } from './text-pane.tsx';
import { TextToolbar } from './text-toolbar.tsx';
import { useReadingWords } from './use-reading-words.ts';
import { useChecked, useStructured, useTimedReading } from './use-report-reading.ts';
import { useSettled } from './use-settled.ts';

const largestFileMegabytes = 2;
const nobody: ReadonlySet<string> = new Set();
const noMarks = new Map<string, never>();
const noSpans: readonly Span<TextMark>[] = [];

type View = 'labels' | 'checks' | 'structured' | 'plain';

/** The text on the left; what a pack makes of it on the right, all parts lighting each other. */
export function ReportWorkbench({
  packs,
  instruments,
  report,
  onReport,
}: {
  readonly packs: readonly string[];
  readonly instruments: Instruments;
  readonly report: OpenReport;
  readonly onReport: (report: OpenReport) => void;
}): ReactNode {
  const { t, language } = useWords();
  const { select } = useHighlight();
  const { pack, sets } = instruments;
  const [chosenView, setView] = useState<View>();
  const [setId, setSetId] = useState<string>();
  const [problem, setProblem] = useState<string>();
  const field = useRef<HTMLTextAreaElement>(null);
  const nameOf = useMemo(() => positionNames(pack, language), [pack, language]);
  const said = useReadingWords(nameOf);

  const settled = useSettled(report.text);
  const empty = settled.trim() === '';
  const timed = useTimedReading(instruments, settled);
  const checked = useChecked(instruments, settled, report.known, chosenView === 'checks');
  const set: CdeSet | undefined = sets.find(({ id }) => id === setId) ?? sets[0];
  const alarms = checked.checks.filter(({ severity }) => severity !== 'information').length;
  const tabs: readonly Tab<View>[] = [
    ...(timed ? [{ id: 'labels' as const, name: t('tabLabels') }] : []),
    ...(instruments.checker
      ? [{ id: 'checks' as const, name: t('tabChecks'), ...(alarms > 0 ? { count: alarms, warn: true } : {}) }]
      : []),
    ...(set ? [{ id: 'structured' as const, name: t('tabStructured') }] : []),
    ...(instruments.plain.length > 0 ? [{ id: 'plain' as const, name: t('tabPlain') }] : []),
  ];
  const view = tabs.find(({ id }) => id === chosenView)?.id ?? tabs[0]?.id;
  const { structured, problem: broken } = useStructured(instruments, view === 'structured' ? set : undefined, settled);
  const table = useMemo(() => timed && pack && labelTable(timed.reading, pack), [timed, pack]);

  // The marks are of the settled text; while one types they move along with it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `said` is made anew at each drawing and depends on the language alone.
  const settledSpans = useMemo((): readonly Span<TextMark>[] => {
    if (view === 'structured') return structured && set ? marksOfStructured(structured, set) : noSpans;
    if (view === 'checks') return marksOfChecks(checked.checks, language);
    if (!timed) return noSpans;
    return marksOfReading(timed.reading, said);
  }, [view, structured, set, checked, timed, language]);
  const marked = view === 'checks' ? checked.text : settled;
  const spans = useMemo(() => shiftedSpans(settledSpans, marked, report.text), [settledSpans, marked, report.text]);

  /** Another text, instead of the one that was there. */
  const replace = (next: Pick<OpenReport, 'text'> & Partial<OpenReport>): void => {
    select(undefined);
    setProblem(undefined);
    onReport({ ...noReport, ...(report.pack ? { pack: report.pack } : {}), ...next });
  };
  const open = (file: File): void => {
    setProblem(undefined);
    if (file.size > largestFileMegabytes * 1024 * 1024) {
      setProblem(t('fileTooLarge', { n: largestFileMegabytes }));
      return;
    }
    void file.arrayBuffer().then((bytes) => {
      const text = openText(new Uint8Array(bytes), instruments.reader);
      if (text === undefined) setProblem(t('notAText'));
      else replace({ ...openedText(text), id: file.name.replace(/\.[^.]*$/, '') || 'report', file: file.name });
    });
  };
  const toWords = ({ start, end }: Stretch): void => {
    field.current?.focus({ preventScroll: true });
    field.current?.setSelectionRange(start, end);
    const marks = spans.filter((span) => span.start <= start && start < span.end).map(({ value }) => value);
    if (marks.length > 0) select(highlightOf(marks));
    // Once the marks are drawn lit.
    requestAnimationFrame(() => document.querySelector('.text-marks .lit')?.scrollIntoView({ block: 'nearest' }));
  };
  const chooseSite = (sites: readonly string[]): void => {
    const site = sites.find((candidate) => table?.states.has(candidate)) ?? sites[0];
    if (site === undefined) return;
    const ids = (timed?.reading.findings ?? []).filter((finding) => finding.site === site).map(({ id }) => id);
    select({ sites: new Set([site]), findings: new Set(ids) });
  };
  useKeys([
    ['t', () => field.current?.focus()],
    ['Escape', () => select(undefined)],
    ...tabs.map(({ id }, index) => [`${index + 1}`, () => setView(id)] as const),
  ]);

  const reading = timed?.reading;
  const line = useMemo(() => {
    if (!reading || empty) return undefined;
    const given = report.edited ? undefined : report.given;
    return JSON.stringify(labelLine(report.id, (given && instruments.reader?.read(given)) || reading));
  }, [reading, empty, report.id, report.given, report.edited, instruments]);
  const mapped = pack?.atlas && table;
  return (
    <main className={`report-page${mapped ? '' : ' without-map'}`}>
      <h1 className="sr-only">{t('reportPage')}</h1>
      <section className="report-source" aria-label={t('reportText')}>
        <TextToolbar
          packs={packs}
          pack={instruments.name}
          examples={instruments.examples}
          hasText={report.text !== ''}
          onPack={(name) => onReport({ ...report, pack: name })}
          onExample={(text) => replace({ text })}
          onFile={open}
          onClear={() => {
            replace({ text: '' });
            field.current?.focus();
          }}
        />
        {[problem, broken, ...instruments.problems]
          .filter((message) => message !== undefined)
          .map((message) => (
            <p key={message} role="alert" className="problem">
              {message}
            </p>
          ))}
        <TextPane
          text={report.text}
          spans={spans}
          lang={spokenLanguage(reading)}
          field={field}
          onText={(text) => (text === '' ? replace({ text }) : onReport({ ...report, text, edited: true }))}
          onFile={open}
        />
        {timed && !empty && view !== 'checks' && view !== 'structured' && pack?.kind === 'sites' && <MarkLegend />}
        <TextFoot report={report} />
      </section>
      {mapped && pack.atlas && (
        <aside className="report-map">
          <BodyMap atlas={pack.atlas} states={table.states} marks={noMarks} proposed={nobody} onSites={chooseSite} />
          <PointedCard findings={reading?.findings ?? []} spans={spans} nameOf={nameOf} />
        </aside>
      )}
      <section className="report-result" aria-label={t('reportViews')}>
        {view && (
          <Tabs
            label={t('reportViews')}
            tabs={tabs}
            current={view}
            onChoose={setView}
            aside={
              line && (
                <span className="head-acts">
                  <CopyButton text={line} label={t('copyLabels')} />
                  <SaveButton
                    label={t('saveLabels')}
                    name={`${report.id}.labels.jsonl`}
                    type="application/json"
                    content={() => `${line}\n`}
                  />
                </span>
              )
            }
          >
            {empty && <NoReportYet examples={instruments.examples} onExample={(text) => replace({ text })} />}
            {!empty && view === 'labels' && table && timed && pack && (
              <LabelsView timed={timed} table={table} kind={pack.kind} said={said} onWords={toWords} />
            )}
            {!empty && view === 'checks' && (
              <ChecksPanel
                checked={checked}
                known={report.known}
                onKnown={(known) => onReport({ ...report, known })}
                onWords={toWords}
              />
            )}
            {!empty && view === 'structured' && structured && set && (
              <StructuredPanel
                structured={structured}
                set={set}
                sets={sets}
                text={settled}
                nameOf={nameOf}
                onSet={setSetId}
                onWords={toWords}
              />
            )}
            {!empty && view === 'plain' && pack && reading && (
              <PlainPanel findings={reading.findings} pack={pack} available={instruments.plain} />
            )}
          </Tabs>
        )}
        {!view && <p className="quiet centred">{t('readerMissing')}</p>}
      </section>
    </main>
  );
}
