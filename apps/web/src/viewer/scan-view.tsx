import type { LabelState, Point, View } from '@radiolect/findings';
import type { PointerEvent, ReactNode } from 'react';
import { useEffect, useRef, useState } from 'react';
import { useWords } from '../words/words-context.tsx';
import type { ColourScheme, HeatGrid } from './picture-renderer.ts';
import { ScanCanvas } from './scan-canvas.tsx';
import { simplify } from './simplify.ts';
import { useSize } from './use-size.ts';
import type { Box, Viewport } from './viewport.ts';
import { pan, place, toPicture, toScreen, zoomAt } from './viewport.ts';
import type { CountPicture, CountWindow } from './window-level.ts';

/** Something outlined on the picture, in pixels of the picture. */
export interface ScanOutline {
  readonly id: string;
  readonly polygons: readonly (readonly Point[])[];
  readonly state: LabelState;
  /** `site` outlines come from the atlas, `finding` outlines were drawn or measured on this picture. */
  readonly kind: 'site' | 'finding';
  readonly lit: boolean;
}

export interface ScanViewProps {
  readonly name: string;
  readonly view: View | undefined;
  readonly picture: CountPicture;
  readonly heat: HeatGrid | undefined;
  readonly heatOpacity: number;
  readonly window: CountWindow;
  readonly scheme: ColourScheme;
  /** In this picture's own pixels. */
  readonly viewport: Viewport;
  readonly box: Box;
  readonly onViewport: (viewport: Viewport) => void;
  readonly cursor: Point | undefined;
  readonly onCursor: (point: Point | undefined) => void;
  readonly outlines: readonly ScanOutline[];
  /** Drawing an outline instead of moving the picture. */
  readonly drawing: boolean;
  readonly onOutline?: ((polygon: readonly Point[]) => void) | undefined;
  readonly onPick?: ((point: Point) => void) | undefined;
  readonly onFit: () => void;
}

const clickSlackPx = 4;

/** One view of a scan: the counts, R and L, outlines, the linked cursor; wheel zooms, dragging moves or outlines. */
export function ScanView(props: ScanViewProps): ReactNode {
  const { t } = useWords();
  const [frame, size] = useSize<HTMLDivElement>();
  const [stroke, setStroke] = useState<readonly Point[]>([]);
  const drag = useRef<{ start: Point; last: Point; moved: boolean } | undefined>(undefined);
  const { picture, viewport, box } = props;
  const placement = place(viewport, size, box, picture.pixelSpacing);
  const latest = useRef({ props, placement });
  latest.current = { props, placement };

  useEffect(() => {
    // React listens to wheel events passively, which would scroll the page as well.
    const element = frame.current;
    if (!element) return;
    const onWheel = (event: WheelEvent): void => {
      event.preventDefault();
      const { props: now, placement: placed } = latest.current;
      const corner = element.getBoundingClientRect();
      const anchor = toPicture(placed, [event.clientX - corner.left, event.clientY - corner.top]);
      now.onViewport(zoomAt(now.viewport, anchor, 1.0015 ** -event.deltaY));
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, [frame]);

  const onScreen = (event: PointerEvent): Point => {
    const corner = event.currentTarget.getBoundingClientRect();
    return [event.clientX - corner.left, event.clientY - corner.top];
  };
  const down = (event: PointerEvent<HTMLDivElement>): void => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    const at = onScreen(event);
    drag.current = { start: at, last: at, moved: false };
    if (props.drawing) setStroke([toPicture(placement, at)]);
  };
  const move = (event: PointerEvent<HTMLDivElement>): void => {
    const at = onScreen(event);
    props.onCursor(toPicture(placement, at));
    const held = drag.current;
    if (!held) return;
    const moved = held.moved || Math.hypot(at[0] - held.start[0], at[1] - held.start[1]) > clickSlackPx;
    drag.current = { ...held, last: at, moved };
    if (props.drawing) setStroke((points) => [...points, toPicture(placement, at)]);
    else if (moved) props.onViewport(pan(viewport, [at[0] - held.last[0], at[1] - held.last[1]], placement, box));
  };
  const up = (event: PointerEvent<HTMLDivElement>): void => {
    const held = drag.current;
    drag.current = undefined;
    setStroke([]);
    if (!held) return;
    if (props.drawing) {
      const polygon = simplify(stroke, 0.75);
      if (polygon.length >= 3) props.onOutline?.(polygon);
    } else if (!held.moved) props.onPick?.(toPicture(placement, onScreen(event)));
  };

  const path = (points: readonly Point[]): string =>
    points
      .map((point) =>
        toScreen(placement, point)
          .map((value) => value.toFixed(1))
          .join(','),
      )
      .join(' ');
  const sides = props.view === 'posterior' ? (['L', 'R'] as const) : (['R', 'L'] as const);
  const cursor = props.cursor && toScreen(placement, props.cursor);
  return (
    <figure className="scan-view" data-view={props.view ?? 'unknown'} data-scheme={props.scheme}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: moving the picture is a matter of the pointer; keys are on the page. */}
      <div
        ref={frame}
        className={props.drawing ? 'scan-frame drawing' : 'scan-frame'}
        onPointerDown={down}
        onPointerMove={move}
        onPointerUp={up}
        onPointerCancel={() => {
          drag.current = undefined;
          setStroke([]);
        }}
        onPointerLeave={() => props.onCursor(undefined)}
        onDoubleClick={props.onFit}
      >
        <ScanCanvas
          picture={picture}
          heat={props.heat}
          window={props.window}
          scheme={props.scheme}
          placement={placement}
          size={size}
          heatOpacity={props.heatOpacity}
          label={t('scanLabel', { view: props.name })}
        />
        <svg className="scan-overlay" width={size.width} height={size.height} aria-hidden="true">
          {size.width > 0 &&
            props.outlines.map((outline) => (
              <path
                key={outline.id}
                d={outline.polygons.map((polygon) => `M${path(polygon)}Z`).join('')}
                className={`outline from-${outline.kind} ${outline.state}${outline.lit ? ' lit' : ''}`}
              />
            ))}
          {stroke.length > 1 && <polyline points={path(stroke)} className="stroke" />}
          {cursor && size.width > 0 && (
            <path
              className="cursor-cross"
              d={`M${cursor[0] - 9},${cursor[1]}h6m6,0h6M${cursor[0]},${cursor[1] - 9}v6m0,6v6`}
            />
          )}
        </svg>
        {props.view && (
          <>
            <span className="side-letter at-left">{sides[0]}</span>
            <span className="side-letter at-right">{sides[1]}</span>
          </>
        )}
      </div>
      <figcaption>{props.name}</figcaption>
    </figure>
  );
}
