import type { Finding, LabelSpace, LabelState, Nature, ReportReading } from '@radiolect/findings';
import { labelVectorOf } from '@radiolect/findings';
import type { Example } from '@radiolect/learning';

export type ExampleLabels = Pick<Example, 'labels' | 'natures' | 'metastasis'>;

/** What signed findings teach: the label vector, the stated cause of each present site, and whether there is metastasis. */
export function labelsOfFindings(findings: readonly Finding[], space: LabelSpace): ExampleLabels {
  const natures: Record<string, Nature> = {};
  for (const { site, presence, nature } of findings)
    if (presence === 'present' && nature !== undefined && nature !== 'unspecified')
      natures[site] = natures[site] === 'metastatic' ? 'metastatic' : nature;
  return { labels: labelVectorOf(findings, space), natures, metastasis: metastasisOf(findings) ?? 'absent' };
}

/**
 * What a report teaches. Where no finding names a metastasis its impression decides: "equivocal" is uncertain. A report
 * without a single finding in it teaches nothing on metastasis either: it may be in a language that nobody read.
 */
export function labelsOfReading(reading: ReportReading, space: LabelSpace): ExampleLabels {
  const { findings, impressionClass } = reading;
  const byImpression: LabelState =
    impressionClass === 'metastatic' ? 'present' : impressionClass === 'equivocal' ? 'uncertain' : 'absent';
  const unread = findings.length === 0 && byImpression === 'absent';
  return {
    ...labelsOfFindings(findings, space),
    metastasis: metastasisOf(findings) ?? (unread ? 'unmentioned' : byImpression),
  };
}

/** Present where a metastasis is definite or probable, uncertain where it is possible, undefined where none is named. */
function metastasisOf(findings: readonly Finding[]): LabelState | undefined {
  const named = findings.filter(({ presence, nature }) => presence === 'present' && nature === 'metastatic');
  if (named.length === 0) return undefined;
  return named.some(({ likelihood }) => likelihood !== 'possible') ? 'present' : 'uncertain';
}
