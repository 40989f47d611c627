/** Quantile of the standard normal distribution (Acklam's rational approximation, relative error below 1.2e-9). */
export function normalQuantile(p: number): number {
  const a = [
    -39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716, 2.506628277459239,
  ];
  const b = [-54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572];
  const c = [
    -0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734, 4.374664141464968,
    2.938163982698783,
  ];
  const d = [0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416];
  const polynomial = (coefficients: readonly number[], x: number): number => {
    let value = 0;
    for (const coefficient of coefficients) value = value * x + coefficient;
    return value;
  };
  if (p < 0.02425) {
    const q = Math.sqrt(-2 * Math.log(p));
    return polynomial(c, q) / (polynomial(d, q) * q + 1);
  }
  if (p > 1 - 0.02425) return -normalQuantile(1 - p);
  const q = p - 0.5;
  const r = q * q;
  return (polynomial(a, r) * q) / (polynomial(b, r) * r + 1);
}

/** Above this mean the normal approximation with its first correction errs by less than counting does. */
const largeMean = 40;

/**
 * Quantile of the Poisson distribution: the count at the cumulative probability `u` (above 0, below 1) for a mean ≥ 0.
 * Monotone in the mean, so two pictures drawn with the same `u` differ only where their means do.
 */
export function poissonQuantile(mean: number, u: number): number {
  if (mean <= 0) return 0;
  if (mean > largeMean) {
    const z = normalQuantile(u);
    return Math.max(0, Math.floor(mean + Math.sqrt(mean) * z + (z * z - 1) / 6 + 0.5));
  }
  let probability = Math.exp(-mean);
  let cumulative = probability;
  let count = 0;
  while (u > cumulative && count < 200) {
    count++;
    probability *= mean / count;
    cumulative += probability;
  }
  return count;
}

/** A uniform number above 0 and below 1 for a pixel of a picture, by a seed; no state, so any part can be redrawn. */
export function pixelUniform(seed: number, pixel: number): number {
  let h = Math.imul(pixel + 0x7f4a7c15, 0x9e3779b1) ^ seed;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  h ^= h >>> 16;
  h = Math.imul(h ^ Math.imul(seed, 0x27d4eb2f), 0x165667b1);
  h ^= h >>> 15;
  return ((h >>> 0) + 0.5) / 4294967296;
}

/** Draws the counts of a picture from its expected counts. */
export function drawCounts(expected: Float32Array, seed: number): Uint16Array {
  const counts = new Uint16Array(expected.length);
  for (let pixel = 0; pixel < expected.length; pixel++)
    counts[pixel] = Math.min(65535, poissonQuantile(expected[pixel]!, pixelUniform(seed, pixel)));
  return counts;
}
