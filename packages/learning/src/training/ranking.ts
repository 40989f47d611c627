/**
 * Area under the ROC curve with ties counted half, or undefined without both classes. Training needs it to choose an
 * epoch; results that are shown come from the evaluation package, with intervals.
 */
export function areaUnderCurve(scores: readonly number[], positive: readonly boolean[]): number | undefined {
  const order = scores.map((_, index) => index).sort((a, b) => scores[a]! - scores[b]!);
  let positives = 0;
  let rankSum = 0;
  for (let from = 0; from < order.length; ) {
    let to = from;
    while (to < order.length && scores[order[to]!] === scores[order[from]!]) to += 1;
    const rank = (from + 1 + to) / 2;
    for (let index = from; index < to; index++)
      if (positive[order[index]!]) {
        positives += 1;
        rankSum += rank;
      }
    from = to;
  }
  const negatives = order.length - positives;
  if (positives === 0 || negatives === 0) return undefined;
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives);
}
