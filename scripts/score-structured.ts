// Scores the structurer of RDES26 on a file of reports with values: node --import tsx scripts/score-structured.ts FILE…
// FILE is JSONL or a JSON array of {id, text, gold, conflicts, unmapped}; prints counts, no report text.
import { readFileSync } from 'node:fs';
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
  const [low, high] = wilson(sums.right, sums.values);
  process.stdout.write(
    `${file}: ${cases.length} reports, ${sums.right} of ${sums.values} values right (95 % ${low} to ${high}), ` +
      `${sums.extra} too many, evidence overlaps in ${sums.evidence}; ` +
      `${sums.conflictsRight} of ${sums.conflicts} conflicts flagged, ${sums.conflictsExtra} too many\n`,
  );
}

/** Wilson's interval of a proportion. */
function wilson(hits: number, count: number): [string, string] {
  const z = 1.96;
  const share = hits / count;
  const centre = share + (z * z) / (2 * count);
  const half = z * Math.sqrt((share * (1 - share)) / count + (z * z) / (4 * count * count));
  const scale = 1 + (z * z) / count;
  return [((centre - half) / scale).toFixed(3), ((centre + half) / scale).toFixed(3)];
}
