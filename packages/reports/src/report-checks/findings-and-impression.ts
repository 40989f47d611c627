import type { Finding } from '@radiolect/findings';
import type { Message } from '../checks/message.ts';
import type { Hit } from './cue.ts';
import { clauseAround, stanceOf } from './stance.ts';
import type { Work } from './work.ts';
import { mayBeMeant, negatives, otherSide, positives, report, sentenceAt, spansOf } from './work.ts';

const what = {
  denied: { en: 'metastasis is denied', 'zh-Hant': '否定骨轉移', 'zh-Hans': '否定骨转移' },
  claimed: { en: 'metastasis is stated', 'zh-Hant': '敘述骨轉移', 'zh-Hans': '描述骨转移' },
  normal: { en: 'the study is called normal', 'zh-Hant': '稱檢查正常', 'zh-Hans': '称检查正常' },
} as const satisfies Record<string, Message>;

/** Joint wear and the like, beside which "normal" and "no metastasis" still stand. */
const minor = new Set(['degenerative', 'benign-other', 'postoperative']);

/** Where findings and impression, or two sentences of the findings, cannot both be right. */
export function checkFindingsAndImpression(work: Work): void {
  const { impressions, findings } = work.outline;
  for (const { heading } of impressions.filter(({ empty }) => empty))
    report(work, 'impression-empty', { severity: 'warning', at: [heading] });
  if (impressions.length === 0 && findings.length > 2) report(work, 'impression-missing', { severity: 'information' });
  checkReaderWarnings(work);
  checkWithinFindings(work);
  const claims = metastasisClaims(work);
  checkClaims(work, claims);
  if (work.impression) {
    checkImpressionSites(work);
    checkNormalImpression(work);
    checkOmissions(work, claims);
  }
}

function checkReaderWarnings(work: Work): void {
  for (const { code, subject = '', evidence } of work.reading.warnings) {
    if (code === 'contradiction') {
      if (work.sites.has(subject))
        report(work, 'impression-contradicts-findings', {
          severity: 'error',
          at: evidence,
          sites: [subject],
          values: { what: work.sites.get(subject)?.names ?? subject },
        });
      else
        report(work, 'side-contradiction', {
          severity: 'error',
          at: evidence,
          sites: [`${subject}-right`, `${subject}-left`].filter((site) => work.sites.has(site)),
        });
    } else if (code === 'side-missing') {
      // Joint wear without its side is a blemish; a lesion without its side cannot be found again.
      const small = evidence.every((span) => isMinor(work, span));
      const name = work.sites.get(`${subject}-right`)?.names;
      report(work, 'side-missing', {
        severity: small ? 'information' : 'warning',
        at: evidence,
        sites: [`${subject}-right`, `${subject}-left`].filter((site) => work.sites.has(site)),
        values: { what: name ? withoutSide(name) : subject },
      });
    }
  }
}

function withoutSide(names: Message): Message {
  return {
    en: names.en.replace(/^right /, ''),
    'zh-Hant': names['zh-Hant'].replace(/^右側?/, ''),
    'zh-Hans': names['zh-Hans'].replace(/^右侧?/, ''),
  };
}

/** Whether the sentence explains its uptake by joint wear or the like. */
function isMinor(work: Work, span: Hit): boolean {
  const sentence = sentenceAt(work, span.start);
  if (!sentence) return false;
  // With a side put in, the same words can be read.
  const words = work.outline.text.slice(sentence.start, sentence.end);
  const at = span.start - sentence.start;
  const sides = [`${words.slice(0, at)} right ${words.slice(at)}`, `${words.slice(0, at)}右側${words.slice(at)}`];
  return sides.some((text) => {
    const found = [...positives(work.read(text)).values()];
    return found.length > 0 && found.every(({ nature }) => nature !== undefined && minor.has(nature));
  });
}

