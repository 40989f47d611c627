import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readPack } from '@radiolect/findings/node';
import { afterAll, describe, expect, test } from 'vitest';
import { labelLine } from './label-line.ts';
import { createRuleReader } from './rule-reader.ts';

const inRepository = (path: string): string => fileURLToPath(new URL(`../../../../${path}`, import.meta.url));
const gold = inRepository('fixtures/bone-reports-dev.jsonl');
const reports = readFileSync(gold, 'utf8')
  .split('\n')
  .filter(Boolean)
  .map((line) => JSON.parse(line) as { id: string; text: string; language: string; warnings: string[] });
const reader = createRuleReader(await readPack('bone-scan'));
const lines = reports.map(({ id, text }) => labelLine(id, reader.read(text)));

const folder = mkdtempSync(join(tmpdir(), 'rule-reader-'));
afterAll(() => rmSync(folder, { recursive: true }));
const predicted = join(folder, 'labels.jsonl');
writeFileSync(predicted, lines.map((line) => JSON.stringify(line)).join('\n'));
const printed = execFileSync(
  process.execPath,
  [inRepository('scripts/score-labels.mjs'), gold, predicted, '--by', 'language'],
  { encoding: 'utf8' },
);
const f1 = (group: string, state: string): number =>
  Number(new RegExp(`^${group} .*?${state} F1 ([\\d.]+)`, 'm').exec(printed)?.[1]);
const share = (attribute: string): number => Number(new RegExp(`\\b${attribute} ([\\d.]+) of`).exec(printed)?.[1]);

describe('the 60 reports with hand labels', () => {
  test.each(['all', 'en', 'zh-Hant', 'zh-Hans', 'mixed', 'superscans'])('present and absent: %s', (group) => {
    expect(f1(group, 'present')).toBeGreaterThanOrEqual(0.99);
    expect(f1(group, 'absent')).toBeGreaterThanOrEqual(0.99);
  });
  test('uncertain', () => expect(f1('all', 'uncertain')).toBeGreaterThanOrEqual(0.95));
  test.each([
    ['nature', 0.98],
    ['likelihood', 0.98],
    ['change', 0.98],
    ['evidence', 0.99],
  ])('%s', (attribute, least) => expect(share(attribute)).toBeGreaterThanOrEqual(least));
  test('the codes of all warnings, and no others', () => {
    const codes = (list: readonly string[]): string => [...list].sort().join(', ');
    for (const [index, report] of reports.entries())
      expect(`${report.id} ${codes(lines[index]!.warnings.map((w) => w.code))}`).toBe(
        `${report.id} ${codes(report.warnings.map((w) => w.split(':')[0]!))}`,
      );
  });
  test('the language of each', () =>
    expect(lines.map((line) => line.language)).toEqual(reports.map((report) => report.language)));
});
