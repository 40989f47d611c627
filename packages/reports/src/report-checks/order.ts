import type { Message } from '../checks/message.ts';
import type { CueName } from './check-data.ts';
import type { Hit } from './cue.ts';
import type { Work } from './work.ts';
import { positives, report, wordsAt } from './work.ts';

const sideWords = {
  right: { en: 'right', 'zh-Hant': '右', 'zh-Hans': '右' },
  left: { en: 'left', 'zh-Hant': '左', 'zh-Hans': '左' },
} as const satisfies Record<'right' | 'left', Message>;

const parts = {
  whole: { en: 'whole-body images', 'zh-Hant': '全身影像', 'zh-Hans': '全身显像' },
  threePhase: { en: 'flow and blood pool', 'zh-Hant': '血流相與血池相', 'zh-Hans': '血流相与血池相' },
  spect: { en: 'SPECT', 'zh-Hant': 'SPECT', 'zh-Hans': 'SPECT' },
  anterior: { en: 'anterior view', 'zh-Hant': '前位像', 'zh-Hans': '前位像' },
  posterior: { en: 'posterior view', 'zh-Hant': '後位像', 'zh-Hans': '后位像' },
  lateral: { en: 'lateral view', 'zh-Hant': '側位像', 'zh-Hans': '侧位像' },
} as const satisfies Partial<Record<CueName, Message>>;

/** The report against what was ordered: body part, side, extent, phases, views. */
export function checkOrder(work: Work): void {
  const { order } = work.context;
  if (!order) return;
  const sites = order.bodyPart === undefined ? [] : orderedSites(work, order.bodyPart);
  checkBodyPart(work, order.bodyPart, sites);
  if (order.side === 'right' || order.side === 'left') checkSide(work, order.side, sites);
  checkProcedure(work, order.procedure ?? '', order.bodyPart ?? '');
  checkViews(work, order.views ?? []);
}

/** The sites that an order in words means, both sides where it names none. */
function orderedSites(work: Work, bodyPart: string): string[] {
  const folded = bodyPart.toLowerCase();
  if (work.data.cues.whole.first(folded)) return [];
  // Read as a negative, a region names all of its sites, and a paired place both sides.
  const said = [`No abnormal uptake in the ${bodyPart}.`, `${bodyPart}未見異常攝取。`].map((text) =>
    work.read(text).findings.filter(({ presence }) => presence === 'absent'),
  );
  const found = said.find((findings) => findings.length > 0 && findings.length < 60) ?? [];
  return found.map(({ site }) => site);
}

function checkBodyPart(work: Work, bodyPart: string | undefined, sites: readonly string[]): void {
  if (bodyPart === undefined || sites.length === 0) return;
  const { reading } = work;
  const named = new Set([
    ...reading.findings.map(({ site }) => site),
    ...reading.regional.flatMap(({ region }) => [...(work.lexicon.regions.get(region)?.bases ?? [])]),
    ...reading.warnings.map(({ subject }) => subject ?? ''),
  ]);
  const base = (site: string): string => site.replace(/-(right|left)$/, '');
  if (sites.some((site) => named.has(site) || named.has(base(site)))) return;
  report(work, 'body-part-not-reported', { severity: 'warning', sites, values: { expected: bodyPart } });
}

/** An order for one side, and a report whose findings at that place are all on the other. */
function checkSide(work: Work, side: 'right' | 'left', ordered: readonly string[]): void {
  const other = side === 'right' ? 'left' : 'right';
  const bases = new Set(ordered.map((site) => site.replace(/-(right|left)$/, '')));
  if (bases.size === 0) return;
  const at: Hit[] = [];
  const sites: string[] = [];
  for (const [site, finding] of positives(work.reading)) {
    if (!bases.has(site.replace(/-(right|left)$/, ''))) continue;
    if (site.endsWith(side)) return;
    if (!site.endsWith(other)) continue;
    sites.push(site);
    at.push(...finding.evidence.flatMap((e) => (e.kind === 'text' ? [e] : [])));
  }
  if (sites.length === 0) return;
  // A report that says the ordered side is clear has looked at it.
  const cleared = work.reading.findings.some(
    ({ site, presence, evidence }) =>
      presence === 'absent' &&
      site.endsWith(side) &&
      bases.has(site.replace(/-(right|left)$/, '')) &&
      evidence.some((e) => e.kind === 'text' && /right|left|r't|l't|\brt\b|\blt\b|[左右]/i.test(e.text)),
  );
  report(work, 'side-contradicts-order', {
    severity: cleared ? 'information' : 'warning',
    at,
    sites,
    values: { expected: sideWords[side], stated: sideWords[other] },
  });
}

function checkProcedure(work: Work, procedure: string, bodyPart: string): void {
  const { cues } = work.data;
  const { folded } = work.outline;
  const ordered = `${procedure} ${bodyPart}`.toLowerCase();
  if (ordered.trim() === '') return;
  const asks = (name: CueName): boolean => cues[name].first(ordered) !== undefined;
  const states = (name: CueName): Hit | undefined => cues[name].first(folded);
  const missing: Message[] = [];
  if (asks('threePhase') && !states('threePhase')) missing.push(parts.threePhase);
  if (asks('spect') && !states('spect')) missing.push(parts.spect);
  // A report that speaks of the whole skeleton has seen it, named so or not.
  const whole = states('whole') ?? (work.reading.findings.length > 60 ? { start: 0, end: 0 } : undefined);
  const limited = cues.limited
    .all(folded)
    .find((hit) => /^(?:limited|regional|局部|部分)/.test(folded.slice(hit.start)));
  if (asks('whole') && limited && !whole) missing.push(parts.whole);
  if (missing.length > 0)
    report(work, 'order-incomplete', {
      severity: 'warning',
      at: limited && missing.includes(parts.whole) ? [limited] : [],
      values: { expected: missing },
    });
  const seen = states('whole');
  if (asks('limited') && !asks('whole') && seen)
    report(work, 'order-exceeded', { severity: 'information', at: [seen], values: { stated: wordsAt(work, seen) } });
}

/** A view that was ordered and is left out by a text that names others. */
function checkViews(work: Work, views: readonly string[]): void {
  const { cues } = work.data;
  const { folded } = work.outline;
  const names = (['anterior', 'posterior', 'lateral'] as const).filter((name) => cues[name].first(folded));
  const missing = (['anterior', 'posterior', 'lateral'] as const).filter(
    (name) => views.some((view) => cues[name].first(`${view.toLowerCase()} view`)) && !names.includes(name),
  );
  if (missing.length > 0)
    report(work, 'order-incomplete', {
      severity: names.length > 0 ? 'warning' : 'information',
      at: names.flatMap((name) => cues[name].first(folded) ?? []),
      values: { expected: missing.map((name) => parts[name]) },
    });
}
