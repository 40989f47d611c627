// Draws synthetic studies of two seeds that no model has seen, grades the shipped model on them, and prints the table of
// the README. 1,000 studies take about half an hour on two cores; a stopped run goes on where it was.
// `npm run bench -- grading [--studies=1000] [--folder=DIR]`
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const unseenSeeds = [90_001, 90_002];

const option = (name: string): string | undefined =>
  process.argv.find((argument) => argument.startsWith(`--${name}=`))?.split('=')[1];
const studies = Number(option('studies') ?? 1000);
const folder = option('folder') ?? join(tmpdir(), `radiolect-grading-${studies}`);
const program = fileURLToPath(new URL('../../bin/radiolect.mjs', import.meta.url));

function radiolect(...args: string[]): void {
  const { status } = spawnSync(process.execPath, [program, ...args], { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

const drawn = unseenSeeds.map((seed) => {
  const out = join(folder, `seed-${seed}`);
  const count = Math.ceil(studies / unseenSeeds.length);
  radiolect('phantom', '--count', `${count}`, '--seed', `${seed}`, '--out', out);
  return out;
});
radiolect('evaluate', ...drawn, '--grades', join(folder, 'grades.jsonl'));
