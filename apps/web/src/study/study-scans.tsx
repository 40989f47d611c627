import type { Atlas, Finding, Point, View } from '@radiolect/findings';
import { siteAt, warpToAtlas } from '@radiolect/findings';
import type { ListedFinding, PriorStudy, StudyDetail } from '@radiolect/server/api';
import type { ReactNode } from 'react';
import { useMemo, useState } from 'react';
import { useKeys } from '../keyboard/use-keys.ts';
import { useHighlight } from '../marks/highlight.tsx';
import type { SiteStates } from '../marks/site-state.ts';
import { siteStates } from '../marks/site-state.ts';
import { sitesOfOutline } from '../viewer/sites-of-outline.ts';
import type { ViewerState } from '../viewer/viewer-state.ts';
import { nextScheme, openingState, windowStep } from '../viewer/viewer-state.ts';
import type { Viewport } from '../viewer/viewport.ts';
import { unionBox } from '../viewer/viewport.ts';
import { openingWindow, priorWindow } from '../viewer/window-level.ts';
import { shortDate } from '../words/dates.ts';
import { useWords } from '../words/words-context.tsx';
import type { LinkedCursor } from './placed-scan.tsx';
import { PlacedScan } from './placed-scan.tsx';
import { ScanToolbar } from './scan-toolbar.tsx';
import { SincePrior } from './since-prior.tsx';
import type { LoadedView } from './use-pictures.ts';
import { usePictures } from './use-pictures.ts';

interface StudyScansProps {
  readonly study: StudyDetail;
  readonly atlas: Atlas | undefined;
  readonly states: SiteStates;
  readonly readOnly: boolean;
  /** A click on the scan: the sites there, smallest first. */
  readonly onSites: (sites: readonly string[]) => void;
  readonly onOutline: (view: View, polygon: readonly Point[], sites: readonly string[]) => void;
  readonly onSetView: (key: string, view: View) => void;
}

const none: readonly never[] = [];

