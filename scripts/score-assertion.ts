// Negation, history, hypothesis and experiencer on the public annotated sentences, with bootstrap intervals.
//   node --import tsx scripts/score-assertion.ts [MATERIAL_FOLDER] [--lines even|odd|all] [--errors]
// The trigger words were tuned on the odd lines. Published figures: NegEx, Chapman et al., J Biomed Inform 2001;34:301
// (1,235 other findings); the others from the READMEs of the tool kits that come with these sentences, on all 2,376.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Assertion } from '@radiolect/reports';
import { assertionRules, createAssertionReader } from '@radiolect/reports';
import type { AnnotatedSentence } from '../packages/reports/src/assertion/annotated-sentences.fixture.ts';
import { readAnnotatedSentences } from '../packages/reports/src/assertion/annotated-sentences.fixture.ts';

const args = process.argv.slice(2);
const optionAt = args.indexOf('--lines');
const lines = optionAt < 0 ? 'even' : (args[optionAt + 1] ?? '');
if (!['even', 'odd', 'all'].includes(lines)) {
  process.stderr.write('--lines is even, odd or all\n');
  process.exit(2);
}
const folder =
  args.find((arg, index) => !arg.startsWith('--') && index !== optionAt + 1) ??
  process.env.RADIOLECT_MATERIAL ??
  join(fileURLToPath(new URL('..', import.meta.url)), '../shared');
const sentences = readAnnotatedSentences(folder);
if (!sentences) {
  process.stderr.write(
    `No annotated sentences below ${folder}; give the folder that holds data/negex-context-annotations\n`,
  );
  process.exit(1);
}
const chosen = sentences.filter(({ number }) => lines === 'all' || (number % 2 === 0) === (lines === 'even'));
const reader = createAssertionReader([assertionRules.en]);

interface Measured {
  readonly name: string;
  readonly gold: (one: AnnotatedSentence) => boolean;
  readonly said: (said: Assertion) => boolean;
  readonly published: string;
}
const measures: readonly Measured[] = [
  {
    name: 'negated',
    gold: (one) => one.negated,
    said: (said) => said.presence === 'absent',
    published: 'NegEx 0.810 (P 0.845, R 0.778); GenNegEx 0.947; GenConText 0.981',
  },
  {
    name: 'historical',
    gold: (one) => one.temporality === 'Historical',
    said: (said) => said.temporality === 'historical',
    published: 'none with a figure at hand',
  },
  {
    name: 'hypothetical',
    gold: (one) => one.temporality === 'Not particular',
    said: (said) => said.temporality === 'hypothetical',
    published: 'none with a figure at hand',
  },
  {
    name: 'experiencer other',
    gold: (one) => one.experiencer !== 'Patient',
    said: (said) => said.experiencer === 'other',
    published: 'none with a figure at hand',
  },
];

/** A small linear congruential generator: the intervals are the same on every run. */
let seed = 20090522;
const random = (): number => {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  return seed / 2 ** 32;
};
type Pair = readonly [gold: boolean, said: boolean];
const f1 = (pairs: readonly Pair[]): number => {
  let both = 0;
  let sum = 0;
  for (const [gold, said] of pairs) {
    both += Number(gold && said);
    sum += Number(gold) + Number(said);
  }
  return sum === 0 ? Number.NaN : (2 * both) / sum;
};
function interval(pairs: readonly Pair[]): readonly [low: number, high: number] {
  const values = Array.from({ length: 2000 }, () =>
    f1(Array.from(pairs, () => pairs[Math.floor(random() * pairs.length)]!)),
  )
    .filter((value) => !Number.isNaN(value))
    .sort((a, b) => a - b);
  return [values[Math.floor(values.length * 0.025)]!, values[Math.floor(values.length * 0.975)]!];
}

const read = chosen.map((one) => ({
  one,
  said: reader.assess(one.text, { start: 0, end: one.text.length }, one.mention),
}));
process.stdout.write(
  `${lines} lines: ${chosen.length} sentences (${chosen.filter((s) => !s.marked).length} without their concept)\n`,
);
for (const { name, gold, said, published } of measures) {
  const pairs = read.map((r): Pair => [gold(r.one), said(r.said)]);
  const count = (g: boolean, s: boolean): number => pairs.filter((p) => p[0] === g && p[1] === s).length;
  const [tp, fp, fn] = [count(true, true), count(false, true), count(true, false)];
  const [low, high] = interval(pairs);
  const number = (value: number): string => (Number.isNaN(value) ? 'n/a' : value.toFixed(3));
  process.stdout.write(
    `${name.padEnd(18)} n ${tp + fn}  P ${number(tp / (tp + fp))}  R ${number(tp / (tp + fn))}  F1 ${number(f1(pairs))} (95 % ${number(low)} to ${number(high)})  published: ${published}\n`,
  );
  if (!args.includes('--errors')) continue;
  for (const r of read) {
    if (gold(r.one) === said(r.said)) continue;
    const { text, mention, number: line } = r.one;
    const around = text.slice(Math.max(0, mention.start - 100), mention.end + 60).replace(/\s+/g, ' ');
    process.stdout.write(`  ${gold(r.one) ? 'missed' : 'false'} ${line}: ${around}\n`);
  }
}
