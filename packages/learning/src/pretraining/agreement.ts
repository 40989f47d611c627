import type { LabelState } from '@radiolect/findings';
import type { FloatTensor } from '@radiolect/onnx';
import { floatTensor } from '@radiolect/onnx';
import type { Statement } from './statement.ts';

// What findings say of which texts and images belong together: the texts of two patients with the same findings agree.

/**
 * (B, B): how far the report of each study may be drawn to the image of each other one; rows sum to 1. Softmax of the
 * cosine of their label vectors (Wang et al. 2022, MedCLIP, section 3.3), present as 1 and doubt as ½, over a
 * temperature. Absent sites do not count: nearly all are absent in everybody. Two studies without a finding agree.
 */
export function reportAgreement(labels: readonly (readonly LabelState[])[], temperature: number): FloatTensor {
  const vectors = labels.map(present);
  const agreement = floatTensor([labels.length, labels.length]);
  vectors.forEach((own, row) => {
    const scores = vectors.map((other, column) => (row === column ? 1 : cosine(own, other)) / temperature);
    const total = scores.reduce((sum, score) => sum + Math.exp(score - 1 / temperature), 0);
    scores.forEach((score, column) => {
      agreement.data[row * labels.length + column] = Math.exp(score - 1 / temperature) / total;
    });
  });
  return agreement;
}

/** One number a position, and one more that says that nothing is present. */
function present(states: readonly LabelState[]): number[] {
  const values = states.map((state) => (state === 'present' ? 1 : state === 'uncertain' ? 0.5 : 0));
  return [...values, values.some((value) => value > 0) ? 0 : 1];
}

function cosine(a: readonly number[], b: readonly number[]): number {
  const dot = (x: readonly number[], y: readonly number[]): number =>
    x.reduce((sum, value, index) => sum + value * y[index]!, 0);
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}

/**
 * Whether a statement holds of a study with these labels: true where every site that it speaks of is known there and
 * stands as it says, false where one is known to stand otherwise, undefined where the labels do not tell.
 */
export function holds(statement: Statement, stateOf: (site: string) => LabelState): boolean | undefined {
  let told = true;
  let any = false;
  for (const [site, said] of Object.entries(statement.sites)) {
    if (said !== 'present' && said !== 'absent') continue;
    any = true;
    const known = stateOf(site);
    if (known !== 'present' && known !== 'absent') told = false;
    else if (known !== said) return false;
  }
  return any && told ? true : undefined;
}
