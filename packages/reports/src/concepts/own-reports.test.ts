import { readFileSync } from 'node:fs';
import { readPack } from '@radiolect/findings/node';
import { expect, test } from 'vitest';
import { labelLine } from '../reader/label-line.ts';
import { createRuleReader } from '../reader/rule-reader.ts';

// The own chest reports that the lexicon was written and mended with; the locked half is scored by
// scripts/score-concepts.ts and not looked at.
const reports = ['open', 'second', 'sentences']
  .map((half) => new URL(`../../../../fixtures/chest-reports-own/${half}.jsonl`, import.meta.url))
  .flatMap((file) => readFileSync(file, 'utf8').split('\n'))
  .filter(Boolean)
  .map((line) => JSON.parse(line) as { id: string; text: string; labels: Record<string, { state: string }> });
const reader = createRuleReader(await readPack('chest-x-ray'));

test.each(['present', 'absent', 'uncertain'])('%s in the open reports', (state) => {
  let both = 0;
  let sum = 0;
  for (const { id, text, labels } of reports) {
    const read = labelLine(id, reader.read(text)).labels;
    for (const position of new Set([...Object.keys(labels), ...Object.keys(read)])) {
      const gold = labels[position]?.state === state;
      const said = read[position]?.state === state;
      both += Number(gold && said);
      sum += Number(gold) + Number(said);
    }
  }
  expect((2 * both) / sum).toBeGreaterThanOrEqual(0.97);
});
