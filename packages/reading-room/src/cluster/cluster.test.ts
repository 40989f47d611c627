import { type ChildProcess, execFile, execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { identityWarp } from '@radiolect/findings';
import { readPack } from '@radiolect/findings/node';
import type { Example } from '@radiolect/learning';
import { modelInput, readingGrid } from '@radiolect/learning';
import { FolderInputCache } from '@radiolect/learning/node';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeSquares } from '../grading/squares.fixture.ts';
import type { ClusterResults } from './gather-results.ts';
import type { JournalEntry } from './job-folder.ts';
import { jsonLines } from './job-folder.ts';
import type { SlurmNode } from './slurm.fixture.ts';
import { processesWith, slurmIsMissing, startSlurm } from './slurm.fixture.ts';
import { Slurm } from './slurm.ts';
import { readProgress } from './task-progress.ts';

// A real Slurm with one node, and the real program: nothing here stands in for either.

const missing = slurmIsMissing();
if (missing) process.stderr.write(`the cluster tests are skipped: ${missing}\n`);
const onSlurm = test.skipIf(missing !== undefined);

const program = fileURLToPath(new URL('../../../../apps/cli/bin/radiolect.mjs', import.meta.url));
let base: string;
let node: SlurmNode;
const job = (): string => join(base, 'a job');

beforeAll(async () => {
  if (missing) return;
  base = await mkdtemp(join(tmpdir(), 'radiolect-cluster-'));
  await writeDataset(join(base, 'dataset'));
  node = await startSlurm(process.env);
  process.env.SLURM_CONF = node.configuration;
});
afterAll(async () => {
  if (missing) return;
  await node.stop();
  await rm(base, { recursive: true, force: true, maxRetries: 5 });
});

/** Labelled studies of noise with one bright or dark body half: prepared already, so that no time goes into pictures. */
async function writeDataset(folder: string): Promise<void> {
  const { atlas, labelSpace } = await readPack('bone-scan');
  const cache = new FolderInputCache(join(folder, 'inputs-256x64'));
  const grid = readingGrid(atlas!, 256, 64);
  const warps = { anterior: identityWarp, posterior: identityWarp };
  const lines: string[] = [];
  for (let index = 0; index < 16; index++) {
    const pixels = Float32Array.from({ length: 1024 * 256 }, (_, at) => 20 + ((at * 7919 + index * 104729) % 13));
    if (index % 2 === 0) pixels.fill(60, 0, 512 * 256);
    const picture = { rows: 1024, columns: 256, pixels };
    const example: Example = {
      studyKey: `study-${index}`,
      patientKey: `patient-${index}`,
      labels: {
        labelSpace: { name: labelSpace.name, version: labelSpace.version },
        states: labelSpace.positions.map(() => (index % 2 === 0 ? 'present' : 'absent')),
      },
      natures: {},
      metastasis: index % 2 === 0 ? 'present' : 'absent',
      views: {},
      split: index < 10 ? 'train' : 'validation',
    };
    await cache.put(example.studyKey, modelInput({ anterior: picture, posterior: picture }, warps, grid));
    lines.push(`${JSON.stringify(example)}\n`);
  }
  await writeFile(join(folder, 'examples.jsonl'), lines.join(''));
}

const start = (...args: string[]): { child: ChildProcess; ended: Promise<number | null>; err: () => string } => {
  const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'ignore', 'pipe'] });
  const said: string[] = [];
  child.stderr?.on('data', (data: Buffer) => said.push(data.toString()));
  const ended = new Promise<number | null>((done) => child.once('close', (code) => done(code)));
  return { child, ended, err: () => said.join('') };
};

/** Waits for what the follower is to bring about, and fails with its words where it ends before. */
async function until(is: () => Promise<boolean>, follower: ReturnType<typeof start>): Promise<void> {
  let code: number | null | undefined;
  void follower.ended.then((value) => {
    code = value;
  });
  while (!(await is())) {
    if (code !== undefined) throw new Error(`the follower left with ${code}: ${follower.err()}`);
    await pause(50);
  }
}

/** Whether the node works again. It may have come back by itself (ReturnToService=2): then there is nothing to resume. */
function isUp(host: string): boolean {
  spawnSync('scontrol', ['update', `nodename=${host}`, 'state=resume']);
  return !/down|drain|fail/.test(execFileSync('sinfo', ['-h', '-n', host, '-o', '%T'], { encoding: 'utf8' }));
}

