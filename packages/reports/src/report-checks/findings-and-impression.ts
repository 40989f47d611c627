import type { Finding } from '@radiolect/findings';
import type { Message } from '../checks/message.ts';
import type { Hit } from './cue.ts';
import { clauseAround, commaClause, stanceOf } from './stance.ts';
import type { Work } from './work.ts';
import { mayBeMeant, namedAt, negatives, otherSide, overlaps, positives, report, sentenceAt, spansOf } from './work.ts';

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
  checkUnplaced(work);
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
      const mirror = otherSide(subject);
      // Denied here and found on the other side: the sides are crossed.
      const crossed =
        mirror !== undefined &&
        work.impression !== undefined &&
        positives(work.findings).has(mirror) &&
        positives(work.impression).has(subject) &&
        !positives(work.impression).has(mirror);
      if (crossed) report(work, 'side-contradiction', { severity: 'error', at: evidence, sites: [subject, mirror] });
      else if (work.sites.has(subject))
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
      const small = evidence.every((span) => isMinor(work, subject, span));
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

/** Whether the report explains the uptake at a place without its side by joint wear or the like. */
function isMinor(work: Work, subject: string, { start }: Hit): boolean {
  const { text } = work.outline;
  // With a side put in, the whole can be read.
  return [' right ', '右側'].some((side) => {
    const found = positives(work.read(text.slice(0, start) + side + text.slice(start))).get(`${subject}-right`);
    return found?.nature !== undefined && minor.has(found.nature);
  });
}

const sameSpan = (a: Finding, b: Finding): boolean => spansOf(a)[0]?.start === spansOf(b)[0]?.start;

/** Two sentences of the findings: one states uptake at a site, another denies it there by name. */
function checkWithinFindings(work: Work): void {
  const { findings, folded, text } = work.outline;
  if (findings.length > 80) return;
  const said = new Map<string, { positive: Hit[]; negative: Hit[] }>();
  const added = work.data.cues.addendum.first(folded)?.start ?? folded.length;
  for (const sentence of findings) {
    if (sentence.start >= added) break;
    const readAlone = work.read(text.slice(sentence.start, sentence.end));
    const remainder = work.data.cues.remainder.first(folded, sentence.start, sentence.end) !== undefined;
    const moved = (hits: readonly Hit[]): Hit[] =>
      hits.map(({ start, end }) => ({ start: start + sentence.start, end: end + sentence.start }));
    const own = positives(readAlone);
    // A statement about a whole region is no statement about each of its sites by name.
    const sweeping = (finding: Finding): boolean =>
      [...own.values()].filter((other) => sameSpan(other, finding)).length > 12;
    // A region denied as a whole ("pelvis: normal") is no denial of a joint told elsewhere; a spine or the ribs are.
    const denied = [...negatives(readAlone).values()];
    const named = denied.length <= 2 || denied.every(({ site }) => work.lexicon.seriesIndex.has(site) || isRib(site));
    const absent = denied.length > 24 || remainder || !named ? [] : denied;
    for (const finding of [...own.values(), ...absent]) {
      if (finding.change === 'resolved') continue;
      const entry = said.get(finding.site) ?? { positive: [], negative: [] };
      said.set(finding.site, entry);
      if (finding.presence === 'present' && finding.uptake === 'increased' && !sweeping(finding))
        entry.positive.push(...moved(spansOf(finding)));
      else if (finding.presence === 'absent') entry.negative.push(...moved(spansOf(finding)));
    }
  }
  for (const [site, { positive, negative }] of said)
    if (positive.length > 0 && negative.length > 0)
      report(work, 'presence-contradiction', { severity: 'warning', at: [...positive, ...negative], sites: [site] });
}

/** "The rest of the skeleton shows abnormal uptake", and no place: somebody lost a "no". */
function checkUnplaced(work: Work): void {
  const { outline, data } = work;
  const { folded } = outline;
  const none = positives(work.reading).size === 0 && work.reading.regional.length === 0;
  for (const hit of data.cues.abnormal.all(folded)) {
    const sentence = sentenceAt(work, hit.start);
    if (!sentence || !outline.findings.includes(sentence)) continue;
    const [start, end] = clauseAround(folded, sentence, hit);
    // "Others: abnormal uptake": what stands before the colon is what it speaks of.
    const from = start - sentence.start < 30 ? sentence.start : start;
    const [near, far] = commaClause(folded, sentence, hit);
    const rest = data.cues.restOfSkeleton.all(folded, from, end).find((word) => word.end > near || near <= start);
    // "T4 is hot, the rest is abnormal": places before the comma have their own statement.
    const scope = rest ? { start: Math.max(start, near), end: Math.min(end, far) } : { start, end: sentence.end };
    if (!rest && !none) continue;
    if (/^\W*(?:none|nil|not?)\b|^[^\u4e00-\u9fff]*无/.test(folded.slice(hit.end, hit.end + 8))) continue;
    if (stanceOf(work, hit) !== 'claimed') continue;
    if (outline.places.some((place) => place.bases.length > 0 && overlaps(place, scope))) continue;
    if (data.cues.uptake.first(folded, start, end) === undefined && !rest) continue;
    report(work, 'unplaced-abnormality', { severity: 'warning', at: [{ start, end }] });
    return;
  }
}

