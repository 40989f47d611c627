import type { Finding } from '@radiolect/findings';
import { metastasisClaims } from './findings-and-impression.ts';
import type { NamedPlace } from './outline.ts';
import type { ImageFinding } from './report-check.ts';
import { clauseAround, commaClause, stanceOf } from './stance.ts';
import type { About, Work } from './work.ts';
import {
  mayBeMeant,
  namedAt,
  negatives,
  otherSide,
  overlaps,
  positives,
  report,
  sentenceAt,
  sitesOf,
  spansOf,
} from './work.ts';

/** Holds the text against the findings of the picture, which are taken as complete. */
export function checkAgainstImage(work: Work): void {
  const { findings: image } = work.context;
  if (!image) return;
  const shown = new Map<string, ImageFinding>();
  for (const finding of image)
    if (finding.presence !== 'absent' && shown.get(finding.site)?.presence !== 'present')
      shown.set(finding.site, finding);
  const said = positives(work.reading);
  const found = positives(work.findings);
  const concluded = work.impression ? positives(work.impression) : new Map<string, Finding>();
  const denied = negatives(work.findings);
  // A bare name may be a complaint or a landmark; what is stated has a word of uptake, cause or doubt.
  const extra = [...said.keys()].filter((site) => {
    const { presence, uptake, nature } = said.get(site)!;
    return !shown.has(site) && (presence === 'uncertain' || uptake !== undefined || nature !== undefined);
  });
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
    } else add('finding-not-in-image', { severity: severityOf(work, finding), at, sites: [site] });
  }
  for (const site of missing) {
    if (mayBeMeant(work, work.findings, site)) continue;
    const severity = shown.get(site)!.presence === 'present' ? 'error' : 'warning';
    const denial = denied.get(site);
    const unread = unreadPlaces(work, site);
    const negated = unread.filter((place) => ['denied', 'not-all'].includes(stanceOf(work, place)));
    if (denial && (unread.length === 0 || namedAt(work, site).some((p) => spansOf(denial).some((s) => overlaps(p, s)))))
      add('presence-contradicts-image', { severity, at: spansOf(denial), sites: [site] });
    else if (negated.length > 0) add('presence-contradicts-image', { severity: 'warning', at: negated, sites: [site] });
    // A place whose sentence was not understood proves no error.
    else
      add('image-finding-not-stated', {
        severity: unread.length === 0 && severity === 'error' ? severity : 'information',
        at: unread,
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
        unreadPlaces(work, site).length === 0,
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
    const [start, end] = commaClause(work.outline.folded, sentence, evidence);
    const uptake = work.data.cues.uptake.first(work.outline.folded, start, end);
    const even = work.data.cues.even.first(work.outline.folded, start, end);
    if (bases && uptake && !even && ![...shown.keys()].some(inRegion))
      add('finding-not-in-image', {
        severity: 'error',
        at: [evidence],
        sites: [...work.sites.keys()].filter(inRegion),
      });
  }
  for (const place of abnormalPlaces(work)) {
    const meant = sitesOf(work, place);
    if (meant.length > 0 && !meant.some((site) => shown.has(site) || extra.includes(site)))
      add('finding-not-in-image', { severity: 'warning', at: [place], sites: meant });
  }
  for (const place of deniedPlaces(work)) {
    const meant = sitesOf(work, place).filter((site) => shown.get(site)?.presence === 'present');
    // "No abnormal degenerative uptake at L4": the reader takes only the cause for denied.
    if (meant.some((site) => said.has(site) && spansOf(said.get(site)!).some((span) => overlaps(span, place))))
      add('presence-contradicts-image', { severity: 'warning', at: [place], sites: meant });
  }
  for (const { code, about } of groups.values()) report(work, code, about);
  checkCauses(work, shown, said);
}

/** Places of the findings that speak of uptake at a site and from which the reader made nothing. */
function unreadPlaces(work: Work, site: string): NamedPlace[] {
  const { outline, data, findings } = work;
  return namedAt(work, site).filter((place) => {
    if (outline.impressions.some((part) => overlaps(part, place))) return false;
    const sentence = sentenceAt(work, place.start);
    if (!sentence) return false;
    // The first sentence of a text without headings tells why the patient came.
    const told = data.cues.uptake.first(outline.folded, sentence.start, sentence.end) !== undefined;
    if (!told && (sentence.section === 'body' ? outline.sentences.indexOf(sentence) < 2 : false)) return false;
    if (data.cues.flowPhase.first(outline.folded, sentence.start, sentence.end)) return false;
    return !findings.findings.some((finding) => spansOf(finding).some((span) => overlaps(span, place)));
  });
}

/** Places that stand in one clause with a denial of abnormal uptake. */
function deniedPlaces(work: Work): NamedPlace[] {
  const { outline, data } = work;
  const { folded } = outline;
  return data.cues.deniedUptake.all(folded).flatMap((hit) => {
    const sentence = sentenceAt(work, hit.start);
    if (!sentence || !outline.findings.includes(sentence)) return [];
    const { start, end } = sentence;
    if (data.cues.exception.first(folded, start, end) || data.cues.flowPhase.first(folded, start, end)) return [];
    const [from, to] = commaClause(folded, sentence, hit);
    if (data.cues.remainder.first(folded, from, to)) return [];
    return outline.places.filter((place) => !place.region && place.start >= from && place.end <= to);
  });
}

/** Places whose clause calls them abnormal. */
function abnormalPlaces(work: Work): NamedPlace[] {
  const { outline, data } = work;
  return data.cues.abnormal.all(outline.folded).flatMap((hit) => {
    const sentence = sentenceAt(work, hit.start);
    if (!sentence || !outline.findings.includes(sentence) || stanceOf(work, hit) !== 'claimed') return [];
    const [start, end] = clauseAround(outline.folded, sentence, hit);
    // "normal now, having been abnormal", "abnormal save C1"
    if (data.cues.even.first(outline.folded, start, end) || data.cues.exception.first(outline.folded, start, end))
      return [];
    return outline.places.filter((place) => place.start >= start && place.end <= end);
  });
}

const mirrorOf = (side: 'right' | 'left'): string => (side === 'right' ? 'left' : 'right');
/** A cause without a word of uptake may be the patient's complaint. */
function severityOf(work: Work, finding: Finding): 'error' | 'warning' | 'information' {
  const { folded } = work.outline;
  const told = spansOf(finding).some((span) => {
    const sentence = sentenceAt(work, span.start) ?? span;
    return work.data.cues.uptake.first(folded, sentence.start, sentence.end) !== undefined;
  });
  if (finding.uptake === undefined && finding.presence === 'present' && !told) return 'information';
  return finding.presence === 'present' ? 'error' : 'warning';
}

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
  const upheld = claims.some(
    ({ stance, inImpression }) =>
      stance === 'claimed' || (stance === 'possible' && (inImpression || denials.length === 0 || !work.impression)),
  );
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
  const open = [...shown.values()].filter(({ nature, presence }) => nature === undefined && presence === 'uncertain');
  const elsewhere = [...shown.values()].every(
    (image) => open.includes(image) || (firm(image) && image.nature !== 'metastatic'),
  );
  const firmClaims = claimed.filter(({ inImpression, local }) => !local && (inImpression || !work.impression));
  // Treated metastases leave nothing to see.
  const treated = shown.size === 0 && work.data.cues.change.first(work.outline.folded) !== undefined;
  if (elsewhere && !treated && firmClaims.length > 0 && !denials.length)
    report(work, 'cause-contradicts-image', {
      severity: open.length === 0 ? 'error' : 'warning',
      at: firmClaims,
      sites: [...shown.keys()],
    });
}
