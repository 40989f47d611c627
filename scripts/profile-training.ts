// Where the time of a training step goes, from ONNX Runtime's profile: per operator type, then the dearest nodes.
//
//   node --import tsx scripts/profile-training.ts [tiny|small] [--batch 16] [--steps 6] [--threads 2] [--nodes 25]
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { rates, vitBatch, vitTraining } from '../packages/learning/src/vit-step.fixture.ts';

interface ProfileEvent {
  readonly cat: string;
  readonly name: string;
  readonly ts: number;
  readonly dur: number;
  readonly args?: {
    readonly op_name?: string;
    readonly input_type_shape?: readonly Readonly<Record<string, readonly number[]>>[];
    readonly output_type_shape?: readonly Readonly<Record<string, readonly number[]>>[];
  };
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    batch: { type: 'string', default: '16' },
    steps: { type: 'string', default: '6' },
    threads: { type: 'string', default: '2' },
    nodes: { type: 'string', default: '25' },
  },
});
const size = positionals[0] === 'small' ? 'small' : 'tiny';
const [batch, steps, threads, nodes] = [values.batch, values.steps, values.threads, values.nodes].map(Number) as [
  number,
  number,
  number,
  number,
];
const folder = mkdtempSync(join(tmpdir(), 'profile-'));
const session = await vitTraining(size, batch, { threads, profile: join(folder, 'profile') });
const feeds = vitBatch(batch, 1);
// The first two steps allocate memory and are left out.
const warm = 2;
const wall: number[] = [];
const processor: number[] = [];
for (let step = 0; step < warm + steps; step++) {
  const started = performance.now();
  const before = process.cpuUsage();
  await session.step([feeds], rates);
  const { user, system } = process.cpuUsage(before);
  if (step < warm) continue;
  wall.push(performance.now() - started);
  processor.push((user + system) / 1000);
}
await session.dispose();

const shapes = (list: readonly Readonly<Record<string, readonly number[]>>[] = []): string =>
  list.flatMap((entry) => Object.values(entry).map((shape) => `[${shape}]`)).join(' ');
// The least time of each node over the steps: what other programs took from it does not count.
const perNode = new Map<string, { time: number; operator: string; what: string }>();
for (const file of readdirSync(folder)) {
  const events = JSON.parse(readFileSync(join(folder, file), 'utf8')) as ProfileEvent[];
  const runs = events.filter((event) => event.name === 'model_run').sort((a, b) => a.ts - b.ts);
  const from = runs[warm]!.ts;
  for (const { cat, name, ts, dur, args } of events) {
    const operator = args?.op_name;
    if (cat !== 'Node' || !operator || !name.endsWith('_kernel_time') || ts < from) continue;
    const what = `${operator} ${shapes(args.input_type_shape)} → ${shapes(args.output_type_shape)}`;
    // Both sessions number their nodes alike.
    const key = `${file} ${name}`;
    perNode.set(key, { time: Math.min(dur, perNode.get(key)?.time ?? dur), operator, what });
  }
}
rmSync(folder, { recursive: true });

function summed(
  nameOf: (node: { operator: string; what: string }) => string,
): [string, { time: number; count: number }][] {
  const sums = new Map<string, { time: number; count: number }>();
  for (const node of perNode.values()) {
    const known = sums.get(nameOf(node)) ?? { time: 0, count: 0 };
    sums.set(nameOf(node), { time: known.time + node.time, count: known.count + 1 });
  }
  return [...sums].sort((a, b) => b[1].time - a[1].time);
}
const all = [...perNode.values()].reduce((sum, { time }) => sum + time, 0);
const line = ([name, { time, count }]: [string, { time: number; count: number }]): string =>
  `${(time / 1000).toFixed(1).padStart(9)} ${((100 * time) / all).toFixed(1).padStart(6)} % ${String(count).padStart(6)}  ${name}`;
const least = (list: readonly number[]): string => Math.min(...list).toFixed(0);
console.log(`ViT ${size}, batch ${batch}, ${threads} threads, best of ${steps} steps under the profiler`);
console.log(
  `${least(wall)} ms a step, ${least(processor)} ms of processor time, ${(all / 1000).toFixed(0)} ms in nodes`,
);
console.log('\nmilliseconds, share, nodes, operator');
for (const entry of summed(({ operator }) => operator)) console.log(line(entry));
// Like nodes of all blocks stand together.
console.log('\nmilliseconds, share, nodes, operator with shapes');
for (const entry of summed(({ what }) => what).slice(0, nodes)) console.log(line(entry));
