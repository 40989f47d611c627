import type { Tensor } from '@radiolect/onnx';

/** Logits between −12 and 12 fall into this many steps. */
const steps = 480;
const range = 12;

/** Average precision of a great many weighted yes-or-no answers, by a histogram of their logits. */
export function averagePrecisionOfCells(): {
  /** Counts answers whose weight for "yes" or for "no" is above 0. */
  readonly add: (logits: Tensor, yes: Tensor, no: Tensor) => void;
  /** Null without a "yes". */
  readonly value: () => number | null;
} {
  const right = new Float64Array(steps);
  const wrong = new Float64Array(steps);
  return {
    add(logits, yes, no) {
      for (let index = 0; index < logits.data.length; index++) {
        const share = (Number(logits.data[index]) + range) / (2 * range);
        const step = Math.min(Math.max(Math.floor(share * steps), 0), steps - 1);
        if (Number(yes.data[index]) > 0) right[step]! += 1;
        else if (Number(no.data[index]) > 0) wrong[step]! += 1;
      }
    },
    value() {
      const total = right.reduce((sum, count) => sum + count, 0);
      if (total === 0) return null;
      let found = 0;
      let called = 0;
      let area = 0;
      for (let step = steps - 1; step >= 0; step--) {
        found += right[step]!;
        called += right[step]! + wrong[step]!;
        if (right[step]! > 0) area += (right[step]! / total) * (found / called);
      }
      return area;
    },
  };
}
