import type { Presence } from '@radiolect/findings';
import type { AddFinding, PackAnswer, StudyDetail } from '@radiolect/server/api';
import { ArrowLeft, Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import { useMemo, useState } from 'react';
import { useStudyAction } from '../api/use-study-action.ts';
import { BodyMap } from '../body-map/body-map.tsx';
import { DraftsSideBySide } from '../drafts/drafts-side-by-side.tsx';
import { useDraftWriting } from '../drafts/use-draft-writing.ts';
import { FindingsList } from '../findings-list/findings-list.tsx';
import { useKeys } from '../keyboard/use-keys.ts';
import { HighlightProvider, useHighlight } from '../marks/highlight.tsx';
import { marksBySite, siteStates, worthTelling } from '../marks/site-state.ts';
import { addressOf, go } from '../navigation/route.ts';
import { neighbourStudy } from '../navigation/study-order.ts';
import { DraftPanel } from '../report-text/draft-panel.tsx';
import { ReportOnFilePanel } from '../report-text/report-on-file-panel.tsx';
import { SignBar } from '../report-text/sign-bar.tsx';
import { useWords } from '../words/words-context.tsx';
import { addSteps } from './add-steps.ts';
import { ClinicalPanel } from './clinical-panel.tsx';
import { ComparisonLine } from './comparison-line.tsx';
import { ModelNote } from './model-note.tsx';
import type { ChosenPlace } from './site-card.tsx';
import { SiteCard } from './site-card.tsx';
import { StudyHead } from './study-head.tsx';
import { StudyScans } from './study-scans.tsx';

/** One study: body map and findings, the scans, the draft above the report on file. */
export function StudyPage({ study, pack }: { readonly study: StudyDetail; readonly pack: PackAnswer }): ReactNode {
  return (
    <HighlightProvider key={study.id}>
      <Study study={study} pack={pack} />
    </HighlightProvider>
  );
}

function Study({ study, pack }: { readonly study: StudyDetail; readonly pack: PackAnswer }): ReactNode {
  const { t } = useWords();
  const actions = useStudyAction(study.id);
  const { select } = useHighlight();
  const [place, setPlace] = useState<ChosenPlace>();
  const [sideBySide, setSideBySide] = useState(false);
  const writing = useDraftWriting(study.id);
  const readOnly = study.status === 'signed';
  const comparing = sideBySide && !readOnly;
  const siteIds = useMemo(() => pack.sites.map((site) => site.id), [pack]);
  const findings = useMemo(() => study.findings.map((listed) => listed.finding), [study.findings]);
  const states = useMemo(() => siteStates(findings), [findings]);
  const marks = useMemo(() => marksBySite(study.comparison.filter(worthTelling), 'first'), [study.comparison]);
  const proposed = useMemo(
    () =>
      new Set(
        study.findings.flatMap(({ decision, inDraft, finding }) =>
          decision === 'proposed' && !(readOnly && inDraft) ? [finding.site] : [],
        ),
      ),
    [study.findings, readOnly],
  );

  const choose = (next: ChosenPlace): void => {
    setPlace(readOnly ? undefined : next);
    const site = next.sites[0];
    const known = findings.filter((finding) => finding.site === site).map((finding) => finding.id);
    if (site !== undefined) select({ sites: new Set([site]), findings: new Set(known) });
  };
  const add = async (site: string, presence: Presence): Promise<void> => {
    const finding: AddFinding = { site, presence, ...(place?.outline ? { outline: place.outline } : {}) };
    setPlace(undefined);
    // A refused step shows its message in the page's alert; the steps after it are then not taken.
    for (const step of addSteps(study.findings, finding)) await actions.mutateAsync(step);
  };
  const walk = (step: 1 | -1) => (): void => {
    const next = neighbourStudy(study.id, step);
    if (next) go({ page: 'study', id: next });
  };
  useKeys([
    ['n', walk(1)],
    ['p', walk(-1)],
    ['+', () => !readOnly && setPlace({ sites: [] })],
    ['d', () => focusSentence(1)],
    ['D', () => focusSentence(-1)],
  ]);

  return (
    <main className="study-page">
      <header className="study-bar">
        <a className="icon button" href={addressOf({ page: 'worklist', search: '' })} aria-label={t('worklist')}>
          <ArrowLeft />
        </a>
        <StudyHead study={study} />
        {actions.isPending && (
          <span className="working quiet" role="status">
            {t('working')}
          </span>
        )}
        <ComparisonLine study={study} />
      </header>
      {actions.error && (
        <p role="alert" className="problem">
          {actions.error.message}
          <button type="button" className="small" onClick={() => actions.reset()}>
            {t('close')}
          </button>
        </p>
      )}
      <div className={`study-columns${comparing ? ' comparing' : ''}`}>
        <aside className="column-sites">
          {pack.atlas && (
            <BodyMap
              atlas={pack.atlas}
              states={states}
              marks={marks}
              proposed={proposed}
              onSites={(sites) => choose({ sites })}
            />
          )}
          {place ? (
            <SiteCard
              place={place}
              allSites={siteIds}
              states={states}
              marks={marks}
              onSite={(site) => choose({ ...place, sites: [site, ...place.sites.filter((other) => other !== site)] })}
              onAdd={(site, presence) => void add(site, presence).catch(() => undefined)}
              onClose={() => setPlace(undefined)}
            />
          ) : (
            !readOnly && (
              <button type="button" className="small add-finding" onClick={() => setPlace({ sites: [] })}>
                <Plus /> {t('addFinding')} <kbd>+</kbd>
              </button>
            )
          )}
          <ModelNote
            reading={study.reading}
            onRead={() => actions.mutate({ method: 'POST', path: 'read' })}
            onTakeReport={
              !readOnly && study.reportOnFile?.reading.findings.some(({ site }) => !states.has(site))
                ? () => actions.mutate({ method: 'POST', path: 'findings/from-report' })
                : undefined
            }
          />
          <FindingsList findings={study.findings} sites={siteIds} marks={marks} readOnly={readOnly} actions={actions} />
        </aside>
        <StudyScans
          study={study}
          atlas={pack.atlas}
          states={states}
          readOnly={readOnly}
          onSites={(sites) => choose({ sites })}
          onOutline={(view, polygon, sites) => choose({ sites, outline: { view, polygon } })}
          onSetView={(key, view) =>
            actions.mutate({ method: 'PUT', path: `views/${encodeURIComponent(key)}`, body: { view } })
          }
        />
        <div className="column-report">
          <ClinicalPanel
            panel={study.panel}
            readOnly={readOnly}
            onSave={(panel) => actions.mutate({ method: 'PUT', path: 'panel', body: panel })}
          />
          <DraftPanel
            study={study}
            marks={marks}
            readOnly={readOnly}
            actions={actions}
            onSideBySide={() => setSideBySide(true)}
          />
          <ReportOnFilePanel report={study.reportOnFile} comparison={study.comparison} />
          <SignBar study={study} actions={actions} />
        </div>
        {comparing && (
          <DraftsSideBySide
            study={study}
            states={states}
            writing={writing}
            actions={actions}
            onAdd={(site) => void add(site, 'present').catch(() => undefined)}
            onClose={() => setSideBySide(false)}
          />
        )}
      </div>
    </main>
  );
}

/** Moves the focus to the next or previous sentence of the draft. */
function focusSentence(step: 1 | -1): void {
  const sentences = [...document.querySelectorAll<HTMLElement>('[data-sentence] > [tabindex]')];
  const at = document.activeElement instanceof HTMLElement ? sentences.indexOf(document.activeElement) : -1;
  sentences[at < 0 ? (step > 0 ? 0 : sentences.length - 1) : at + step]?.focus();
}
