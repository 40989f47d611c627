// Chest X-rays of 28 × 28 pixels: a small transformer beside logistic regression on pixels, both trained by this engine on
// the same pictures. Reads the runs that the headers of recipes/pneumonia-mnist.ts and recipes/pneumonia-pixels.ts make,
// prints the table of docs/results.md, and writes docs/results/pneumonia-mnist.json and .svg.
//
//   node --import tsx scripts/experiments/pneumonia-mnist.ts
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { auroc, bootstrap, type Estimate, meanInterval, rank } from '@radiolect/evaluation';

const root = fileURLToPath(new URL('../../', import.meta.url));
const seeds = [1, 2, 3];
const readers = { 'pneumonia-mnist': 'transformer', 'pneumonia-pixels': 'logistic regression on pixels' } as const;
type Reader = keyof typeof readers;

interface Run {
  readonly truth: readonly boolean[];
  readonly probabilities: readonly number[];
  readonly threshold: number;
}

function readRun(recipe: Reader, seed: number): Run {
  const file = (name: string): string => readFileSync(`${root}runs/${recipe}/seed-${seed}/${name}`, 'utf8');
  const { positions } = JSON.parse(file('operating-points.json')) as {
    positions: Record<string, { slope: number; offset: number; high: number }>;
  };
  const { slope, offset, high } = positions['1']!;
  const lines = file('predictions.jsonl')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { key: string; split: string; states: string[]; logits: number[] })
    .filter(({ split }) => split === 'validation');
  return {
    truth: lines.map(({ states }) => states[0] === 'present'),
    probabilities: lines.map(({ logits }) => 1 / (1 + Math.exp(-(slope * logits[0]! + offset)))),
    threshold: high,
  };
}

/** Several runs as one: the mean of their probabilities and thresholds. */
function together(runs: readonly Run[]): Run {
  const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b) / values.length;
  return {
    truth: runs[0]!.truth,
    probabilities: runs[0]!.truth.map((_, index) => mean(runs.map((run) => run.probabilities[index]!))),
    threshold: mean(runs.map(({ threshold }) => threshold)),
  };
}

const areaOf = ({ probabilities, truth }: Run, weights?: ArrayLike<number>): number =>
  auroc(rank(probabilities, truth), weights);
const rightOf = ({ probabilities, truth, threshold }: Run, weights?: ArrayLike<number>): number => {
  let [right, all] = [0, 0];
  truth.forEach((is, index) => {
    const weight = weights ? weights[index]! : 1;
    all += weight;
    if (probabilities[index]! >= threshold === is) right += weight;
  });
  return right / all;
};
const shown = ({ value, low, high }: Estimate, digits = 3): string =>
  `${value.toFixed(digits)} (${low.toFixed(digits)}–${high.toFixed(digits)})`;

const rows: string[] = [];
const figures: Record<string, unknown> = {};
const ensembles: Partial<Record<Reader, Run>> = {};
for (const reader of Object.keys(readers) as Reader[]) {
  const runs = seeds.map((seed) => readRun(reader, seed));
  const ensemble = together(runs);
  ensembles[reader] = ensemble;
  const n = ensemble.truth.length;
  const overSeeds = {
    auroc: meanInterval(runs.map((run) => areaOf(run))),
    accuracy: meanInterval(runs.map((run) => rightOf(run))),
  };
  const asOne = {
    auroc: bootstrap(n, (w) => areaOf(ensemble, w)),
    accuracy: bootstrap(n, (w) => rightOf(ensemble, w)),
  };
  figures[reader] = {
    seeds: runs.map((run) => ({ auroc: areaOf(run), accuracy: rightOf(run) })),
    overSeeds,
    ensemble: asOne,
  };
  rows.push(
    `| ${readers[reader]}, mean of three seeds (interval over seeds) | ${shown(overSeeds.auroc)} | ${shown(overSeeds.accuracy)} |`,
  );
  rows.push(
    `| ${readers[reader]}, the three as one (interval over pictures) | ${shown(asOne.auroc)} | ${shown(asOne.accuracy)} |`,
  );
}
const [network, pixels] = [ensembles['pneumonia-mnist']!, ensembles['pneumonia-pixels']!];
const n = network.truth.length;
const difference = {
  auroc: bootstrap(n, (w) => areaOf(network, w) - areaOf(pixels, w)),
  accuracy: bootstrap(n, (w) => rightOf(network, w) - rightOf(pixels, w)),
};
figures.difference = difference;
rows.push(
  `| difference of the two, same pictures drawn | ${shown(difference.auroc, 4)} | ${shown(difference.accuracy)} |`,
);
console.log(
  ['| validation, 524 pictures, 389 with pneumonia | AUROC | accuracy |', '|---|---|---|', ...rows].join('\n'),
);

/** False positive rate and sensitivity at every threshold, as points of a picture of 360 × 360. */
function curve({ probabilities, truth }: Run): string {
  const order = [...probabilities.keys()].sort((a, b) => probabilities[b]! - probabilities[a]!);
  const positives = truth.filter(Boolean).length;
  let [hits, alarms] = [0, 0];
  const points = ['40,360'];
  for (const index of order) {
    if (truth[index]) hits += 1;
    else alarms += 1;
    const x = 40 + (320 * alarms) / (truth.length - positives);
    points.push(`${x.toFixed(1)},${(360 - (320 * hits) / positives).toFixed(1)}`);
  }
  return points.join(' ');
}
const line = (run: Run, colour: string): string =>
  `<polyline fill="none" stroke="${colour}" stroke-width="2" points="${curve(run)}"/>`;
mkdirSync(`${root}docs/results`, { recursive: true });
writeFileSync(`${root}docs/results/pneumonia-mnist.json`, `${JSON.stringify(figures, null, 2)}\n`);
writeFileSync(
  `${root}docs/results/pneumonia-mnist.svg`,
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 410" font-family="sans-serif" font-size="12">
<title>PneumoniaMNIST, ROC curves on validation</title><rect width="400" height="410" fill="#fff"/>
<path d="M40 40V360H360" fill="none" stroke="#444"/><path d="M40 360L360 40" stroke="#bbb" stroke-dasharray="4 4"/>
${line(pixels, '#b3541e')}
${line(network, '#1f5fa8')}
<text x="130" y="300" fill="#1f5fa8" font-weight="600">${readers['pneumonia-mnist']} ${areaOf(network).toFixed(3)}</text>
<text x="130" y="320" fill="#b3541e" font-weight="600">${readers['pneumonia-pixels']} ${areaOf(pixels).toFixed(3)}</text>
<text x="200" y="390" text-anchor="middle">share of normal pictures called pneumonia</text>
<text transform="translate(20 200) rotate(-90)" text-anchor="middle">share of pneumonia found</text>
<text x="40" y="375" text-anchor="middle">0</text><text x="360" y="375" text-anchor="middle">1</text><text x="32" y="44" text-anchor="end">1</text>
</svg>
`,
);
