import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../../../', import.meta.url));
// The open halves only: the locked ones are for the figure that is reported, and a test would look at them every day.
const printed = execFileSync(process.execPath, ['--import', 'tsx', 'scripts/score-own-reports.mjs'], {
  cwd: root,
  encoding: 'utf8',
});
const figure = (group: string, line: string): number =>
  Number(new RegExp(`^${group} \\(\\d+\\)$[^]*?^  ${line} +(?:F1)? *([\\d.]+)`, 'm').exec(printed)?.[1]);

describe('the open reports written for this project', () => {
  test.each([
    ['all', 'present', 0.97],
    ['all', 'absent', 0.98],
    ['all', 'uncertain', 0.95],
    ['en', 'present', 0.965],
    ['zh-Hans', 'present', 0.97],
    ['zh-Hant', 'present', 0.97],
    ['mixed', 'present', 0.95],
    ['all', 'nature', 0.88],
    ['all', 'likelihood', 0.9],
    ['all', 'change', 0.9],
    ['third hand', 'present', 0.98],
    ['third hand', 'absent', 0.985],
    ['third hand', 'uncertain', 0.95],
    ['third hand', 'nature', 0.94],
    ['third hand', 'likelihood', 0.95],
    ['third hand', 'change', 0.95],
  ])('%s: %s at least %f', (group, line, least) => expect(figure(group, line)).toBeGreaterThanOrEqual(least));
});