const isRib = (site: string): boolean => site.startsWith('rib-');

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
  // Without an impression, a sentence that names no place concludes.
  const concludedMetastasis = claims.filter(
    (claim) =>
      claim.stance === 'claimed' && !claim.local && (work.impression ? claim.inImpression : !isPlaced(work, claim)),
  );
  if (concludedMetastasis.length === 0) return;
  const { findings } = work;
  const found = [...positives(findings).values()];
  const elsewhere = work.impression !== undefined && positives(work.impression).size > 0;
  const supported =
    findings.regional.some(({ evidence }) => !isBenignSentence(work, evidence, found)) ||
    work.checks.some(({ code, severity }) => code === 'side-missing' && severity !== 'information') ||
    findings.findings.some(({ change }) => change === 'resolved') ||
    found.some(({ nature }) => nature === undefined || !benign.has(nature));
  // Sites that only the impression names are dealt with one by one.
  if (supported || (elsewhere && found.length === 0) || findings.findings.length + found.length === 0) return;
  report(work, 'impression-contradicts-findings', {
    severity: 'error',
    at: concludedMetastasis,
    sites: found.map(({ site }) => site),
    values: { what: what.claimed },
  });
}

/** Whether a claim's sentence names a place. */
function isPlaced(work: Work, claim: Hit): boolean {
  const sentence = sentenceAt(work, claim.start);
  return (
    sentence === undefined || work.outline.places.some((place) => place.bases.length > 0 && overlaps(place, sentence))
  );
}

/** A vague statement beside sites of its sentence that all have a benign cause. */
function isBenignSentence(work: Work, evidence: Hit, found: readonly Finding[]): boolean {
  const sentence = sentenceAt(work, evidence.start);
  if (!sentence) return false;
  const beside = found.filter((finding) => spansOf(finding).some((span) => overlaps(span, sentence)));
  return beside.length > 0 && beside.every(({ nature }) => nature !== undefined && benign.has(nature));
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
    // Both sides in the picture: the findings left one out, and no side is wrong.
    const both = mirror !== undefined && isShown(work, site) && isShown(work, mirror);
    if (mirror !== undefined && opposite && !concluded.has(mirror) && !both)
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
      // Words of the impression that stand in the findings too were only not understood there.
      severity: only.every(({ site }) => isRepeated(work, site)) ? 'information' : 'warning',
      at: only.flatMap(spansOf),
      sites: only.map(({ site }) => site),
    });
}

function isRepeated(work: Work, site: string): boolean {
  const { folded, impressions, findings } = work.outline;
  const inImpression = (hit: Hit): boolean => impressions.some((part) => overlaps(hit, part));
  const body = findings.map(({ start, end }) => folded.slice(start, end)).join('\n');
  const named = namedAt(work, site);
  return named.some((hit) => !inImpression(hit) || body.includes(folded.slice(hit.start, hit.end)));
}

const isShown = (work: Work, site: string): boolean =>
  work.context.findings?.some((finding) => finding.site === site && finding.presence !== 'absent') === true;

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
  const left = [...positives(work.findings).values()].filter(
    ({ site }) =>
      !named.has(site) &&
      !mayBeMeant(work, impression, site) &&
      !namedAt(work, site).some((place) => outline.impressions.some((part) => overlaps(place, part))),
  );
  const grave = left.filter(({ site, nature, likelihood }) => {
    if (nature === 'metastatic' && likelihood !== 'possible') return !claimed || named.size > 0;
    const cause = nature ?? whole.get(site)?.nature;
    // The picture's cause is known, and the text gives none.
    const known = work.context.findings?.find((finding) => finding.site === site)?.nature;
    if (cause === undefined && known !== undefined && known !== 'unspecified' && !minor.has(known))
      return known !== 'metastatic' || claims.every(({ inImpression }) => !inImpression);
    return named.size > 0 && cause !== undefined && cause !== 'metastatic' && !minor.has(cause) && natures.has(cause);
  });
  const open = left.filter(({ nature, presence }) => presence === 'uncertain' || nature === 'unspecified');
  for (const [list, severity] of [
    [grave, 'warning'],
    [named.size > 0 ? open.filter((finding) => !grave.includes(finding)) : [], 'information'],
  ] as const)
    if (list.length > 0)
      report(work, 'impression-omits-finding', {
        severity,
        at: [...list.flatMap(spansOf), ...parts],
        sites: list.map(({ site }) => site),
      });
}
