import type { AnatomicSite, DraftReport, DraftSentence, Finding, ReportReading } from '@radiolect/findings';
import { mirrorSite } from '@radiolect/findings';
import { draftText } from '../drafter/draft-text.ts';
import type { ComparedAttribute, DraftCheck, DraftCheckCode } from './draft-check.ts';
import { makeCheck } from './draft-check.ts';

/** Whoever turns a text into findings: the rule reader, or another one held to the same guideline. */
export interface TextReader {
  read(text: string): Pick<ReportReading, 'findings' | 'deniedCauses'>;
}

type Add = (code: DraftCheckCode, about: Omit<DraftCheck, 'code' | 'message' | 'severity'> & Extra) => void;
interface Extra {
  readonly severity?: DraftCheck['severity'];
  readonly attributes?: readonly ComparedAttribute[];
}

/**
 * Holds a draft against its findings. Every sentence, typed and edited ones included, is read back on its own and the
 * report is read back as a whole; whatever the text says otherwise than the findings is named. `sites` (of the pack)
 * lend the messages their names.
 */
export function checkDraft(
  draft: DraftReport,
  findings: readonly Finding[],
  reader: TextReader,
  sites: readonly AnatomicSite[] = [],
): DraftCheck[] {
  const names = new Map(sites.map((site) => [site.id, site.names]));
  const checks: DraftCheck[] = [];
  const add: Add = (code, about) => checks.push(makeCheck({ severity: 'error', ...about, code }, names));
  checkCitations(draft, findings, add);
  for (const sentence of draft.sentences) checkSentence(sentence, draft, findings, reader, add);
  checkWhole(draft, findings, reader, new Set(checks.flatMap((check) => check.sites)), add);
  return checks;
}

function checkCitations(draft: DraftReport, findings: readonly Finding[], add: Add): void {
  const cited = new Set(draft.sentences.flatMap((sentence) => sentence.states));
  for (const { id, site } of findings)
    if (!cited.has(id)) add('finding-without-sentence', { findings: [id], sites: [site] });
  const known = new Set(findings.map((finding) => finding.id));
  for (const { id, states, origin, confirmed } of draft.sentences) {
    const lost = states.filter((state) => !known.has(state));
    const uncited = states.length === lost.length && !(findings.length === 0 && origin === 'rules');
    if (uncited && !(origin === 'reader' && confirmed))
      add('sentence-without-finding', { sentence: id, findings: lost, sites: [] });
    else if (lost.length > 0 && !uncited) add('sentence-without-finding', { sentence: id, findings: lost, sites: [] });
  }
}

/** Reads one sentence as the whole section that it stands in. */
function readAlone(sentence: DraftSentence, draft: DraftReport, reader: TextReader): readonly Finding[] {
  return reader.read(draftText({ language: draft.language, header: {}, sentences: [sentence] })).findings;
}

function checkSentence(
  sentence: DraftSentence,
  draft: DraftReport,
  findings: readonly Finding[],
  reader: TextReader,
  add: Add,
): void {
  const said = readAlone(sentence, draft, reader);
  const saidSites = new Set(said.map((finding) => finding.site));
  const cited = findings.filter((finding) => sentence.states.includes(finding.id));
  const citedSites = new Set(cited.map((finding) => finding.site));
  // "No other abnormal uptake" names every site when it stands alone; what it means is checked in the whole report.
  const remainder = findings.length > 1 && findings.every((f) => saidSites.has(f.site)) && isAllAbsent(said);
  const at = { sentence: sentence.id };
  const abnormal = findings.filter((finding) => finding.presence !== 'absent');
  if (remainder && abnormal.length > 0 && !restWords.test(sentence.text)) flipAll(sentence, abnormal, add);
  const swapped = new Set<string>();
  for (const finding of remainder ? [] : said) {
    const { site, presence } = finding;
    const own = cited.filter((other) => other.site === site);
    if (own.length > 0) {
      compareStatement(sentence, finding, own, said, add);
      continue;
    }
    const mirror = mirrorSite(site);
    if (mirror !== site && citedSites.has(mirror) && !saidSites.has(mirror)) {
      swapped.add(mirror);
      add('side-mismatch', { ...at, findings: idsAt(cited, mirror), sites: [site] });
      continue;
    }
    const elsewhere = findings.filter((other) => other.site === site);
    if (elsewhere.some((other) => other.presence === presence)) continue;
    if (presence !== 'absent') add('added-finding', { ...at, findings: idsAt(elsewhere, site), sites: [site] });
    else if (elsewhere.length > 0) flip(sentence, elsewhere, site, add);
    else add('added-finding', { ...at, findings: [], sites: [site] });
  }
  // A recommendation or a denied cause cites findings and names no site; a sentence of the findings must name its own.
  if (saidSites.size === 0 && sentence.section === 'impression') return;
  for (const { id, site } of cited)
    if (!saidSites.has(site) && !swapped.has(site)) add('dropped-finding', { ...at, findings: [id], sites: [site] });
}

