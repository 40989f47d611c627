import type { Finding } from '@radiolect/findings';
import type { ImageFinding } from './report-check.ts';
import type { About, Work } from './work.ts';
import { mayBeMeant, negatives, otherSide, positives, report, spansOf } from './work.ts';

/** Holds the text against the findings of the picture, which are taken as complete. */
export function checkAgainstImage(work: Work): void {
  const { findings: image } = work.context;
  if (!image) return;
  const shown = new Map<string, ImageFinding>();
  for (const finding of image)
    if (finding.presence !== 'absent' && shown.get(finding.site)?.presence !== 'present')
      shown.set(finding.site, finding);
  const said = positives(work.reading);
  const denied = negatives(work.reading);
  const extra = [...said.keys()].filter((site) => !shown.has(site));
  const missing = new Set([...shown.keys()].filter((site) => !said.has(site)));
  const settled = new Set<string>();
  const groups = new Map<string, { code: Parameters<typeof report>[1]; about: About }>();
  const add = (code: Parameters<typeof report>[1], about: About): void => {
    // One alarm for all sites that rest on the same words.
    const key = `${code} ${(about.at ?? []).map((hit) => hit.start).join(' ')}`;
    const known = groups.get(key);
    groups.set(key, {
      code,
      about: known ? { ...known.about, sites: [...(known.about.sites ?? []), ...(about.sites ?? [])] } : about,
    });
  };
  for (const site of extra) {
    const mirror = otherSide(site);
    if (mirror === undefined || !missing.has(mirror)) continue;
    settled.add(site);
    missing.delete(mirror);
    add('side-contradicts-image', { severity: 'error', at: spansOf(said.get(site)!), sites: [site, mirror] });
  }
  for (const site of extra) {
    if (settled.has(site)) continue;
    const finding = said.get(site)!;
    const at = spansOf(finding);
    const meant = nearestOfSeries(work, site, missing);
    if (meant !== undefined) {
      missing.delete(meant);
      report(work, 'level-contradicts-image', {
        severity: 'error',
        at,
        sites: [site, meant],
        values: { sites: [work.sites.get(site)?.names ?? site], expected: [work.sites.get(meant)?.names ?? meant] },
      });
    } else add('finding-not-in-image', { severity: severityOf(finding), at, sites: [site] });
  }
  for (const site of missing) {
    if (mayBeMeant(work, work.reading, site)) continue;
    const severity = shown.get(site)!.presence === 'present' ? 'error' : 'warning';
    const denial = denied.get(site);
    if (denial) add('presence-contradicts-image', { severity, at: spansOf(denial), sites: [site] });
    else add('image-finding-not-stated', { severity, sites: [site] });
  }
  for (const { region, side, evidence } of work.reading.regional) {
    const bases = work.lexicon.regions.get(region)?.bases;
    const inRegion = (site: string): boolean =>
      bases?.has(site.replace(/-(right|left)$/, '')) === true && (side === undefined || !site.endsWith(mirrorOf(side)));
    if (bases && ![...shown.keys()].some(inRegion))
      add('finding-not-in-image', {
        severity: 'error',
        at: [evidence],
        sites: [...work.sites.keys()].filter(inRegion),
      });
  }
  for (const { code, about } of groups.values()) report(work, code, about);
  checkCauses(work, shown, said);
}

const mirrorOf = (side: 'right' | 'left'): string => (side === 'right' ? 'left' : 'right');
const severityOf = (finding: Finding): 'error' | 'warning' => (finding.presence === 'present' ? 'error' : 'warning');

/** The nearest site of the same numbered series and side among some. */
function nearestOfSeries(work: Work, site: string, among: ReadonlySet<string>): string | undefined {
  const { seriesIndex } = work.lexicon;
  const place = (id: string): [index: number | undefined, side: string] => {
    const side = /-(right|left)$/.exec(id)?.[0] ?? '';
    return [seriesIndex.get(side === '' ? id : id.slice(0, -side.length)), side];
  };
  const [index, side] = place(site);
  if (index === undefined) return undefined;
  const isRib = (id: string): boolean => id.startsWith('rib');
  const distance = (id: string): number => Math.abs((place(id)[0] ?? 0) - index);
  return [...among]
    .filter((id) => place(id)[0] !== undefined && place(id)[1] === side && isRib(id) === isRib(site))
    .sort((a, b) => distance(a) - distance(b))[0];
}

/** Metastasis against a benign cause, both stated as at least probable. */
function checkCauses(work: Work, shown: ReadonlyMap<string, ImageFinding>, said: ReadonlyMap<string, Finding>): void {
  const firm = ({ nature, likelihood }: Pick<Finding, 'nature' | 'likelihood'>): boolean =>
    nature !== undefined && nature !== 'unspecified' && likelihood !== 'possible';
  const kind = (nature: string | undefined): 'metastatic' | 'other' =>
    nature === 'metastatic' ? 'metastatic' : 'other';
  for (const [site, image] of shown) {
    const finding = said.get(site);
    if (finding?.presence !== 'present' || !firm(finding) || !firm(image)) continue;
    if (kind(finding.nature) !== kind(image.nature))
      report(work, 'cause-contradicts-image', { severity: 'warning', at: spansOf(finding), sites: [site] });
  }
}
