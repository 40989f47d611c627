// Milliseconds a report of the rule reader on one core, beside medspaCy on the same reports in the same run.
//
//   npm run bench -- reader
//   RADIOLECT_PEER_PYTHON=venv/bin/python npm run bench -- reader     (a Python with medspaCy: pip install medspacy)
//
// The million-report stream: docs/log.md, "A million reports".
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readPack } from '@radiolect/findings/node';
import { createRuleReader } from './rule-reader.ts';

const inRepository = (path: string): string => fileURLToPath(new URL(`../../../../${path}`, import.meta.url));
const reports = inRepository('fixtures/bone-reports-dev.jsonl');
const texts = readFileSync(reports, 'utf8')
  .split('\n')
  .filter(Boolean)
  .map((line) => (JSON.parse(line) as { text: string }).text);

const pack = await readPack('bone-scan');
const compiling = performance.now();
const reader = createRuleReader(pack);
console.log(`lexicons compiled in ${(performance.now() - compiling).toFixed(0)} ms`);

/** Milliseconds a report, of each of the passes that fit into `seconds`, fastest first. */
function passes(seconds: number): number[] {
  const found: number[] = [];
  const end = performance.now() + seconds * 1000;
  while (performance.now() < end) {
    const start = performance.now();
    for (const text of texts) reader.read(text);
    found.push((performance.now() - start) / texts.length);
  }
  return found.sort((a, b) => a - b);
}

passes(1);
const measured = passes(5);
const median = measured[Math.floor(measured.length / 2)]!;
const show = (milliseconds: number): string => `${milliseconds.toFixed(3)} ms a report`;
console.log(`${texts.length} reports, ${measured.length} passes on one core`);
console.log(`radiolect: ${show(median)} (median; fastest pass ${show(measured[0]!)})`);

const python = process.env.RADIOLECT_PEER_PYTHON;
if (python === undefined)
  console.log('medspaCy: left out; RADIOLECT_PEER_PYTHON names no Python that has it (pip install medspacy)');
else {
  const printed = execFileSync(python, [inRepository('scripts/medspacy-peer.py'), reports], { encoding: 'utf8' });
  const peer = JSON.parse(printed.trim().split('\n').at(-1)!) as {
    version: string;
    rules: number;
    targets: number;
    milliseconds: number;
  };
  console.log(
    `medspaCy ${peer.version} (${peer.rules} target rules, ${peer.targets} targets found): ${show(peer.milliseconds)} (median)`,
  );
  console.log(`ratio: ${Math.round(peer.milliseconds / median)} times its speed (target: 100)`);
}
