import type { GreyImage } from '../grey-image.ts';

export interface ViewGuess {
  readonly view: 'anterior' | 'posterior' | 'unsure';
  /** Log likelihood ratio of anterior over posterior; near zero is unsure. */
  readonly score: number;
}

// Shares of counts by twentieths of body height, head to feet, as measured on real scans (docs/decisions).
const anteriorShares = [
  0.031, 0.051, 0.04, 0.11, 0.088, 0.071, 0.064, 0.055, 0.082, 0.112, 0.074, 0.025, 0.017, 0.022, 0.049, 0.027, 0.018,
  0.014, 0.025, 0.023,
];
const posteriorShares = [
  0.03, 0.044, 0.035, 0.097, 0.096, 0.083, 0.082, 0.069, 0.101, 0.108, 0.065, 0.024, 0.016, 0.019, 0.04, 0.021, 0.015,
  0.013, 0.023, 0.02,
];

/** Guesses the view of a whole-body picture from where its counts lie along the body. */
export function classifyView(image: GreyImage): ViewGuess {
  const shares = countProfile(image);
  if (!shares) return { view: 'unsure', score: 0 };
  let score = 0;
  for (let part = 0; part < 20; part++)
    score +=
      (shares[part]! - (anteriorShares[part]! + posteriorShares[part]!) / 2) *
      Math.log(anteriorShares[part]! / posteriorShares[part]!);
  const margin = 0.004;
  return { view: score > margin ? 'anterior' : score < -margin ? 'posterior' : 'unsure', score };
}

/** Shares of all counts by twentieths of body height, head to feet; undefined for an empty picture. */
export function countProfile(image: GreyImage): number[] | undefined {
  const { rows, columns, pixels } = image;
  const sums = new Float64Array(rows);
  let total = 0;
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const value = Math.max(0, pixels[row * columns + column]!);
      sums[row]! += value;
      total += value;
    }
  if (total === 0) return undefined;
  const floor = (total / rows) * 0.08;
  const top = sums.findIndex((sum) => sum > floor);
  const bottom = sums.findLastIndex((sum) => sum > floor);
  const height = bottom - top + 1;
  if (top < 0 || height < 40) return undefined;
  const shares = Array.from({ length: 20 }, () => 0);
  for (let row = top; row <= bottom; row++)
    shares[Math.min(19, Math.floor(((row - top) * 20) / height))]! += sums[row]!;
  const inside = shares.reduce((sum, share) => sum + share, 0);
  return shares.map((share) => share / inside);
}

/** Guesses the view of the first of two pictures of one patient, one of which is anterior and one posterior. */
export function classifyPair(first: GreyImage, second: GreyImage): ViewGuess {
  const score = classifyView(first).score - classifyView(second).score;
  return { view: score > pairMargin ? 'anterior' : score < -pairMargin ? 'posterior' : 'unsure', score };
}

const pairMargin = 0.004;
