import type { Pack, ReportReading, SiteLabel } from '@radiolect/findings';
import type { CompletionUsage, LabelLine, LanguageModelReading } from '@radiolect/reports';
import { compareTwoReadings, labelLine, sumUsage } from '@radiolect/reports';

/** A disagreement of two readers on one site of one report: a line of `LABELS.review.jsonl`. */
export interface ReviewLine {
  readonly report: string;
  readonly site: string;
  readonly differs: 'presence' | 'attributes';
  readonly readings: readonly { readonly reader: string; readonly label: SiteLabel | null }[];
}

/** A line as the model alone has it. An abstention has no labels and says so. */
export function modelLine(
  id: string,
  name: string,
  part: LanguageModelReading,
): LabelLine & { readonly model: object } {
  return { ...labelLine(id, part.reading), model: figuresOf(name, part) };
}

/**
 * A line of what rules and model agree on, and the disagreements. Regions, warnings and the class of the impression are
 * the rules'. Where the model abstains there is no second reading: the line is the rules', and says so.
 */
export function agreedLine(
  id: string,
  pack: Pack,
  rules: ReportReading,
  name: string,
  part: LanguageModelReading,
): { readonly line: LabelLine & { readonly model: object }; readonly review: readonly ReviewLine[] } {
  const byRules = labelLine(id, rules);
  const model = figuresOf(name, part);
  if (part.abstained !== undefined) return { line: { ...byRules, model }, review: [] };
  const byModel = labelLine(id, part.reading);
  const { agreed, disagreements } = compareTwoReadings(byRules.labels, byModel.labels, pack.labelSpace.positions);
  return {
    line: { ...byRules, labels: agreed, model: { ...model, disagreements: disagreements.length } },
    review: disagreements.map(({ site, differs, first, second }) => ({
      report: id,
      site,
      differs,
      readings: [
        { reader: 'rules', label: first },
        { reader: name, label: second },
      ],
    })),
  };
}

function figuresOf(name: string, { counts, usage, cached, abstained }: LanguageModelReading): object {
  const { droppedSpans, droppedRules, requests } = counts;
  return { name, ...usage, requests, droppedSpans, droppedRules, cached, ...(abstained ? { abstained } : {}) };
}

/** Adds up what a model took over a run, and says it in one line. */
export class ModelTotals {
  readonly #usage: CompletionUsage[] = [];
  abstained = 0;
  droppedSpans = 0;
  droppedRules = 0;
  cached = 0;

  add({ usage, counts, cached, abstained }: LanguageModelReading): void {
    this.#usage.push(usage);
    this.droppedSpans += counts.droppedSpans;
    this.droppedRules += counts.droppedRules;
    if (abstained) this.abstained++;
    if (cached) this.cached++;
  }

  text(name: string): string {
    const { inputTokens, outputTokens, seconds, cost } = sumUsage(this.#usage);
    const of = (count: number, what: string): string => `${count.toLocaleString('en')} ${what}`;
    return [
      `${name}: ${of(this.#usage.length, 'read')} (${this.cached} of them from kept answers)`,
      of(this.abstained, 'abstained'),
      of(this.droppedSpans, 'statements dropped for their quote'),
      of(this.droppedRules, 'for a rule'),
      `${of(inputTokens, 'tokens in')}, ${of(outputTokens, 'out')}`,
      `${seconds.toFixed(1)} s of the model${cost === undefined ? '' : `, cost ${cost.toFixed(4)}`}`,
    ].join('; ');
  }
}

/**
 * Works on the items side by side, a window of them at a time, and gives the results in the items' order. A failure
 * ends it when its turn comes.
 */
export async function* inOrder<T, R>(
  items: AsyncIterable<T>,
  width: number,
  work: (item: T) => Promise<R>,
): AsyncGenerator<{ readonly item: T; readonly result: Promise<R> }> {
  const underWay: { item: T; result: Promise<R> }[] = [];
  for await (const item of items) {
    const result = work(item);
    // Looked at in its turn; until then a failure is nobody's loss.
    result.catch(() => undefined);
    underWay.push({ item, result });
    if (underWay.length >= width) yield underWay.shift()!;
  }
  yield* underWay;
}