/** Two sentences of the findings: one states uptake at a site, another denies it there by name. */
function checkWithinFindings(work: Work): void {
  const { findings, folded, text } = work.outline;
  if (findings.length > 80) return;
  const said = new Map<string, { positive: Hit[]; negative: Hit[] }>();
  for (const sentence of findings) {
    const readAlone = work.read(text.slice(sentence.start, sentence.end));
    const remainder = work.data.cues.remainder.first(folded, sentence.start, sentence.end) !== undefined;
    const moved = (hits: readonly Hit[]): Hit[] =>
      hits.map(({ start, end }) => ({ start: start + sentence.start, end: end + sentence.start }));
    const own = positives(readAlone);
    const absent = readAlone.findings.length > 60 || remainder ? [] : [...negatives(readAlone).values()];
    for (const finding of [...own.values(), ...absent]) {
      if (finding.change === 'resolved') continue;
      const entry = said.get(finding.site) ?? { positive: [], negative: [] };
      said.set(finding.site, entry);
      if (finding.presence === 'present' && finding.uptake) entry.positive.push(...moved(spansOf(finding)));
      else if (finding.presence === 'absent') entry.negative.push(...moved(spansOf(finding)));
    }
  }
  for (const [site, { positive, negative }] of said)
    if (positive.length > 0 && negative.length > 0)
      report(work, 'presence-contradiction', { severity: 'warning', at: [...positive, ...negative], sites: [site] });
}

interface Claim extends Hit {
  readonly stance: ReturnType<typeof stanceOf>;
  readonly inImpression: boolean;
  /** The denial is for one region ("no metastasis in the ribs"). */
  readonly local: boolean;
}

/** Every mention of bone metastasis in a section that gives labels, and whether it is claimed or denied. */
export function metastasisClaims(work: Work): Claim[] {
  const { outline, data } = work;
  const taken = data.cues.notBoneMetastasis.all(outline.folded);
  return data.cues.metastasis.all(outline.folded).flatMap((hit): Claim[] => {
    if (taken.some((other) => other.start <= hit.start && hit.end <= other.end)) return [];
    const sentence = sentenceAt(work, hit.start);
    if (!sentence || ['indication', 'technique', 'comparison'].includes(sentence.section)) return [];
    const [start, end] = clauseAround(outline.folded, sentence, hit);
    const chinese = /[\u4e00-\u9fff]/.test(outline.folded.slice(hit.start, hit.end));
    const local = chinese
      ? data.cues.localPlace.first(outline.folded, start, hit.start) !== undefined
      : data.cues.localPlace.first(outline.folded, hit.end, end) !== undefined;
    return [{ ...hit, stance: stanceOf(work, hit), inImpression: sentence.section === 'impression', local }];
  });
}

function checkClaims(work: Work, claims: readonly Claim[]): void {
  const firmly = [...positives(work.findings).values()].filter(
    ({ nature, likelihood }) => nature === 'metastatic' && likelihood !== 'possible',
  );
  const denials = claims.filter(({ stance, local }) => stance === 'denied' && !local);
  const concluded = denials.filter(({ inImpression }) => inImpression || !work.impression);
  if (denials.length > 0 && firmly.length > 0) {
    report(work, 'impression-contradicts-findings', {
      severity: 'error',
      at: [...denials, ...firmly.flatMap(spansOf)],
      sites: firmly.map(({ site }) => site),
      values: { what: what.denied },
    });
    return;
  }
  const stated = claims.filter(({ stance, inImpression }) => stance === 'claimed' && !inImpression);
  if (work.impression && stated.length > 0 && concluded.length > 0 && positives(work.findings).size > 0)
    report(work, 'impression-contradicts-findings', {
      severity: 'error',
      at: [...concluded, ...stated],
      values: { what: what.denied },
    });
  else if (concluded.length > 0) {
    const open = [...positives(work.reading).values()].filter(
      ({ presence, nature, change, intensity }) =>
        presence === 'present' &&
        nature === undefined &&
        (intensity === 'intense' || change === 'new' || change === 'increased'),
    );
    if (open.length > 0)
      report(work, 'finding-unexplained', {
        severity: 'warning',
        at: [...concluded, ...open.flatMap(spansOf)],
        sites: open.map(({ site }) => site),
      });
  }
  if (!work.impression) return;
  const concludedMetastasis = claims.filter(({ stance, inImpression }) => stance === 'claimed' && inImpression);
  if (concludedMetastasis.length === 0) return;
  const { findings } = work;
  const found = [...positives(findings).values()];
  const elsewhere = positives(work.impression).size > 0;
  const supported =
    findings.regional.length > 0 ||
    findings.warnings.some(({ code }) => code === 'side-missing') ||
    findings.findings.some(({ change }) => change === 'resolved') ||
    found.some(({ nature, presence }) => presence === 'present' && (nature === undefined || !benign.has(nature)));
  // Sites that only the impression names are dealt with one by one.
  if (supported || (elsewhere && found.length === 0) || findings.findings.length + found.length === 0) return;
  report(work, 'impression-contradicts-findings', {
    severity: 'error',
    at: concludedMetastasis,
    sites: found.map(({ site }) => site),
    values: { what: what.claimed },
  });
}

