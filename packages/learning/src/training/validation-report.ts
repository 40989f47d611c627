import type { LabelState } from '@radiolect/findings';
import { sigmoid } from '../calibration/scored-labels.ts';
import type { LabelPolicy } from '../recipe.ts';
import type { CaseView, SiteRow, ValidationReport, WorstCase } from '../watching/run-watcher.ts';
import { areaUnderCurve } from './ranking.ts';
import { shareOf } from './targets.ts';

/** A validation study with what the model said of it. */
export interface ReadStudy {
  readonly key: string;
  /** (K) */
  readonly states: readonly LabelState[];
  /** (K) */
  readonly logits: ArrayLike<number>;
}

export interface ReportSource {
  /** Names of the outputs, K: sites, or classes. */
  readonly outputs: readonly string[];
  readonly policy: LabelPolicy;
  /** Labels of the training studies, (K) each. */
  readonly training: readonly (readonly LabelState[])[];
  readonly validation: readonly ReadStudy[];
  /** The views of a validation study, with what spoke for one output. */
  readonly views: (study: number, output: number) => Promise<readonly CaseView[]>;
}

/** What a person looks at when a run ends: each output's figures, and the labels that the model denied most. */
export async function validationReport(source: ReportSource): Promise<ValidationReport> {
  const cases: WorstCase[] = [];
  for (const { study, output, label, logit } of worstLabels(source))
    cases.push({
      study: source.validation[study]!.key,
      site: source.outputs[output]!,
      label,
      probability: sigmoid(logit),
      views: await source.views(study, output),
    });
  return { sites: siteRows(source), cases };
}

export function siteRows({ outputs, policy, training, validation }: ReportSource): SiteRow[] {
  return outputs.map((site, output) => {
    const scores: number[] = [];
    const positive: boolean[] = [];
    for (const { states, logits } of validation) {
      const share = shareOf(states[output]!, policy);
      if (share !== 0 && share !== 1) continue;
      scores.push(logits[output]!);
      positive.push(share === 1);
    }
    const shares = training.flatMap((states) => shareOf(states[output]!, policy) ?? []);
    const positives = positive.filter(Boolean).length;
    return {
      site,
      auroc: areaUnderCurve(scores, positive) ?? null,
      positives,
      negatives: positive.length - positives,
      prevalence: shares.length > 0 ? shares.reduce((a, b) => a + b, 0) / shares.length : null,
    };
  });
}

interface WorstLabel {
  readonly study: number;
  readonly output: number;
  readonly label: WorstCase['label'];
  readonly logit: number;
}

/** Missed and invented ones in equal number: the rarer kind would never be seen in one list. */
const ofEachKind = 4;

/** The labels with the least likelihood, the worst first, at most one a study of each kind. */
export function worstLabels({ outputs, policy, validation }: Omit<ReportSource, 'views'>): WorstLabel[] {
  const worst = (label: WorstCase['label']): WorstLabel[] => {
    const byStudy = validation.flatMap(({ states, logits }, study) => {
      let found: WorstLabel | undefined;
      for (let output = 0; output < outputs.length; output++) {
        if (shareOf(states[output]!, policy) !== (label === 'present' ? 1 : 0)) continue;
        const one = { study, output, label, logit: logits[output]! };
        if (!found || margin(one) < margin(found)) found = one;
      }
      return found ? [found] : [];
    });
    return byStudy.sort((a, b) => margin(a) - margin(b)).slice(0, ofEachKind);
  };
  return [...worst('present'), ...worst('absent')].sort((a, b) => margin(a) - margin(b));
}

/** How far the logit lies on the label's side. */
const margin = ({ label, logit }: WorstLabel): number => (label === 'present' ? logit : -logit);