/** The process of the training that writes into that folder. */
async function processOf(run: string): Promise<number> {
  const [training] = await processesWith('cmdline', `--out=${run}`);
  if (training === undefined) throw new Error(`no training writes into ${run}`);
  return training;
}

onSlurm(
  'seeds run to a table; killed tasks go on from their checkpoints; what always fails is named; the follower may die',
  async () => {
    const common = ['--dataset', join(base, 'dataset'), '--out', job(), '--cluster', 'slurm', '--every', '0.3'];
    const asked = [
      '--seeds',
      '1,2',
      '--sweep',
      'batchSize=5,500',
      '--attempts',
      '2',
      '--cpus',
      '1',
      '--memory',
      '900M',
    ];
    const settings = ['--set', 'epochs=90', '--set', 'patience=90', '--set', 'checkpointEverySteps=1'];
    const first = start('train', 'smoke', ...common, ...asked, ...settings);
    const run = (index: number): string => join(job(), `runs/00${index}`);
    const stepOf = async (index: number): Promise<number> => (await readProgress(run(index)))?.step ?? 0;
    await until(async () => (await stepOf(0)) > 4 && (await stepOf(1)) > 4, first);

    // The follower is killed; an urgent job takes the place of the trainings; then one of them is killed.
    first.child.kill('SIGKILL');
    await first.ended;
    const journal = async (): Promise<JournalEntry[]> =>
      jsonLines(await readFile(join(job(), 'journal.jsonl'), 'utf8'));
    const { jobId } = (await journal()).find(({ kind }) => kind === 'submitted') as { jobId: string };
    const stateOf = async (index: number) => (await new Slurm().tasksOf(jobId)).find(({ task }) => task === index);
    const second = start('train', 'smoke', ...common, '--resume');
    const urgent = ['--partition=urgent', '--cpus-per-task=2', '--output=/dev/null', '--wrap=true'];
    await promisify(execFile)('sbatch', ['--wait', ...urgent]);
    const preempted = ((await stateOf(0))?.restarts ?? 0) + ((await stateOf(1))?.restarts ?? 0);
    await until(async () => (await stateOf(0))?.state === 'RUNNING', second);
    const before = await stepOf(0);
    await until(async () => (await stepOf(0)) > before, second);
    const killedAt = await stepOf(0);
    process.kill(await processOf(run(0)), 'SIGKILL');

    expect(await second.ended).toBe(1);
    const results = JSON.parse(await readFile(join(job(), 'results.json'), 'utf8')) as ClusterResults;
    expect(results.settings.map(({ setting, runs }) => [setting, runs])).toEqual([['batchSize 5', 2]]);
    expect(results.settings[0]?.figures['best epoch: score']?.values).toHaveLength(2);

    // What fails says so as often as was asked, and where to read why.
    expect(results.failed.map(({ name }) => name)).toEqual(['seed 1, batchSize 500', 'seed 2, batchSize 500']);
    for (const { reason, log } of results.failed) {
      expect(reason).toContain('FAILED 1:0');
      expect(await readFile(log, 'utf8')).toMatch(/One batch takes 500/);
    }
    const entries = await journal();
    const endings = entries.filter((entry) => entry.kind === 'ended');
    expect(endings.filter(({ task }) => task === 2)).toHaveLength(2);
    expect(second.err()).toMatch(/seed 1, batchSize 500 is not finished: .*task-2\.log/);
    expect(second.err()).toMatch(/4 tasks: .*2 done/);

    // The killed one is told apart, and both took every epoch exactly once.
    const killed = endings.find(({ task, ending }) => task === 0 && ending === 'failed');
    expect(killed?.reason).toMatch(/FAILED (0:9|137:0) \(killed/);
    expect(killed?.step).toBeGreaterThanOrEqual(killedAt);
    for (const index of [0, 1]) {
      const epochs = jsonLines<{ epoch: number }>(await readFile(join(run(index), 'metrics.jsonl'), 'utf8'));
      expect(epochs.map(({ epoch }) => epoch)).toEqual(Array.from({ length: 90 }, (_, epoch) => epoch + 1));
    }
    expect(preempted).toBeGreaterThan(0);

    // Nothing of the data stands where every user of a cluster can look.
    expect(execFileSync('squeue', ['-h', '-t', 'all', '-p', 'short', '-o', '%j'], { encoding: 'utf8' })).toMatch(
      /^(radiolect-[0-9a-f]{8}\n)+$/,
    );

    // The interrupted run is the unbroken one, to the bit.
    const alone = start(
      ...['train', 'smoke', '--dataset', join(base, 'dataset'), '--out', join(base, 'alone')],
      ...[...settings, '--set', 'seed=1', '--set', 'batchSize=5'],
    );
    expect(await alone.ended).toBe(0);
    const model = (folder: string): Promise<Buffer> => readFile(join(folder, 'model.onnx'));
    expect((await model(run(0))).equals(await model(join(base, 'alone')))).toBe(true);
  },
  180_000,
);

onSlurm(
  'a node that fails costs a checkpoint; a second follower is refused; cancelled tasks stay so',
  async () => {
    const out = join(base, 'cancelled');
    const following = start(
      ...['train', 'smoke', '--dataset', join(base, 'dataset'), '--out', out, '--cluster', 'slurm', '--every', '0.3'],
      ...['--folds', '2', '--cpus', '1', '--memory', '900M', '--set', 'epochs=100000', '--set', 'patience=100000'],
    );
    await until(async () => ((await readProgress(join(out, 'runs/000')))?.step ?? 0) > 2, following);
    // The node fails, and comes back.
    const stepOf = async (): Promise<number> => (await readProgress(join(out, 'runs/000')))?.step ?? 0;
    const host = hostname().split('.')[0]!;
    execFileSync('scontrol', ['update', `nodename=${host}`, 'state=down', 'reason=test']);
    await until(async () => /NODE_FAIL|pending/.test(following.err()), following);
    const failedAt = await stepOf();
    await until(() => Promise.resolve(isUp(host)), following);
    await until(async () => (await stepOf()) > failedAt + 2, following);
    const other = start('cluster', 'follow', out);
    expect(await other.ended).toBe(1);
    expect(other.err()).toContain('follower.lock is held by another process');
    expect(await start('cluster', 'cancel', out).ended).toBe(0);
    expect(await following.ended).toBe(1);
    expect(following.err()).toMatch(/part 1 of 2 is not finished: CANCELLED/);
    expect(following.err()).toMatch(/part 2 of 2 is not finished: CANCELLED/);
  },
  180_000,
);

onSlurm(
  'each finished model is graded, and the scorecards become one table',
  async () => {
    const file = join(base, 'squares.npz');
    await writeSquares(file, { train: 200, val: 60, test: 60 });
    const out = join(base, 'graded');
    const graded = start(
      ...['train', 'pneumonia-pixels', '--dataset', file, '--out', out, '--cluster', 'slurm', '--every', '0.3'],
      ...['--seeds', '1,2', '--cpus', '1', '--memory', '900M', '--evaluate', file],
      ...['--set', 'backbone.picture=[8,8]', '--set', 'epochs=10', '--set', 'optimizer.learningRate=0.03'],
    );
    expect([await graded.ended, graded.err()]).toEqual([0, expect.stringContaining('2 done')]);
    const { settings } = JSON.parse(await readFile(join(out, 'results.json'), 'utf8')) as ClusterResults;
    const { figures, runs } = settings[0]!;
    expect(runs).toBe(2);
    const area = figures['scorecard: auroc']!;
    expect(area.values).toHaveLength(2);
    expect(area.value).toBeGreaterThan(0.85);
    expect(area.value).toBeCloseTo((area.values[0]! + area.values[1]!) / 2, 10);
    expect(area.low).toBeLessThanOrEqual(area.value);
    expect(await readFile(join(out, 'results.md'), 'utf8')).toMatch(
      /\| scorecard: accuracy \| [01]\.?\d* \|.*\| 2 of 2 \|/,
    );
  },
  90_000,
);

onSlurm(
  'what Slurm refuses is said in its words',
  async () => {
    const refused = start(
      ...['train', 'smoke', '--dataset', join(base, 'dataset'), '--out', join(base, 'refused'), '--cluster', 'slurm'],
      ...['--partition', 'nowhere'],
    );
    expect(await refused.ended).toBe(1);
    expect(refused.err()).toContain('invalid partition specified: nowhere');
    const unknown = start(
      ...['train', 'smoke', '--dataset', join(base, 'dataset'), '--out', join(base, 'unknown'), '--cluster', 'slurm'],
      ...['--sweep', 'optimizer.learningrate=1'],
    );
    expect(await unknown.ended).toBe(1);
    expect(unknown.err()).toContain('learningRate');
  },
  60_000,
);
