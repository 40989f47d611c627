import { expect, test } from 'vitest';
import { compareFindings } from './comparison.ts';
import type { Finding } from './finding.ts';
import { makeFinding } from './finding.ts';
import type { Presence } from './vocabulary.ts';

const at = (site: string, presence: Presence, extra: Partial<Finding> = {}): Finding =>
  makeFinding({ site, presence, source: { kind: 'reader' }, ...extra });

test('agree, contradict, only here: one row per site', () => {
  const rows = compareFindings(
    [at('l3', 'present'), at('l4', 'present'), at('l5', 'absent')],
    [at('l3', 'present'), at('l4', 'absent'), at('sacrum', 'present')],
  );
  expect(rows.map((row) => [row.site, row.kind])).toEqual([
    ['l3', 'agree'],
    ['l4', 'contradict'],
    ['l5', 'only-first'],
    ['sacrum', 'only-second'],
  ]);
});

test('an uncertain finding denies neither presence nor absence', () => {
  for (const other of ['present', 'absent', 'uncertain'] as const)
    expect(compareFindings([at('l4', 'uncertain')], [at('l4', other)])[0]!.kind).toBe('agree');
});

test('over time the same opposition is a change, not a contradiction', () => {
  expect(compareFindings([at('l4', 'absent')], [at('l4', 'present')], true)[0]!.kind).toBe('changed');
});

test('attributes that both state are compared; one that only one states is not', () => {
  const [row] = compareFindings(
    [at('l4', 'present', { nature: 'degenerative', likelihood: 'probable', uptake: 'increased' })],
    [at('l4', 'present', { nature: 'metastatic', likelihood: 'possible' })],
  );
  expect(row).toMatchObject({ kind: 'agree', differs: ['nature'] });
});

test('a site compares by its strongest focus', () => {
  const foci = [at('l4', 'absent', { id: 'a' }), at('l4', 'present', { id: 'b' })];
  expect(compareFindings(foci, [at('l4', 'present')])).toHaveLength(1);
  expect(compareFindings(foci, [at('l4', 'present')])[0]!.kind).toBe('agree');
});
