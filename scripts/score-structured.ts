// Scores the structurer of RDES26 on a file of reports with values: node --import tsx scripts/score-structured.ts FILE…
// FILE is JSONL or a JSON array of {id, text, gold, conflicts, unmapped}; prints counts, no report text.
import { readFileSync } from 'node:fs';
import { proportion } from '../packages/evaluation/src/index.ts';
import { readPack } from '../packages/findings/src/node/index.ts';
import { cdeSetsOfPack, createStructurer } from '../packages/reports/src/index.ts';
import type { StructuredCase } from '../packages/reports/src/structure/structured-cases.fixture.ts';
import { tally } from '../packages/reports/src/structure/structured-cases.fixture.ts';

const pack = await readPack('acute-appendicitis');
const [set] = cdeSetsOfPack(pack);
const structurer = createStructurer(pack, set!);
for (const file of process.argv.slice(2)) {
  const text = readFileSync(file, 'utf8');
  const cases = (
    file.endsWith('.jsonl')
      ? text
          .split('\n')
          .filter(Boolean)
          .map((line) => JSON.parse(line))
      : JSON.parse(text)
  ) as StructuredCase[];
  const sums = tally(cases, (report) => structurer.structure(report));
  const { low, high } = proportion(sums.right, sums.values);
  process.stdout.write(
    `${file}: ${cases.length} reports, ${sums.right} of ${sums.values} values right (95 % ${low.toFixed(3)} to ${high.toFixed(3)}), ` +
      `${sums.extra} too many, evidence overlaps in ${sums.evidence}; ` +
      `${sums.conflictsRight} of ${sums.conflicts} conflicts flagged, ${sums.conflictsExtra} too many\n`,
  );
}
