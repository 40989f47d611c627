import type { CdeSet, ElementConflict, ElementValue, Pack, ReportReading, StructuredReport } from '@radiolect/findings';
import { InvalidPackError, packJson, parseCdeSet } from '@radiolect/findings';
import type { AssertionReader } from '../assertion/assertion-reader.ts';
import { createAssertionReader } from '../assertion/assertion-reader.ts';
import { assertionRules } from '../assertion/language-rules.ts';
import type { RuleReader } from '../reader/rule-reader.ts';
import { createRuleReader } from '../reader/rule-reader.ts';
import { fillFromFindings, isBound } from './bound-elements.ts';
import { structureByRules } from './rule-structurer.ts';
import type { StructureRules } from './structure-rules.ts';
import { rulesOfPack } from './structure-rules.ts';
import { rulesOfTemplate } from './template-rules.ts';

/** Reads reports into the elements of one set. */
export interface Structurer {
  readonly set: CdeSet;
  /** How the set is read: by a pack's rules, through the pack's reader of findings, or by the set's own words. */
  readonly by: 'rules' | 'findings' | 'template';
  /** Never throws on any text. Offsets are UTF-16 code units of the text as given. */
  structure(text: string): StructuredReport;
}

/**
 * A structurer for a set. A pack's rules for that set come first (`elements/*.json`); a set whose elements are bound to
 * findings is read through the pack's rule reader; any other set is read by its own words. Throws InvalidPackError where
 * the pack's rules are broken.
 */
export function createStructurer(pack: Pack, set: CdeSet): Structurer {
  const assertions = createAssertionReader([assertionRules.en, assertionRules.zh]);
  const rules = rulesOfPack(pack, set.id);
  if (isBound(set)) {
    const reader = createRuleReader(pack);
    return { set, by: 'findings', structure: (text) => structureFindings(text, set, reader, rules, assertions) };
  }
  const used = rules ?? rulesOfTemplate(set);
  return {
    set,
    by: rules ? 'rules' : 'template',
    structure: (text) => structureByRules(text, set, used, assertions),
  };
}

function structureFindings(
  text: string,
  set: CdeSet,
  reader: RuleReader,
  rules: StructureRules | undefined,
  assertions: AssertionReader,
): StructuredReport {
  const reading = reader.read(text);
  const worded = rules
    ? structureByRules(text, set, rules, assertions)
    : { set: set.id, values: [], conflicts: [], unmapped: [] };
  // What the report words itself comes before what its findings add up to.
  const settled = new Set([...worded.values, ...worded.conflicts].map(({ element }) => element));
  const filled = fillFromFindings(set, reading.findings, reading).flatMap((value): ElementValue[] => {
    // What no finding words ("superscan") rests on the words that settled another element of the study.
    const evidence = value.evidence ?? worded.values[0]?.evidence;
    return evidence && !settled.has(value.element) ? [{ ...value, evidence }] : [];
  });
  const conflicts = contradictions(set, reading);
  // What is said of a finding depends on its being there: only its place stays.
  const doubtful = new Set(conflicts.map(({ finding }) => finding));
  const site = boundTo(set, 'finding.site');
  const kept = filled.filter(({ element, finding }) => element === site || !doubtful.has(finding ?? ''));
  const outside = reading.extraosseous.map(({ evidence: { start, end, text: words } }) => ({
    text: words,
    evidence: { start, end, text: words },
  }));
  return {
    set: set.id,
    values: inOrder([...worded.values, ...kept], set),
    conflicts: [...worded.conflicts, ...conflicts],
    unmapped: [...worded.unmapped, ...outside].sort((a, b) => a.evidence.start - b.evidence.start),
  };
}

const boundTo = (set: CdeSet, property: string): string | undefined =>
  set.elements.find(({ indexCodes }) => indexCodes.some(({ code }) => code === property))?.id;

/** The findings whose presence the report contradicts: by site, or by the site without its side. */
function contradictions(set: CdeSet, { warnings, findings }: ReportReading): (ElementConflict & { finding: string })[] {
  const element = boundTo(set, 'finding.presence');
  if (element === undefined) return [];
  return warnings
    .filter(({ code, evidence }) => code === 'contradiction' && evidence.length > 0)
    .flatMap(({ subject = '', evidence }) =>
      findings
        .filter(({ site }) => site === subject || site === `${subject}-left` || site === `${subject}-right`)
        .map(({ id }) => ({
          element,
          finding: id,
          reason: 'Findings and impression contradict each other.',
          evidence: evidence.map(({ start, end, text }) => ({ start, end, text })),
        })),
    )
    .filter(({ finding }, place, all) => all.findIndex((other) => other.finding === finding) === place);
}

/** In the order of the findings, and within one in the order of the set. */
function inOrder(values: readonly ElementValue[], set: CdeSet): ElementValue[] {
  const place = new Map(set.elements.map(({ id }, index) => [id, index]));
  const findings = [...new Set(values.map(({ finding }) => finding))];
  return [...values].sort(
    (a, b) =>
      findings.indexOf(a.finding) - findings.indexOf(b.finding) ||
      (place.get(a.element) ?? 0) - (place.get(b.element) ?? 0),
  );
}

/** The CDE sets that a pack carries (`cde/*.json`). Throws InvalidPackError where one cannot be read. */
export function cdeSetsOfPack(pack: Pack): CdeSet[] {
  return [...pack.files.keys()]
    .filter((file) => /^cde\/[^/]+\.json$/.test(file))
    .sort()
    .map((file) => {
      try {
        return parseCdeSet(packJson(pack.name, pack.files, file)).set;
      } catch (cause) {
        throw new InvalidPackError(pack.name, file, (cause as Error).message);
      }
    });
}
