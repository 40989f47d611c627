import type { ChildProcess } from 'node:child_process';
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { encodeModel, Graph, Session } from '@radiolect/onnx';
import { createBackbone } from './backbones/create-backbone.ts';
import { linear } from './network/layers.ts';
import { FixedParameters } from './network/parameters.ts';
import { randomStream } from './random.ts';
import type { VitSize } from './vit-step.fixture.ts';
import { labels, pictureShape, rates, vitBatch, vitGraph, vitTraining } from './vit-step.fixture.ts';

// Speed of one supervised step (forward, backward, AdamW) of ViT-Ti/16 and ViT-S/16 at 224 pixels, and of reading with
// the same network, beside PyTorch's CPU build and onnxruntime for Python. Every engine is a process of its own; they take
// turns, so that what else the machine does meets all of them. Python is `python3` or RADIOLECT_PYTHON, with
// `pip install torch==2.13.0 onnxruntime numpy`; without torch only our own figures are printed.
//
//   npm run bench -- training [--rounds=5] [--batch=16] [--threads=2] [--sizes=tiny,small] [--only=train]

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    batch: { type: 'string', default: '16' },
    threads: { type: 'string', default: '2' },
    sizes: { type: 'string', default: 'tiny,small' },
    only: { type: 'string', default: 'train,read' },
    serve: { type: 'string' },
  },
});
const [rounds, batch, threads] = [values.rounds, values.batch, values.threads].map(Number) as [number, number, number];
const names: Record<VitSize, string> = { tiny: 'ViT-Ti/16', small: 'ViT-S/16' };

interface Answer {
  readonly seconds: readonly number[];
  /** Processor seconds: what the step took on all cores together, whatever else ran. */
  readonly processor: readonly number[];
  /** Largest resident set so far, in bytes. */
  readonly peak: number;
}

/** An engine in a child process that runs steps when it is told to. */
class Engine {
  readonly name: string;
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterator<string>;
  readonly seconds: number[] = [];
  readonly processor: number[] = [];
  peak = 0;
  version = '';

