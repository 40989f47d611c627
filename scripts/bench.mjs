// Runs the benchmarks: every `*.bench.ts` of the repository whose path holds one of the words given (all without words).
// Each is a program of its own; the run fails where one of them does.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const words = process.argv.slice(2).filter((argument) => !argument.startsWith('-'));
const options = process.argv.slice(2).filter((argument) => argument.startsWith('-'));
const found = ['packages', 'apps', 'tests']
  .flatMap((folder) =>
    readdirSync(`${root}${folder}`, { recursive: true })
      .map(String)
      .filter((file) => file.endsWith('.bench.ts') && !file.includes('node_modules'))
      .map((file) => `${folder}/${file.replaceAll('\\', '/')}`),
  )
  .filter((file) => words.length === 0 || words.some((word) => file.includes(word)))
  .sort();
if (found.length === 0) {
  console.error(`No benchmark has ${words.join(' or ')} in its path.`);
  process.exit(2);
}
let failed = 0;
for (const file of found) {
  console.log(`\n${file}`);
  const { status } = spawnSync(process.execPath, ['--import', 'tsx', `${root}${file}`, ...options], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) failed++;
}
console.log(`\n${found.length - failed} benchmarks done, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