/** The study's views side by side and, when one is chosen, a prior beside them; one window and viewport for all. */
export function StudyScans(props: StudyScansProps): ReactNode {
  const { study, atlas } = props;
  const { t } = useWords();
  const [state, setState] = useState<ViewerState>(openingState);
  const [priorId, setPriorId] = useState<string>();
  const [cursor, setCursor] = useState<LinkedCursor>();
  const { highlight } = useHighlight();
  const prior = study.priors.find((entry) => entry.id === priorId);
  const { pictures, waiting, problem } = usePictures(study.views, atlas);
  const { pictures: priorPictures } = usePictures(prior?.views ?? none, atlas);

  const change = (part: Partial<ViewerState>): void => setState((known) => ({ ...known, ...part }));
  const opening = openingWindow(pictures.map(({ studyView }) => studyView.window));
  const shown = { lower: opening.lower, upper: state.upper ?? opening.upper };
  const heated = heatFinding(study.findings, highlight.findings, highlight.sites);
  useKeys([
    ['h', () => change({ showHeat: !state.showHeat })],
    ['i', () => change({ scheme: nextScheme(state.scheme) })],
    ['o', () => !props.readOnly && change({ drawing: !state.drawing })],
    ['[', () => change({ upper: shown.upper / windowStep })],
    [']', () => change({ upper: shown.upper * windowStep })],
    ['0', () => change({ upper: undefined, viewport: undefined })],
  ]);

  const listed = useMemo(() => study.findings.map((entry) => entry.finding), [study.findings]);
  const reference = pictures[0];
  const sitesAt = (loaded: LoadedView, point: Point): readonly string[] => {
    const { warp } = loaded;
    const { view } = loaded.studyView;
    return atlas && view && warp ? siteAt(atlas, view, warpToAtlas(warp, point)) : [];
  };
  const scansOf = (loadedViews: readonly LoadedView[], owner: StudyDetail | PriorStudy): ReactNode => {
    if (!reference) return null;
    const ofPrior = owner !== study;
    const counts = (views: StudyDetail['views']): number => views.reduce((sum, view) => sum + view.bodyCounts, 0);
    const findings: readonly Finding[] = ofPrior ? (owner as PriorStudy).findings : listed;
    const states = ofPrior ? siteStates(findings) : props.states;
    const boxes = loadedViews.map(({ box, picture, studyView }) => ({
      box,
      columns: picture.columns,
      view: studyView.view,
    }));
    return loadedViews.map((loaded) => (
      <PlacedScan
        key={loaded.studyView.countsUrl}
        id={loaded.studyView.countsUrl}
        loaded={loaded}
        reference={reference}
        atlas={atlas}
        box={boxes.reduce(
          (sum, { box, columns, view }) => unionBox(sum, box, view === loaded.studyView.view ? undefined : columns),
          loaded.box,
        )}
        caption={ofPrior ? t('priorOf', { date: shortDate(owner.studyDate) }) : undefined}
        countWindow={ofPrior ? priorWindow(shown, counts(study.views), counts(owner.views)) : shown}
        state={state}
        heatUrl={
          state.showHeat && !ofPrior && loaded.studyView.view ? heated?.heatMapUrls[loaded.studyView.view] : undefined
        }
        findings={findings}
        states={states}
        highlight={highlight}
        cursor={cursor}
        onCursor={setCursor}
        viewport={state.viewport}
        onViewport={(viewport: Viewport) => change({ viewport: viewport.zoom === 1 ? undefined : viewport })}
        onFit={() => change({ viewport: undefined })}
        onPick={ofPrior ? undefined : (point) => props.onSites(sitesAt(loaded, point))}
        onOutline={
          ofPrior || props.readOnly || !loaded.studyView.view
            ? undefined
            : (polygon) => {
                change({ drawing: false });
                const { warp, studyView } = loaded;
                if (!studyView.view) return;
                const sites = atlas && warp ? sitesOfOutline(atlas, studyView.view, warp, polygon) : [];
                props.onOutline(studyView.view, polygon, sites);
              }
        }
        onSetView={ofPrior ? undefined : (view) => props.onSetView(loaded.studyView.key, view)}
      />
    ));
  };

  const under = pictures.find(({ studyView }) => studyView.countsUrl === cursor?.from);
  return (
    <section className="scans" aria-label={t('scans')}>
      <ScanToolbar
        state={state}
        onChange={change}
        opening={opening.upper}
        upper={shown.upper}
        priors={study.priors}
        prior={priorId}
        onPrior={setPriorId}
        heatable={heated !== undefined}
        readOnly={props.readOnly}
        countUnderCursor={under && cursor ? countAt(under, cursor.own) : undefined}
        sitesUnderCursor={under && cursor ? sitesAt(under, cursor.own) : none}
      />
      {prior && <SincePrior prior={prior} findings={listed} />}
      {problem && <p role="alert">{problem.message}</p>}
      {waiting && !problem && <p className="quiet centred">{t('loadingScan')}</p>}
      {study.views.length === 0 && <p className="quiet centred">{t('noViews')}</p>}
      <div className="scan-row">
        {scansOf(pictures, study)}
        {prior && <div className="prior-gap" aria-hidden="true" />}
        {prior && scansOf(priorPictures, prior)}
      </div>
    </section>
  );
}

/** The finding whose heat map is shown: the one pointed at, or the one at the site pointed at. */
function heatFinding(
  findings: readonly ListedFinding[],
  ids: ReadonlySet<string>,
  sites: ReadonlySet<string>,
): ListedFinding | undefined {
  const hot = findings.filter(({ heatMapUrls }) => Object.keys(heatMapUrls).length > 0);
  return (
    hot.find(({ finding }) => ids.has(finding.id)) ??
    hot.find(({ finding }) => sites.has(finding.site) && finding.presence !== 'absent')
  );
}

/** The count of the pixel at a point; undefined beside the picture. */
function countAt({ picture: { columns, rows, counts } }: LoadedView, [x, y]: Point): number | undefined {
  const [column, row] = [Math.floor(x), Math.floor(y)];
  return column >= 0 && column < columns && row >= 0 && row < rows ? counts[row * columns + column] : undefined;
}
