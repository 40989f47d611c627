import { readFileSync } from 'node:fs';
import { readPack } from '@radiolect/findings/node';
import { bench, describe } from 'vitest';
import { createRuleReader } from './rule-reader.ts';

const pack = await readPack('bone-scan');
const reader = createRuleReader(pack);
const texts = readFileSync(new URL('../../../../fixtures/bone-reports-dev.jsonl', import.meta.url), 'utf8')
  .split('\n')
  .filter(Boolean)
  .map((line) => (JSON.parse(line) as { text: string }).text);

describe(`the rule reader over ${texts.length} reports (reports per second: hz × ${texts.length})`, () => {
  bench('read', () => {
    for (const text of texts) reader.read(text);
  });
});

describe('the lexicons of a pack', () => {
  bench('compile', () => {
    createRuleReader(pack);
  });
});
