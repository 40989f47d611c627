import type { Atlas, View } from '@radiolect/findings';
import { innerPoint, siteAt, siteOutline, views } from '@radiolect/findings';
import type { MouseEvent, ReactNode } from 'react';
import { useMemo } from 'react';
import { useHighlight } from '../marks/highlight.tsx';
import type { Mark, SiteStates } from '../marks/site-state.ts';
import { useWords } from '../words/words-context.tsx';
import { MarkGlyph } from './mark-glyph.tsx';

interface BodyMapProps {
  readonly atlas: Atlas;
  readonly states: SiteStates;
  /** Marks worth drawing, by site. */
  readonly marks: ReadonlyMap<string, Mark>;
  /** Sites whose finding nobody has accepted yet. */
  readonly proposed: ReadonlySet<string>;
  /** The sites under a click, the one that is drawn on top first. */
  readonly onSites: (sites: readonly string[]) => void;
}

/** Both views of the atlas, coloured by state; a click on a site chooses it. */
export function BodyMap(props: BodyMapProps): ReactNode {
  const { word } = useWords();
  return (
    <div className="body-map">
      {views.map((view) => (
        <figure key={view}>
          <BodyMapView {...props} view={view} />
          <figcaption>{word('view', view)}</figcaption>
        </figure>
      ))}
    </div>
  );
}

const boxMargin = 6;

function BodyMapView({
  atlas,
  states,
  marks,
  proposed,
  onSites,
  view,
}: BodyMapProps & { readonly view: View }): ReactNode {
  const { highlight, hover } = useHighlight();
  const { siteName, word } = useWords();
  const drawing = useMemo(() => drawingOf(atlas, view), [atlas, view]);
  const [left, top, width, height] = drawing.box;
  const lit = drawing.sites.filter(({ site }) => highlight.sites.has(site));
  const letters = view === 'anterior' ? (['R', 'L'] as const) : (['L', 'R'] as const);
  return (
    <svg viewBox={drawing.box.join(' ')} className="body-drawing" data-view={view}>
      <title>{word('view', view)}</title>
      <path d={drawing.body} className="body-outline" />
      {drawing.sites.map(({ site, path }) => {
        const state = states.get(site) ?? 'unmentioned';
        return (
          // biome-ignore lint/a11y/noStaticElementInteractions: 182 tab stops would help nobody; the keyboard reaches every site through "add finding".
          <path
            key={site}
            d={path}
            data-site={site}
            className={`site ${state}${proposed.has(site) ? ' proposed' : ''}`}
            onMouseEnter={() => hover({ sites: new Set([site]), findings: new Set() })}
            onMouseLeave={() => hover(undefined)}
            onClick={(event) => onSites(sitesUnder(atlas, view, site, event))}
          >
            <title>{`${siteName(site)}: ${word('presence', state)}`}</title>
          </path>
        );
      })}
      {lit.map(({ site, path }) => (
        <path key={site} d={path} className="site-lit" />
      ))}
      {drawing.sites.map(({ site, at }) => {
        const mark = marks.get(site);
        return mark ? <MarkGlyph key={site} mark={mark} at={at} /> : null;
      })}
      <text x={left + 4} y={top + 24} className="body-side">
        {letters[0]}
      </text>
      <text x={left + width - 4} y={top + 24} className="body-side" textAnchor="end">
        {letters[1]}
      </text>
      <rect x={left} y={top} width={width} height={height} fill="none" pointerEvents="none" />
    </svg>
  );
}

/** Outlines overlap in projection: a click on a rib over the scapula may mean either. */
function sitesUnder(atlas: Atlas, view: View, top: string, event: MouseEvent<SVGPathElement>): readonly string[] {
  const toScreen = event.currentTarget.getScreenCTM();
  if (!toScreen) return [top];
  const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(toScreen.inverse());
  return [...new Set([top, ...siteAt(atlas, view, [x, y])])];
}

function drawingOf(atlas: Atlas, view: View) {
  const { body, outlines } = atlas.views[view];
  const points = [...body, ...outlines.flatMap((outline) => outline.polygons)].flat();
  const [xs, ys] = [points.map((point) => point[0]), points.map((point) => point[1])];
  const [left, top] = [Math.min(...xs) - boxMargin, Math.min(...ys) - boxMargin];
  return {
    box: [left, top, Math.max(...xs) + boxMargin - left, Math.max(...ys) + boxMargin - top] as const,
    body: pathOf(body),
    sites: outlines.map(({ site, polygons }) => ({
      site,
      path: pathOf(polygons),
      at: innerPoint(siteOutline(atlas, view, site)[0] ?? [[0, 0]]),
    })),
  };
}

const pathOf = (polygons: Atlas['views'][View]['body']): string =>
  polygons.map((polygon) => `M${polygon.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join('L')}Z`).join('');