const benign = new Set([...minor, 'traumatic', 'inflammatory', 'metabolic']);

/** What the impression says of single sites. */
function checkImpressionSites(work: Work): void {
  const { impression, findings } = work;
  if (!impression) return;
  const found = positives(findings);
  const absent = negatives(findings);
  const concluded = positives(impression);
  const reported = new Set(work.checks.flatMap((check) => check.sites));
  const only: Finding[] = [];
  for (const [site, finding] of concluded) {
    if (found.has(site) || reported.has(site)) continue;
    const mirror = otherSide(site);
    const opposite = mirror === undefined ? undefined : found.get(mirror);
    const denial = absent.get(site);
    if (mirror !== undefined && opposite && !concluded.has(mirror))
      report(work, 'side-contradiction', {
        severity: 'error',
        at: [...spansOf(opposite), ...spansOf(finding)],
        sites: [site, mirror],
      });
    else if (denial && denial.change !== 'resolved')
      report(work, 'impression-contradicts-findings', {
        severity: 'error',
        at: [...spansOf(denial), ...spansOf(finding)],
        sites: [site],
        values: { what: work.sites.get(site)?.names ?? site },
      });
    else if (!denial && !mayBeMeant(work, findings, site)) only.push(finding);
  }
  // A report that says everything in its impression has nothing to compare with.
  if (only.length > 0 && only.length <= 12 && findings.findings.length > 0)
    report(work, 'finding-only-in-impression', {
      severity: 'warning',
      at: only.flatMap(spansOf),
      sites: only.map(({ site }) => site),
    });
}

/** "Normal bone scan" beside uptake that is more than joint wear. */
function checkNormalImpression(work: Work): void {
  const { outline, data } = work;
  const grave = [...positives(work.findings).values()].filter(
    ({ presence, nature }) => presence === 'present' && (nature === undefined || !minor.has(nature)),
  );
  if (grave.length === 0) return;
  const normal = outline.sentences
    .filter(({ section }) => section === 'impression')
    .flatMap(({ start, end }) =>
      [
        ...data.cues.normalStudy.all(outline.folded, start, end),
        ...(positives(work.impression!).size === 0 && work.impression!.findings.length > 60
          ? data.cues.noAbnormality.all(outline.folded, start, end)
          : []),
      ].filter((hit) => !data.cues.remainder.first(outline.folded, start, hit.end)),
    );
  if (normal.length > 0)
    report(work, 'impression-contradicts-findings', {
      severity: 'error',
      at: [...normal, ...grave.flatMap(spansOf)],
      sites: grave.map(({ site }) => site),
      values: { what: what.normal },
    });
}

/** A finding of weight that an impression leaves out although it names others. */
function checkOmissions(work: Work, claims: readonly Claim[]): void {
  const { outline, data, impression } = work;
  if (!impression || outline.impressions.some(({ empty }) => empty)) return;
  const parts = outline.sentences.filter(({ section }) => section === 'impression');
  if (parts.some(({ start, end }) => data.cues.collective.first(outline.folded, start, end))) return;
  const named = positives(impression);
  const claimed = claims.some(({ stance, inImpression }) => inImpression && stance !== 'denied');
  const natures = new Set([...named.values()].flatMap(({ nature }) => nature ?? []));
  const whole = positives(work.reading);
  const left = [...positives(work.findings).values()].filter(({ site, nature, presence, likelihood }) => {
    if (named.has(site) || mayBeMeant(work, impression, site)) return false;
    const cause = nature ?? whole.get(site)?.nature;
    if (cause === 'metastatic' && likelihood !== 'possible') return !claimed || named.size > 0;
    if (named.size === 0) return false;
    if (presence === 'uncertain' || cause === 'unspecified') return true;
    return cause !== undefined && !minor.has(cause) && natures.has(cause);
  });
  if (left.length > 0)
    report(work, 'impression-omits-finding', {
      severity: 'warning',
      at: [...left.flatMap(spansOf), ...parts],
      sites: left.map(({ site }) => site),
    });
}
