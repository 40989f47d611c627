import type { Atlas, Finding, Point, View } from '@radiolect/findings';
import { views } from '@radiolect/findings';
import type { ReactNode } from 'react';
import { useMemo } from 'react';
import { useHeatMap } from '../api/queries.ts';
import type { Highlight } from '../marks/highlight.tsx';
import type { SiteStates } from '../marks/site-state.ts';
import type { PlacedView } from '../viewer/linked-cursor.ts';
import { linkedPoint } from '../viewer/linked-cursor.ts';
import { ScanView } from '../viewer/scan-view.tsx';
import type { ViewerState } from '../viewer/viewer-state.ts';
import type { Box, Viewport } from '../viewer/viewport.ts';
import { centreOf } from '../viewer/viewport.ts';
import type { CountWindow } from '../viewer/window-level.ts';
import { useWords } from '../words/words-context.tsx';
import { scanOutlines } from './scan-outlines.ts';
import type { LoadedView } from './use-pictures.ts';

/** Where the pointer is: over which picture, there, and in the reference view's pixels. */
export interface LinkedCursor {
  readonly from: string;
  readonly own: Point;
  readonly point: Point;
}

interface PlacedScanProps {
  readonly id: string;
  readonly loaded: LoadedView;
  /** The view whose pixels the common viewport is given in. */
  readonly reference: LoadedView;
  readonly atlas: Atlas | undefined;
  readonly box: Box;
  readonly caption: string | undefined;
  readonly countWindow: CountWindow;
  readonly state: ViewerState;
  readonly heatUrl: string | undefined;
  readonly findings: readonly Finding[];
  readonly states: SiteStates;
  readonly highlight: Highlight;
  readonly cursor: LinkedCursor | undefined;
  readonly onCursor: (cursor: LinkedCursor | undefined) => void;
  /** In the reference view's pixels; undefined while the whole body is shown. */
  readonly viewport: Viewport | undefined;
  readonly onViewport: (viewport: Viewport) => void;
  readonly onFit: () => void;
  readonly onPick: ((point: Point) => void) | undefined;
  readonly onOutline: ((polygon: readonly Point[]) => void) | undefined;
  readonly onSetView: ((view: View) => void) | undefined;
}

/** One loaded view in the common viewport: takes cursor and centre from the reference view's pixels to its own. */
export function PlacedScan(props: PlacedScanProps): ReactNode {
  const { t, word } = useWords();
  const { loaded, reference, atlas, cursor, viewport } = props;
  const { studyView, picture, warp } = loaded;
  const { data: heat, isFetching: heating } = useHeatMap(props.heatUrl);
  const own = placedView(loaded);
  const first = placedView(reference);
  const isReference = loaded === reference;
  const shown =
    viewport === undefined
      ? { zoom: 1, centre: centreOf(props.box) }
      : isReference
        ? viewport
        : { zoom: viewport.zoom, centre: linkedPoint(atlas, first, own, viewport.centre) };
  const outlines = useMemo(
    () => scanOutlines(studyView.view, warp, props.findings, props.states, props.highlight, atlas),
    [studyView.view, warp, props.findings, props.states, props.highlight, atlas],
  );
  const unsure = studyView.viewFrom === 'unknown' || studyView.viewFrom === 'classifier';
  return (
    <div className="placed-scan">
      <ScanView
        name={[studyView.view ? word('view', studyView.view) : t('viewUnknown'), props.caption]
          .filter(Boolean)
          .join(' · ')}
        view={studyView.view}
        picture={picture}
        heat={props.heatUrl ? heat : undefined}
        heatOpacity={0.65}
        window={props.countWindow}
        scheme={props.state.scheme}
        viewport={shown}
        box={props.box}
        onViewport={(moved) =>
          props.onViewport(
            isReference ? moved : { zoom: moved.zoom, centre: linkedPoint(atlas, own, first, moved.centre) },
          )
        }
        cursor={cursor && cursor.from !== props.id ? linkedPoint(atlas, first, own, cursor.point) : undefined}
        onCursor={(point) =>
          props.onCursor(
            point && { from: props.id, own: point, point: isReference ? point : linkedPoint(atlas, own, first, point) },
          )
        }
        outlines={outlines}
        drawing={props.state.drawing && props.onOutline !== undefined}
        onOutline={props.onOutline}
        onPick={props.onPick}
        onFit={props.onFit}
      />
      {heating && (
        <p className="heating quiet" role="status">
          {t('heatComing')}
        </p>
      )}
      {unsure && props.onSetView && (
        <p className="view-question">
          {t(studyView.view ? 'viewGuessed' : 'viewAsk')}
          {views.map((view) => (
            <button
              key={view}
              type="button"
              className="small"
              aria-pressed={studyView.view === view}
              onClick={() => props.onSetView?.(view)}
            >
              {word('view', view)}
            </button>
          ))}
        </p>
      )}
    </div>
  );
}

function placedView({ studyView, picture, warp }: LoadedView): PlacedView {
  return {
    view: studyView.view ?? 'anterior',
    columns: picture.columns,
    rows: picture.rows,
    ...(warp ? { warp } : {}),
  };
}