const compared = ['nature', 'likelihood', 'change', 'uptake', 'intensity'] as const;

function compareStatement(
  sentence: DraftSentence,
  finding: Finding,
  own: readonly Finding[],
  said: readonly Finding[],
  add: Add,
): void {
  const { site } = finding;
  const alike = own.filter((other) => other.presence === finding.presence);
  if (alike.length === 0) {
    // One of several readings of the site may be right already.
    if (!said.some((one) => one.site === site && own.some((other) => other.presence === one.presence)))
      flip(sentence, own, site, add);
    return;
  }
  // The impression repeats a part of the attributes; what it does repeat must be the same.
  const differs = (other: Finding): ComparedAttribute[] =>
    compared.filter((key) => other[key] !== finding[key] && !(sentence.section === 'impression' && !finding[key]));
  const closest = alike.map(differs).sort((a, b) => a.length - b.length)[0] ?? [];
  if (closest.length === 0) return;
  const about = { sentence: sentence.id, findings: alike.map((other) => other.id), sites: [site] };
  if (sentence.section === 'impression') add('impression-contradicts-findings', about);
  else add('attribute-mismatch', { ...about, attributes: closest });
}

/** Words for what is left of the skeleton: without one, a sentence that calls all of it normal denies the findings. */
const restWords =
  /\b(other|others|otherwise|else|elsewhere|further|additional|apart|except\w*|remain\w*|rest|aside|besides|beyond)\b|其餘|其余|其他|其它|餘|余|別處|别处|另|除/i;

function flipAll(sentence: DraftSentence, abnormal: readonly Finding[], add: Add): void {
  const about = {
    sentence: sentence.id,
    findings: abnormal.map((finding) => finding.id),
    sites: [...new Set(abnormal.map((finding) => finding.site))],
  };
  add('presence-flip', about);
  if (sentence.section === 'impression') add('impression-contradicts-findings', about);
}

function flip(sentence: DraftSentence, own: readonly Finding[], site: string, add: Add): void {
  const about = { sentence: sentence.id, findings: own.map((finding) => finding.id), sites: [site] };
  add('presence-flip', about);
  if (sentence.section === 'impression') add('impression-contradicts-findings', about);
}

/**
 * What only the whole shows: a remainder that covers too much or too little, a site that two sentences contradict, and
 * an impression without sites ("widespread metastases") that gives a finding another cause than its own.
 */
function checkWhole(
  draft: DraftReport,
  findings: readonly Finding[],
  reader: TextReader,
  reported: ReadonlySet<string>,
  add: Add,
): void {
  const said = bySite(reader.read(draftText(draft)).findings);
  const stated = bySite(findings);
  for (const [site, own] of stated) {
    if (reported.has(site)) continue;
    const found = said.get(site) ?? [];
    const about = { findings: own.map((finding) => finding.id), sites: [site] };
    const alike = found.filter((one) => own.some((finding) => finding.presence === one.presence));
    if (found.length === 0) add('dropped-finding', about);
    else if (alike.length === 0) add('presence-flip', about);
    else if (!alike.some((one) => own.some((finding) => compared.every((key) => finding[key] === one[key]))))
      add('impression-contradicts-findings', about);
  }
  for (const site of said.keys())
    if (!stated.has(site) && !reported.has(site)) add('added-finding', { findings: [], sites: [site] });
}

function bySite(findings: readonly Finding[]): Map<string, Finding[]> {
  const sites = new Map<string, Finding[]>();
  for (const finding of findings) sites.set(finding.site, [...(sites.get(finding.site) ?? []), finding]);
  return sites;
}

const isAllAbsent = (findings: readonly Finding[]): boolean => findings.every((f) => f.presence === 'absent');
const idsAt = (findings: readonly Finding[], site: string): string[] =>
  findings.filter((finding) => finding.site === site).map((finding) => finding.id);
