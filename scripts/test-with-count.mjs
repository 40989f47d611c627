// Runs the README's test command, then the end-to-end tests, and closes with one line: N passed, N failed.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'radiolect-tests-'));
const count = { passed: 0, failed: 0, skipped: 0 };
let broken = false;

const suites = [
  ['test', ['test', '--']],
  ['e2e', ['run', 'test:e2e', '--']],
];
for (const [name, script] of suites) {
  const report = join(folder, `${name}.json`);
  const run = spawnSync('npm', [...script, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`], {
    cwd: root,
    stdio: 'inherit',
  });
  if (run.status !== 0) broken = true;
  if (!existsSync(report)) {
    broken = true;
    continue;
  }
  const result = JSON.parse(readFileSync(report, 'utf8'));
  count.passed += result.numPassedTests;
  count.failed += result.numFailedTests;
  count.skipped += result.numPendingTests;
}
if (broken && count.failed === 0) count.failed = 1;
console.log(`${count.passed} passed, ${count.failed} failed${count.skipped > 0 ? `, ${count.skipped} skipped` : ''}`);
process.exit(broken ? 1 : 0);
