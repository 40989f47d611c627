import type { Finding } from '@radiolect/findings';
import { metastasisClaims } from './findings-and-impression.ts';
import type { ImageFinding } from './report-check.ts';
import type { About, Work } from './work.ts';
import { mayBeMeant, namedAt, negatives, otherSide, overlaps, positives, report, sentenceAt, spansOf } from './work.ts';

/** Holds the text against the findings of the picture, which are taken as complete. */
export function checkAgainstImage(work: Work): void {
  const { findings: image } = work.context;
  if (!image) return;
  const shown = new Map<string, ImageFinding>();
  for (const finding of image)
    if (finding.presence !== 'absent' && shown.get(finding.site)?.presence !== 'present')
      shown.set(finding.site, finding);
  const said = new Map(
    [...positives(work.reading)].filter(
      ([, { presence, uptake, nature }]) => presence === 'uncertain' || uptake !== undefined || nature !== undefined,
    ),
  );
  const found = positives(work.findings);
  const concluded = work.impression ? positives(work.impression) : new Map<string, Finding>();
  const denied = negatives(work.findings);
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
    if (mayBeMeant(work, work.findings, site)) continue;
    const severity = shown.get(site)!.presence === 'present' ? 'error' : 'warning';
    const named = namedAt(work, site);
    const denial = denied.get(site);
    if (denial) {
      const at = spansOf(denial);
      // A general denial beside a place of its own: its sentence was not understood, which proves no error.
      const own = named.some((place) => at.some((span) => overlaps(place, span)));
      const understood = own || named.length === 0;
      add('presence-contradicts-image', { severity: understood ? severity : 'information', at, sites: [site] });
    } else
      add('image-finding-not-stated', {
        severity: named.length === 0 ? severity : 'information',
        at: named,
        sites: [site],
      });
  }
  // What only the impression states is missing from the findings.
  if (work.impression && work.findings.findings.length > 0) {
    const left = [...shown.keys()].filter(
      (site) =>
        concluded.has(site) &&
        !found.has(site) &&
        !denied.has(site) &&
        !mayBeMeant(work, work.findings, site) &&
        namedAt(work, site).every((place) => work.outline.impressions.some((part) => overlaps(place, part))),
    );
    if (left.length > 0)
      add('finding-only-in-impression', {
        severity: 'warning',
        at: left.flatMap((site) => spansOf(concluded.get(site)!)),
        sites: left,
      });
  }
  for (const { region, side, evidence } of work.reading.regional) {
    const bases = work.lexicon.regions.get(region)?.bases;
    const inRegion = (site: string): boolean =>
      bases?.has(site.replace(/-(right|left)$/, '')) === true && (side === undefined || !site.endsWith(mirrorOf(side)));
    const sentence = sentenceAt(work, evidence.start) ?? evidence;
    const uptake = work.data.cues.uptake.first(work.outline.folded, sentence.start, sentence.end);
    if (bases && uptake && ![...shown.keys()].some(inRegion))
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

/** Metastasis against a benign cause: site by site, and for the report as a whole. */
function checkCauses(work: Work, shown: ReadonlyMap<string, ImageFinding>, said: ReadonlyMap<string, Finding>): void {
  const firm = ({ nature, likelihood }: Pick<ImageFinding, 'nature' | 'likelihood'>): boolean =>
    nature !== undefined && nature !== 'unspecified' && likelihood !== 'possible';
  const metastatic = [...shown.values()].filter((image) => firm(image) && image.nature === 'metastatic');
  const claims = metastasisClaims(work);
  const concluded = claims.filter(({ inImpression, local }) => !local && (inImpression || !work.impression));
  const denials = concluded.filter(({ stance }) => stance === 'denied');
  const upheld = claims.some(({ stance }) => stance === 'claimed' || stance === 'possible');
  const stated = [...said.values()].some(({ nature }) => nature === 'metastatic');
  if (metastatic.length > 0 && denials.length > 0 && !upheld)
    report(work, 'cause-contradicts-image', {
      severity: 'error',
      at: denials,
      sites: metastatic.map(({ site }) => site),
    });
  else if (metastatic.length > 0 && !upheld && !stated && !work.data.cues.malignant.first(work.outline.folded))
    report(work, 'image-cause-not-stated', { severity: 'warning', sites: metastatic.map(({ site }) => site) });
  const claimed = claims.filter(({ stance }) => stance === 'claimed');
  const elsewhere = [...shown.values()].every((image) => firm(image) && image.nature !== 'metastatic');
  const firmClaims = claimed.filter(({ inImpression }) => inImpression || !work.impression);
  if (elsewhere && firmClaims.length > 0 && !denials.length)
    report(work, 'cause-contradicts-image', { severity: 'error', at: firmClaims, sites: [...shown.keys()] });
}