  constructor(name: string, command: string, args: readonly string[]) {
    this.name = name;
    const env = { ...process.env, RADIOLECT_THREADS: String(threads), OMP_NUM_THREADS: String(threads) };
    this.#child = spawn(command, args, { env, stdio: ['pipe', 'pipe', 'inherit'] });
    this.#lines = createInterface({ input: this.#child.stdout! })[Symbol.asyncIterator]();
  }
  async ready(): Promise<this> {
    this.version = (JSON.parse(await this.#line()) as { version: string }).version;
    return this;
  }
  async run(steps: number): Promise<void> {
    this.#child.stdin!.write(`${steps}\n`);
    const answer = JSON.parse(await this.#line()) as Answer;
    this.seconds.push(...answer.seconds);
    this.processor.push(...answer.processor);
    this.peak = answer.peak;
  }
  async end(): Promise<void> {
    this.#child.stdin!.end();
    await new Promise((resolve) => this.#child.once('exit', resolve));
  }
  async #line(): Promise<string> {
    const { value, done } = await this.#lines.next();
    if (done) throw new Error(`${this.name} ended before it answered`);
    return value;
  }
}

async function serve(version: string, step: () => Promise<unknown>): Promise<void> {
  await step();
  console.log(JSON.stringify({ version }));
  for await (const line of createInterface({ input: process.stdin })) {
    const answer = { seconds: [] as number[], processor: [] as number[], peak: 0 };
    for (let index = 0; index < Number(line); index++) {
      const started = performance.now();
      const before = process.cpuUsage();
      await step();
      const { user, system } = process.cpuUsage(before);
      answer.seconds.push((performance.now() - started) / 1000);
      answer.processor.push((user + system) / 1e6);
    }
    answer.peak = process.resourceUsage().maxRSS * 1024;
    console.log(JSON.stringify(answer));
  }
}

async function serveTraining(size: VitSize): Promise<void> {
  const session = await vitTraining(size, batch, { threads });
  const feeds = vitBatch(batch, 1);
  await serve('radiolect', () => session.step([feeds], rates));
}

/** The network as it is read with: weights are constants, the batch is fixed. */
function readingModel(size: VitSize): Uint8Array {
  const weights = vitGraph(size, 1).p.start(new Map(), randomStream(1));
  const g = new Graph();
  const p = new FixedParameters(g, weights);
  const pictures = g.input('pictures', 'float32', [batch, ...pictureShape]);
  const backbone = createBackbone({ kind: 'vit', size, picture: [224, 224], channels: 3 });
  g.output('logits', linear(g, p, 'head', backbone.build(g, p, pictures).pooled, labels));
  return encodeModel(g);
}

async function serveReading(size: VitSize): Promise<void> {
  const session = await Session.create(readingModel(size), { threads });
  const { pictures } = vitBatch(batch, 1);
  await serve('radiolect', () => session.run({ pictures: pictures! }));
}

const middle = (list: readonly number[]): number => {
  const sorted = list.toSorted((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2;
};
const quarter = (list: readonly number[], share: number): number =>
  list.toSorted((a, b) => a - b)[Math.round(share * (list.length - 1))]!;

function table(title: string, engines: readonly Engine[], size: number): void {
  console.log(`\n${title}`);
  console.log(
    `${'engine'.padEnd(34)}${'images/s'.padStart(9)}${'quartiles'.padStart(16)}${'CPU s/step'.padStart(12)}${'peak MB'.padStart(9)}`,
  );
  for (const engine of engines) {
    const { seconds, processor, peak } = engine;
    const rate = (time: number): string => (size / time).toFixed(1);
    const spread = `${rate(quarter(seconds, 0.75))} – ${rate(quarter(seconds, 0.25))}`;
    console.log(
      `${engine.name.padEnd(34)}${rate(middle(seconds)).padStart(9)}${spread.padStart(16)}${middle(processor).toFixed(3).padStart(12)}${(peak / 1e6).toFixed(0).padStart(9)}`,
    );
  }
}

/** The time of a step over ours, best of the float32 engines: above 1 we are the faster. */
function ratio(ours: Engine, others: readonly Engine[]): void {
  if (others.length === 0) return;
  const best = others.toSorted((a, b) => middle(a.seconds) - middle(b.seconds))[0]!;
  const wall = middle(best.seconds) / middle(ours.seconds);
  const leanest = others.toSorted((a, b) => middle(a.processor) - middle(b.processor))[0]!;
  const work = middle(leanest.processor) / middle(ours.processor);
  console.log(
    `${wall.toFixed(2)} times ${best.name}; by processor time ${work.toFixed(2)} times ${leanest.name} (${ours.seconds.length} steps each)`,
  );
}

async function main(): Promise<void> {
  const here = fileURLToPath(import.meta.url);
  const peer = fileURLToPath(new URL('../../../scripts/training-peer.py', import.meta.url));
  const python = process.env.RADIOLECT_PYTHON ?? 'python3';
  const has = (module: string): boolean => spawnSync(python, ['-c', `import ${module}`]).status === 0;
  const ours = (what: string, size: number): Engine =>
    new Engine('radiolect', process.execPath, [
      ...['--import', 'tsx', here, `--serve=${what}`, `--batch=${size}`, `--threads=${threads}`],
    ]);
  const sizes = values.sizes.split(',') as VitSize[];
  const inTurns = async (engines: readonly Engine[], steps: number): Promise<void> => {
    for (let round = 0; round < rounds; round++) for (const engine of engines) await engine.run(steps);
    for (const engine of engines) await engine.end();
  };
  // One after the other, so that no engine is made ready while another one is.
  const allReady = async (makers: readonly (() => Engine)[]): Promise<Engine[]> => {
    const engines: Engine[] = [];
    for (const make of makers) engines.push(await make().ready());
    return engines;
  };

  const torch = has('torch');
  if (!torch) console.log(`${python} has no torch: pip install torch==2.13.0 and set RADIOLECT_PYTHON to compare`);
  const modes = ['eager', 'compiled', 'bf16', 'bf16-compiled'];
  if (values.only.includes('train'))
    for (const size of sizes) {
      const torchEngines = modes.map(
        (mode) => () => new Engine(`PyTorch ${mode}`, python, [peer, 'train', size, String(batch), mode]),
      );
      const engines = await allReady([() => ours(`train-${size}`, batch), ...(torch ? torchEngines : [])]);
      await inTurns(engines, size === 'tiny' ? 4 : 2);
      table(`${names[size]} training, batch ${batch}, ${threads} threads (${engines.at(-1)!.version})`, engines, batch);
      ratio(engines[0]!, engines.slice(1, 3));
    }

  const runtime = has('onnxruntime');
  if (!runtime) console.log(`${python} has no onnxruntime: pip install onnxruntime to compare reading`);
  const folder = mkdtempSync(join(tmpdir(), 'training-bench-'));
  if (values.only.includes('read'))
    for (const size of sizes)
      for (const count of [1, 16]) {
        const file = join(folder, `${size}-${count}.onnx`);
        const made = spawnSync(process.execPath, [
          ...['--import', 'tsx', here, `--serve=model-${size}:${file}`, `--batch=${count}`],
        ]);
        if (made.status !== 0) throw new Error(String(made.stderr));
        const other = () => new Engine('onnxruntime in Python', python, [peer, 'infer', file, String(count)]);
        const engines = await allReady([() => ours(`read-${size}`, count), ...(runtime ? [other] : [])]);
        await inTurns(engines, count === 1 ? 20 : 3);
        const title = `${names[size]} reading, batch ${count}, ${threads} threads (${engines.at(-1)!.version})`;
        table(title, engines, count);
        ratio(engines[0]!, engines.slice(1));
      }
  rmSync(folder, { recursive: true });
}

const [task, file] = values.serve?.split(':') ?? [];
const [what, size] = (task?.split('-') ?? []) as [string?, VitSize?];
if (what === 'train') await serveTraining(size!);
else if (what === 'read') await serveReading(size!);
else if (what === 'model') writeFileSync(file!, readingModel(size!));
else await main();
