import type { Finding } from '@radiolect/findings';
import type { FindingGroup } from './groups.ts';
import { allAttributes, byWeight, groupFindings, leadingAndFurther } from './groups.ts';
import { describePlaces } from './places.ts';
import type { Counted, DraftTemplate } from './template.ts';
import { countedForm, fill } from './template.ts';

/** A sentence before it has its id: the text and the findings it states. */
export interface Statement {
  readonly text: string;
  readonly states: readonly string[];
}

/** The sentences of the findings section. `siteCount` is the number of sites of the pack. */
export function findingStatements(
  findings: readonly Finding[],
  template: DraftTemplate,
  siteCount: number,
): Statement[] {
  if (findings.length === 0) return [{ text: template.sentences.nothing, states: [] }];
  const { leading, further } = leadingAndFurther(findings);
  const abnormal = (list: readonly Finding[]): Finding[] => list.filter((finding) => finding.presence !== 'absent');
  const lasting = groupFindings(abnormal(leading), template).sort(byWeight(template));
  // Each further focus has a sentence of its own: in a list it could be taken for the only one of some sites.
  const alone = groupFindings(abnormal(further), template, ['site', ...allAttributes]).sort(byWeight(template));
  return [
    ...lasting.map((group) => statementOf(group, template)),
    ...alone.map((group) => separately(statementOf(group, template), template)),
    ...absentStatements(leading, further, template, siteCount),
  ];
}

/** The negatives: what has resolved, what is named, and the remainder of the skeleton where every site is known. */
function absentStatements(
  leading: readonly Finding[],
  further: readonly Finding[],
  template: DraftTemplate,
  siteCount: number,
): Statement[] {
  const isChanged = (finding: Finding): boolean => finding.presence === 'absent' && finding.change !== undefined;
  const changed = (list: readonly Finding[], attributes = allAttributes): Statement[] =>
    groupFindings(list.filter(isChanged), template, attributes).map((group) => resolvedStatement(group, template));
  // A plain negative beside a stronger finding of its site has nothing of its own to say.
  const plain = leading.filter((finding) => finding.presence === 'absent' && finding.change === undefined);
  const named = [
    ...changed(leading),
    ...changed(further, ['site', ...allAttributes]).map((one) => separately(one, template)),
  ];
  if (plain.length === 0) return named;
  const sitesKnown = new Set(leading.map((finding) => finding.site)).size;
  const states = plain.map((finding) => finding.id);
  if (sitesKnown === siteCount) {
    const everywhere = plain.length === leading.length;
    const { absentEverywhere, absentElsewhere } = template.sentences;
    return [...named, { text: everywhere ? absentEverywhere : absentElsewhere, states }];
  }
  return [
    ...named,
    ...groupFindings(plain, template).map((g) => statement(template.sentences.absent, g, template, 'negative')),
  ];
}

/** "The previously noted lesion … has resolved", or a negative with another change. */
export function resolvedStatement(group: FindingGroup, template: DraftTemplate): Statement {
  const resolved = group.first.change === 'resolved';
  const { sentences } = template;
  return statement(resolved ? sentences.resolved : sentences.absent, group, template, resolved ? 'single' : 'negative');
}

/** One sentence for sites that share every attribute. */
export function statementOf(group: FindingGroup, template: DraftTemplate): Statement {
  const { first } = group;
  const { sentences } = template;
  const causeOnly = first.uptake === undefined && first.intensity === undefined && first.likelihood !== undefined;
  if (first.presence === 'uncertain') return statement(sentences.uncertain, group, template, 'single');
  return statement(causeOnly ? sentences.diagnosis : sentences.present, group, template, 'whole');
}

/** The same statement as one of a further focus in a site that is named elsewhere. */
export function separately(plain: Statement, template: DraftTemplate): Statement {
  return {
    text: sentenceCase(fill(template.sentences.separate, { sentence: lowerFirst(plain.text) })),
    states: plain.states,
  };
}

/** Fills a sentence with everything that it may ask for. */
export function statement(
  sentence: Counted,
  group: FindingGroup,
  template: DraftTemplate,
  regions: 'whole' | 'negative' | 'single',
): Statement {
  const { first, members } = group;
  const count = new Set(members.map((member) => member.site)).size;
  const form = (phrase: Counted): string => countedForm(phrase, count);
  const change = first.change && first.change !== 'resolved' ? template.changes[first.change] : undefined;
  const text = fill(form(sentence), {
    new: change?.before ?? '',
    change: change ? form(first.presence === 'absent' ? change.absent : change.after) : '',
    uptake: form(template.uptake[first.uptake ?? 'unstated'][first.intensity ?? 'plain']),
    kind: form(template.uptake[first.uptake ?? 'unstated'].plain),
    cause: causeClause(first, form, template),
    diagnosis: diagnosisOf(first, form, template),
    places: describePlaces(uniquePlaces(members), template, {
      regions,
      nature: first.presence === 'absent' ? 'degenerative' : first.nature,
    }),
  });
  return { text: sentenceCase(text), states: members.map((member) => member.id) };
}

function uniquePlaces(members: readonly Finding[]): { site: string; part?: string | undefined }[] {
  const seen = new Map<string, { site: string; part?: string | undefined }>();
  for (const { site, part } of members) if (!seen.get(site)) seen.set(site, { site, part });
  return [...seen.values()];
}

function causeClause(finding: Finding, form: (phrase: Counted) => string, template: DraftTemplate): string {
  if (finding.nature === undefined) return '';
  if (finding.nature === 'unspecified') return form(template.unspecifiedClause);
  if (finding.likelihood === undefined) return '';
  const nature = form(template.natures[finding.nature]);
  return fill(form(template.likelihoods[finding.likelihood].clause), { nature });
}

function diagnosisOf(finding: Finding, form: (phrase: Counted) => string, template: DraftTemplate): string {
  if (finding.nature === undefined || finding.nature === 'unspecified' || !finding.likelihood) return '';
  const nature = form(template.natures[finding.nature]);
  const { diagnosis, newDiagnosis } = template.likelihoods[finding.likelihood];
  return fill(form(finding.change === 'new' ? newDiagnosis : diagnosis), { nature });
}

const sentenceCase = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
/** "Mild uptake" → "mild uptake", but "L3 …" stays. */
const lowerFirst = (text: string): string =>
  /^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
