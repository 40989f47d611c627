// Scores a pack of concepts on hand-labelled reports: F1 per state with bootstrap intervals over reports, and per position.
//   node --import tsx scripts/score-concepts.ts GOLD.jsonl [--pack chest-x-ray] [--errors]
// GOLD: {id, text, labels: {position: {state}}} per line. --errors prints what differs; not to be used on a locked set.
import { readFileSync } from 'node:fs';
import { readPack } from '@radiolect/findings/node';
import { createRuleReader, labelLine } from '@radiolect/reports';

const args = process.argv.slice(2);
const packAt = args.indexOf('--pack');
const pack = await readPack(packAt < 0 ? 'chest-x-ray' : (args[packAt + 1] ?? ''));
const gold = args.find((arg, index) => !arg.startsWith('--') && (packAt < 0 || index !== packAt + 1));
if (!gold) {
  process.stderr.write('usage: score-concepts.ts GOLD.jsonl [--pack NAME|DIR] [--errors]\n');
  process.exit(2);
}
const reader = createRuleReader(pack);
const states = ['present', 'absent', 'uncertain'] as const;

interface Counts {
  tp: number;
  fp: number;
  fn: number;
}
const none = (): Counts => ({ tp: 0, fp: 0, fn: 0 });
const f1 = ({ tp, fp, fn }: Counts): number => (2 * tp) / (2 * tp + fp + fn);

/** Per report, per state and position. */
const reports = readFileSync(gold, 'utf8')
  .split('\n')
  .filter(Boolean)
  .map((line) => {
    const { id, text, labels } = JSON.parse(line) as {
      id: string;
      text: string;
      labels: Record<string, { state: string }>;
    };
    const read = labelLine(id, reader.read(text)).labels;
    const counts = new Map<string, Counts>();
    for (const position of pack.labelSpace.positions) {
      const [want, said] = [labels[position]?.state, read[position]?.state];
      if (want !== said && args.includes('--errors'))
        process.stdout.write(
          `${id} ${position}: gold ${want ?? '-'}, read ${said ?? '-'} [${read[position]?.evidence?.text ?? ''}]\n`,
        );
      for (const state of states)
        counts.set(`${state} ${position}`, {
          tp: Number(want === state && said === state),
          fp: Number(want !== state && said === state),
          fn: Number(want === state && said !== state),
        });
    }
    return counts;
  });

type Report = (typeof reports)[number];
function total(sample: readonly Report[], state: string, position?: string): Counts {
  const sum = none();
  for (const counts of sample)
    for (const [key, { tp, fp, fn }] of counts) {
      if (position === undefined ? !key.startsWith(`${state} `) : key !== `${state} ${position}`) continue;
      sum.tp += tp;
      sum.fp += fp;
      sum.fn += fn;
    }
  return sum;
}

/** A small linear congruential generator: the intervals are the same on every run. */
let seed = 14;
const random = (): number => {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  return seed / 2 ** 32;
};
process.stdout.write(`${reports.length} reports\n`);
for (const state of states) {
  const counts = total(reports, state);
  const samples = Array.from({ length: 1000 }, () =>
    f1(
      total(
        Array.from(reports, () => reports[Math.floor(random() * reports.length)]!),
        state,
      ),
    ),
  ).sort((a, b) => a - b);
  const { tp, fp, fn } = counts;
  process.stdout.write(
    `${state.padEnd(10)} n ${tp + fn}  P ${(tp / (tp + fp)).toFixed(3)}  R ${(tp / (tp + fn)).toFixed(3)}  micro F1 ${f1(counts).toFixed(3)} (95 % ${samples[24]!.toFixed(3)} to ${samples[974]!.toFixed(3)})\n`,
  );
}
for (const position of pack.labelSpace.positions) {
  const counts = total(reports, 'present', position);
  const value = f1(counts);
  process.stdout.write(
    `  ${position.padEnd(28)} present n ${counts.tp + counts.fn}  F1 ${Number.isNaN(value) ? 'n/a' : value.toFixed(3)}\n`,
  );
}
