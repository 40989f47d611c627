import type { Finding, Pack, ReadingWarning, ReportReading, TextEvidence } from '@radiolect/findings';
import { abnormalUptake, brokenRule } from '@radiolect/findings';
import { createConceptReader } from '../concepts/concept-reader.ts';
import { languageOf } from '../text/language.ts';
import { Spelling } from '../text/spelling.ts';
import { blankMarkup, tokenise } from '../text/tokens.ts';
import { Assembly } from './assembly.ts';
import { impressionClassOf } from './impression.ts';
import type { Item } from './lexer.ts';
import { lex } from './lexer.ts';
import { compileLexicon } from './lexicon.ts';
import { withPlaces } from './places.ts';
import { propositionsOf } from './propositions.ts';
import { segmentsOf } from './segments.ts';
import { givesLabels, sentencesOf } from './sentences.ts';
import type { SiteRecord, Span } from './site-record.ts';

/** Turns the text of a report into findings with their source spans (UTF-16 code units of the text as given). */
export interface RuleReader {
  /** Never throws on any text: what cannot be read is a warning. Time grows linearly with the text. */
  read(text: string): ReportReading;
}

const longText = 200_000;

/**
 * A reader for the lexicons of a pack, by its kind: places of the body, or concepts. Throws InvalidPackError where a
 * lexicon is missing or broken.
 */
export function createRuleReader(pack: Pack): RuleReader {
  if (pack.kind === 'concepts') return createConceptReader(pack);
  const lexicon = compileLexicon(pack);
  const spelling = new Spelling(lexicon.vocabulary, lexicon.leftAlone);
  const siteIds = pack.labelSpace.positions;
  return {
    read(text: string): ReportReading {
      const blanked = blankMarkup(text);
      const tokens = tokenise(blanked, lexicon.fold);
      const language = languageOf(text, tokens, lexicon);
      const assembly = new Assembly(siteIds, lexicon, language === 'zh-Hant' || language === 'zh-Hans');
      let ribs = false;
      for (const sentence of sentencesOf(lex(text, tokens, lexicon, spelling))) {
        if (!givesLabels(sentence.section)) {
          assembly.pass();
          continue;
        }
        const segments = segmentsOf(withPlaces(sentence.items, lexicon, ribs));
        ribs = speaksOfRibs(sentence.items, ribs);
        assembly.add(propositionsOf(segments, text, lexicon), sentence.section, sentence.leadsIn);
      }
      const records = assembly.finish();
      // Many sites share the span of one summary negative, and one object for it.
      const shared = new Map<Span, TextEvidence>();
      const evidence = (span: Span): TextEvidence => {
        const known = shared.get(span);
        if (known) return known;
        const { start, end } = span;
        const made: TextEvidence = { kind: 'text', start, end, text: text.slice(start, end) };
        shared.set(span, made);
        return made;
      };
      const warnings: ReadingWarning[] = assembly.warnings.map(({ code, subject, spans }) => ({
        code,
        subject,
        evidence: spans.map(evidence),
      }));
      warnings.push(...inputWarnings(text, blanked, language));
      return {
        language,
        findings: siteIds.flatMap((site) => {
          const found: Finding[] = [];
          let id = site;
          for (let record = records.get(id); record; record = records.get(id)) {
            found.push(findingOf(id, site, record, evidence(record.span)));
            id = `${site}#${found.length + 1}`;
          }
          return found;
        }),
        regional: assembly.regional.map(({ what, span }) => ({ ...what, evidence: evidence(span) })),
        extraosseous: assembly.extraosseous.map(({ what, span }) => ({ what, evidence: evidence(span) })),
        warnings,
        impressionClass: impressionClassOf(
          records,
          assembly.warnings.some((w) => w.code === 'contradiction'),
          assembly.warnings.length + assembly.regional.length > 0,
          lexicon,
        ),
        deniedCauses: assembly.denied.map(({ what, span }) => ({ nature: what, evidence: evidence(span) })),
      };
    },
  };
}

function inputWarnings(text: string, blanked: string, language: ReportReading['language']): ReadingWarning[] {
  const warnings: ReadingWarning[] = [];
  const warn = (code: string): void => {
    warnings.push({ code, evidence: [] });
  };
  if (text.trim() === '') warn('no-text');
  else if (language === 'unknown') warn('unknown-language');
  if (blanked !== text) warn('markup');
  if (hasControlCharacters(text)) warn('control-characters');
  if (text.length > longText) warn('unusually-long');
  return warnings;
}

function hasControlCharacters(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 32 && code !== 9 && code !== 10 && code !== 13) return true;
  }
  return false;
}

const fromRules = { kind: 'report', name: 'rules' } as const;

/** Whether numbers after a side may still be ribs in the sentence that follows. */
function speaksOfRibs(items: readonly Item[], before: boolean): boolean {
  if (items.some((item) => item.sense?.region?.level === 'rib')) return true;
  return before && !items.some((item) => item.kind === 'site' || item.kind === 'level' || item.kind === 'region');
}

/** Makes the finding of a record; the rules between attributes are kept here, since a text may break them. */
function findingOf(id: string, site: string, record: SiteRecord, evidence: TextEvidence): Finding {
  if (record.state === 'absent') {
    const { change } = record;
    return {
      id,
      concept: abnormalUptake,
      site,
      presence: 'absent',
      ...(change === undefined ? {} : { change }),
      evidence: [evidence],
      source: fromRules,
    };
  }
  const { state, nature, likelihood, change, uptake, intensity } = record;
  const caused = nature !== undefined;
  const finding: Finding = {
    id,
    concept: abnormalUptake,
    site,
    presence: state,
    ...(caused ? { nature } : {}),
    ...(caused && nature !== 'unspecified' ? { likelihood: likelihood ?? 'definite' } : {}),
    ...(change !== undefined && change !== 'resolved' ? { change } : {}),
    ...(uptake !== undefined ? { uptake } : {}),
    ...(intensity !== undefined ? { intensity } : {}),
    evidence: [evidence],
    source: fromRules,
  };
  const rule = brokenRule(finding);
  if (rule) throw new Error(`the rule reader made an invalid finding: ${rule}`);
  return finding;
}
