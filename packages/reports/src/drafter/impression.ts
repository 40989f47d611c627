import type { ClinicalPanel, Finding, Nature } from '@radiolect/findings';
import type { Statement } from './finding-sentences.ts';
import { resolvedStatement, separately, statement } from './finding-sentences.ts';
import type { FindingGroup } from './groups.ts';
import { byWeight, groupFindings, leadingAndFurther } from './groups.ts';
import { sitesOfList } from './places.ts';
import type { Cause, DraftTemplate } from './template.ts';
import { countedForm, fill } from './template.ts';

const stated = ['presence', 'nature', 'likelihood', 'change'] as const;

/**
 * The sentences of the impression: the causes in the order of the question and their weight, each with its likelihood
 * and its change; the doubtful; the resolved; the answer where no finding supports the question; and what would settle
 * a doubt. It repeats what the findings say and adds nothing.
 */
export function impressionStatements(
  findings: readonly Finding[],
  panel: ClinicalPanel,
  template: DraftTemplate,
  siteCount: number,
): Statement[] {
  if (findings.length === 0) return [{ text: template.impression.nothing, states: [] }];
  const question = askedNature(panel.question, template);
  const { leading, further } = leadingAndFurther(findings);
  const where = (list: readonly Finding[], presence: string): Finding[] => list.filter((f) => f.presence === presence);
  const causes = (list: readonly Finding[], ...apart: readonly 'site'[]): FindingGroup[] =>
    groupFindings(where(list, 'present'), template, [...stated, ...apart]).sort(byWeight(template, question));
  const doubts = (list: readonly Finding[], ...apart: readonly 'site'[]): FindingGroup[] =>
    groupFindings(where(list, 'uncertain'), template, [...stated, 'uptake', ...apart]).sort(
      byWeight(template, question),
    );
  const resolved = (list: readonly Finding[], ...apart: readonly 'site'[]): Statement[] =>
    groupFindings(
      list.filter((finding) => finding.change === 'resolved'),
      template,
      ['change', ...apart],
    ).map((group) => resolvedStatement(group, template));
  const doubtful = template.impression.doubtful;
  return [
    ...causes(leading).map((group) => causeStatement(group, template)),
    ...causes(further, 'site').map((group) => separately(causeStatement(group, template), template)),
    ...doubts(leading).map((group) => statement(doubtful, group, template, 'single')),
    ...doubts(further, 'site').map((group) => separately(statement(doubtful, group, template, 'single'), template)),
    ...resolved(leading),
    ...resolved(further, 'site').map((one) => separately(one, template)),
    ...negativeStatements(findings, question, template, siteCount),
    ...recommendations(findings, template),
  ];
}

/** The nature that the clinical question asks for, or undefined. */
export function askedNature(question: string | undefined, template: DraftTemplate): Cause | undefined {
  const text = question?.toLowerCase() ?? '';
  return template.questions.find(({ words }) => words.some((word) => text.includes(word.toLowerCase())))?.nature;
}

function causeStatement(group: FindingGroup, template: DraftTemplate): Statement {
  const { impression } = template;
  const { nature } = group.first;
  if (nature === undefined) return statement(impression.noCause, group, template, 'whole');
  if (nature === 'unspecified') return statement(impression.undetermined, group, template, 'whole');
  return statement(isSuperscan(group, template) ? impression.superscan : impression.cause, group, template, 'whole');
}

function isSuperscan(group: FindingGroup, template: DraftTemplate): boolean {
  const increased = new Set(group.members.filter((m) => m.uptake === 'increased').map((m) => m.site));
  return sitesOfList(template.impression.superscanSites, template).every((site) => increased.has(site));
}

function negativeStatements(
  findings: readonly Finding[],
  question: Cause | undefined,
  template: DraftTemplate,
  siteCount: number,
): Statement[] {
  const abnormal = findings.filter((finding) => finding.presence !== 'absent');
  const everySite = new Set(findings.map((finding) => finding.site)).size === siteCount;
  const states = findings.map((finding) => finding.id);
  const statements: Statement[] = [];
  if (abnormal.length === 0 && everySite) statements.push({ text: template.impression.normal, states });
  if (abnormal.length === 0 && !everySite)
    statements.push(
      ...groupFindings(
        findings.filter((finding) => finding.change !== 'resolved'),
        template,
      ).map((group) => statement(template.sentences.absent, group, template, 'negative')),
    );
  // A question is denied only where every abnormal site has another stated cause.
  const open: readonly (Nature | undefined)[] = [question, 'unspecified', undefined];
  if (question && abnormal.every((finding) => !open.includes(finding.nature))) {
    const nature = countedForm(template.natures[question], 2);
    const sentence = everySite ? template.impression.denied : template.impression.deniedInPart;
    statements.push({ text: fill(sentence, { nature }), states });
  }
  return statements;
}

function recommendations(findings: readonly Finding[], template: DraftTemplate): Statement[] {
  const { atMost, rules } = template.recommendations;
  const taken = new Set<string>();
  // Several rules may say the same; it is then said once, for all their findings.
  const said = new Map<string, string[]>();
  for (const { when, say } of rules) {
    const sites = when.sites && new Set(sitesOfList(when.sites, template));
    const states = findings
      .filter((f) => f.presence !== 'absent' && !taken.has(f.id))
      .filter((f) => when.presence === undefined || f.presence === when.presence)
      .filter((f) => when.natures?.includes(f.nature ?? 'none') ?? true)
      .filter((f) => when.likelihoods?.includes(f.likelihood ?? 'none') ?? true)
      .filter((f) => sites?.has(f.site) ?? true)
      .map((f) => f.id);
    if (states.length === 0 || (said.size >= atMost && !said.has(say))) continue;
    for (const id of states) taken.add(id);
    said.set(say, [...(said.get(say) ?? []), ...states]);
  }
  return [...said].map(([text, states]) => ({ text, states }));
}
