import type { Finding } from '@radiolect/findings';
import type { VocabularyWord } from '../words/words-context.tsx';

/** What is said of a finding beside its presence, in reading order: "moderate, metastatic (probable), new". */
export function attributeWords(finding: Finding, word: VocabularyWord): string {
  const { intensity, uptake, nature, likelihood, change, part } = finding;
  const cause =
    nature && (likelihood ? `${word('nature', nature)} (${word('likelihood', likelihood)})` : word('nature', nature));
  return [
    part,
    intensity && word('intensity', intensity),
    // Increased uptake is what a bone scan shows; only a defect needs saying.
    uptake === 'decreased' && word('uptake', uptake),
    cause,
    change && word('change', change),
  ]
    .filter(Boolean)
    .join(', ');
}

/** The probability that the model gave, in percent, where one stands among the evidence. */
export function probabilityOf(finding: Finding): number | undefined {
  const evidence = finding.evidence.find((entry) => entry.kind === 'probability');
  return evidence?.kind === 'probability' ? evidence.value : undefined;
}
