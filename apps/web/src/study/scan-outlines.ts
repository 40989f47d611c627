import type { Atlas, Finding, LabelState, View, Warp } from '@radiolect/findings';
import { outlineInPicture } from '@radiolect/findings';
import type { Highlight } from '../marks/highlight.tsx';
import type { SiteStates } from '../marks/site-state.ts';
import type { ScanOutline } from '../viewer/scan-view.tsx';

/** The outlines to draw on one view: every finding's own outline, and the atlas's outline of each site pointed at. */
export function scanOutlines(
  view: View | undefined,
  warp: Warp | undefined,
  findings: readonly Finding[],
  states: SiteStates,
  highlight: Highlight,
  atlas: Atlas | undefined,
): readonly ScanOutline[] {
  if (!view) return [];
  const own = findings.flatMap((finding): ScanOutline[] => {
    const polygons = finding.evidence.flatMap((entry) =>
      entry.kind === 'image' && entry.view === view ? [entry.polygon] : [],
    );
    const lit = highlight.findings.size > 0 ? highlight.findings.has(finding.id) : highlight.sites.has(finding.site);
    const faded = finding.presence === 'absent' && !lit;
    return polygons.length === 0 || faded
      ? []
      : [{ id: finding.id, polygons, state: finding.presence, kind: 'finding', lit }];
  });
  return [...own, ...(atlas && warp ? siteOutlines(atlas, view, warp, states, highlight.sites) : [])];
}

/** A summary negative points at most of the body; outlining all of it would hide the picture. */
const mostSitesOutlined = 40;

function siteOutlines(
  atlas: Atlas,
  view: View,
  warp: Warp,
  states: SiteStates,
  sites: ReadonlySet<string>,
): readonly ScanOutline[] {
  if (sites.size > mostSitesOutlined) return [];
  return [...sites].map((site) => ({
    id: `site-${site}`,
    polygons: outlineInPicture(atlas, view, site, warp),
    state: states.get(site) ?? ('unmentioned' satisfies LabelState),
    kind: 'site',
    lit: true,
  }));
}
