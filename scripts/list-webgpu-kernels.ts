// Which operators of our table run on the device under WebGPU, and which fall back to the processor with copies: a few
// drawn cases of each are run with ONNX Runtime's profile, and compared with the CPU. Prints a line per operator.
//   npx tsx scripts/list-webgpu-kernels.ts [cases per operator]
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Operator, OperatorAttributes, Tensor } from '@radiolect/onnx';
import { encodeModel, floatTensor, Graph, intTensor, Session } from '@radiolect/onnx';
import fc from 'fast-check';
import { operatorCases } from '../packages/onnx/src/operator-cases.fixture.ts';

const cases = Number(process.argv[2] ?? 4);
const folder = mkdtempSync(join(tmpdir(), 'radiolect-kernels-'));
const operators = Object.keys(operatorCases) as Operator[];
const rows: string[] = [];
for (const operator of operators) {
  const providers = new Map<string, number>();
  let worst = 0;
  let failure = '';
  // Of each kind of inputs so many: index arithmetic may lie elsewhere than that of pictures.
  const drawn = fc.sample(operatorCases[operator] as fc.Arbitrary<Case>, { numRuns: 20 * cases, seed: 7 });
  const byKind = new Map<string, Case[]>();
  for (const one of drawn) {
    const kind = one.inputs.map(({ dtype }) => dtype).join(', ');
    byKind.set(kind, [...(byKind.get(kind) ?? []), one]);
  }
  const chosen = [...byKind].flatMap(([kind, list]) => list.slice(0, cases).map((one) => [kind, one] as const));
  for (const [index, [kind, one]] of chosen.entries()) {
    const g = new Graph();
    const feeds: Record<string, Tensor> = {};
    const inputs = one.inputs.map(({ dtype, shape, data }, place) => {
      const name = `input-${place}`;
      feeds[name] =
        dtype === 'float32'
          ? floatTensor(shape, data)
          : dtype === 'int64'
            ? intTensor(shape, data)
            : { dtype, shape, data: Uint8Array.from(data) };
      return g.input(name, dtype, shape);
    });
    g.apply(operator, inputs, one.attributes as OperatorAttributes[Operator]).forEach((value, place) => {
      g.output(`output-${place}`, value);
    });
    const model = encodeModel(g);
    const reference = await Session.create(model, { threads: 1 });
    const expected = await reference.run(feeds);
    await reference.dispose();
    const profile = join(folder, `${operator}-${index}`);
    try {
      const session = await Session.create(model, { threads: 1, provider: 'webgpu', profile });
      const results = await session.run(feeds);
      await session.dispose();
      for (const [name, { data }] of Object.entries(expected))
        data.forEach((value: number | bigint, at: number) => {
          const difference = Math.abs(Number(value) - Number(results[name]!.data[at]));
          worst = Math.max(worst, Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference);
        });
    } catch (error) {
      failure = (error as Error).message.split('\n')[0]!.slice(0, 160);
    }
    for (const file of readdirSync(folder).filter((name) => name.startsWith(`${operator}-${index}`))) {
      const events = JSON.parse(readFileSync(join(folder, file), 'utf8')) as {
        cat: string;
        args?: { op_name?: string; provider?: string };
      }[];
      for (const { cat, args } of events)
        if (
          cat === 'Node' &&
          args?.provider &&
          !['Identity', 'MemcpyToHost', 'MemcpyFromHost'].includes(args.op_name ?? '')
        ) {
          const key = `${kind} on ${args.provider.replace('ExecutionProvider', '')}${args.op_name === operator ? '' : ` as ${args.op_name}`}`;
          providers.set(key, (providers.get(key) ?? 0) + 1);
        }
    }
  }
  const where = [...providers].map(([name, count]) => `${name} ${count}`).join(', ') || 'folded away';
  rows.push(
    `${operator.padEnd(20)} ${where}; largest difference from the CPU ${worst.toExponential(1)}${failure ? `; ${failure}` : ''}`,
  );
  process.stdout.write(`${rows.at(-1)}\n`);
}
rmSync(folder, { recursive: true });

interface Case {
  readonly inputs: readonly {
    readonly dtype: 'float32' | 'int64' | 'bool';
    readonly shape: readonly number[];
    readonly data: readonly number[];
  }[];
  readonly attributes: object;
}
