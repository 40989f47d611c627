import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const material = process.env.RADIOLECT_MATERIAL ?? here('../../../../../shared');
const models = `${material}/data/oifm-findingmodels/defs`;
const folder = mkdtempSync(join(tmpdir(), 'structure-'));
afterAll(() => rmSync(folder, { recursive: true }));
const report = join(folder, 'report.txt');
writeFileSync(
  report,
  'The appendix is 12 mm in diameter. No abscess.\nImpression: Acute appendicitis, not perforated.\n',
);

function radiolect(...args: string[]): { code: number; out: string; errors: string } {
  try {
    const out = execFileSync(process.execPath, [here('../../bin/radiolect.mjs'), ...args], {
      encoding: 'utf8',
      stdio: 'pipe',
    });
    return { code: 0, out, errors: '' };
  } catch (error) {
    const { status, stdout, stderr } = error as { status: number; stdout: string; stderr: string };
    return { code: status, out: stdout, errors: stderr };
  }
}

describe('radiolect structure', () => {
  test('the contract: set, values with unit and evidence, conflicts, unmapped, and the page', () => {
    const page = join(folder, 'page.html');
    const { code, out } = radiolect('structure', report, '--set', 'RDES26', '--html', page);
    const structured = JSON.parse(out);
    expect(code).toBe(0);
    expect(Object.keys(structured)).toEqual(['set', 'values', 'conflicts', 'unmapped']);
    expect(structured.values).toContainEqual({
      element: 'RDE196',
      value: 12,
      unit: 'mm',
      evidence: { start: 4, end: 33, text: 'appendix is 12 mm in diameter' },
    });
    expect(
      structured.values.map(({ element, value }: { element: string; value: unknown }) => `${element} ${value}`),
    ).toEqual(['RDE195 RDE195.1', 'RDE196 12', 'RDE201 RDE201.1']);
    expect(readFileSync(page, 'utf8')).toContain('<mark');
  });
  test('--fhir writes observations, final once confirmed', () => {
    const { out } = radiolect(
      'structure',
      report,
      '--set',
      'RDES26',
      '--fhir',
      '--confirmed',
      '--derived-from',
      'DiagnosticReport/7',
    );
    const [observation] = JSON.parse(out);
    expect([observation.resourceType, observation.status, observation.derivedFrom[0].reference]).toEqual([
      'Observation',
      'final',
      'DiagnosticReport/7',
    ]);
  });
  test('a set that is not there is a failure, no set at all wrong usage', () => {
    const { code, errors } = radiolect('structure', report, '--set', 'RDES99');
    expect([code, errors]).toEqual([1, expect.stringContaining('RDES26')]);
    expect(radiolect('structure', report).code).toBe(2);
  });
});

describe('radiolect cde', () => {
  test('a set of a pack is shown without any catalogue', () => {
    const { out } = radiolect('cde', 'show', 'rdes26', '--json');
    expect(JSON.parse(out).set.elements.length).toBe(9);
  });
  test('wrong usage of a subcommand', () => {
    expect(radiolect('cde', 'search').code).toBe(2);
  });
  test.skipIf(!existsSync(models))(
    'search over the catalogue, and a model used as template (skipped without the material)',
    () => {
      const hits = JSON.parse(radiolect('cde', 'search', 'abdominal', 'abscess', '--json', '--catalogue', models).out);
      expect(hits[0].name).toBe('abdominal abscess');
      const text = join(folder, 'abscess.txt');
      writeFileSync(text, 'The intra-abdominal abscess has increased.');
      const { out } = radiolect('structure', text, '--set', `${models}/abdominal_abscess.fm.json`);
      const values = JSON.parse(out).values.map(({ value }: { value: string }) => value);
      expect(values[0]).toMatch(/\.1$/);
      expect(values.length).toBe(2);
    },
  );
});
