import { makeFinding } from '@radiolect/findings';
import { readPack } from '@radiolect/findings/node';
import type { Split } from '@radiolect/learning';
import { splitOf } from '@radiolect/learning';
import { createRuleReader } from '@radiolect/reports';
import { expect, test } from 'vitest';
import { withEverySplit } from './every-split.ts';
import { labelsOfFindings, labelsOfReading } from './example-labels.ts';
import { datasetShares } from './write-dataset.ts';

const pack = await readPack('bone-scan');
const reader = createRuleReader(pack);
const source = { kind: 'reader' } as const;

test.each(Array.from({ length: 20 }, (_, seed) => seed))(
  'a small archive has every split, and a patient one split (keys %i)',
  (seed) => {
    const examples = Array.from({ length: 24 }, (_, n) => {
      const patientKey = `${seed}-${Math.floor(n / 1.3)}`;
      return { patientKey, split: splitOf(patientKey, datasetShares) };
    });
    const balanced = withEverySplit(examples);
    const of = (split: Split): number => balanced.filter((example) => example.split === split).length;
    expect(of('validation')).toBeGreaterThanOrEqual(2);
    expect(of('test')).toBeGreaterThanOrEqual(1);
    expect(of('train')).toBeGreaterThanOrEqual(11);
    const splits = new Map<string, Split>();
    for (const { patientKey, split } of balanced)
      expect(splits.set(patientKey, splits.get(patientKey) ?? split).get(patientKey)).toBe(split);
  },
);

test('a large archive keeps the split of the hashes', () => {
  const examples = Array.from({ length: 2000 }, (_, n) => ({
    patientKey: `p${n}`,
    split: splitOf(`p${n}`, datasetShares),
  }));
  expect(withEverySplit(examples)).toEqual(examples);
});

test('what a report does not mention is no label, and doubt about metastasis stays doubt', () => {
  const space = pack.labelSpace;
  const state = (text: string, site: string) =>
    labelsOfReading(reader.read(text), space).labels.states[space.positions.indexOf(site)];
  expect(state('Increased uptake at L4.', 'l4')).toBe('present');
  expect(state('Increased uptake at L4.', 'l5')).toBe('unmentioned');
  expect(state('Increased uptake at L4. The remaining skeleton is unremarkable.', 'l5')).toBe('absent');
  const metastasis = (text: string) => labelsOfReading(reader.read(text), space).metastasis;
  expect(metastasis('Uptake at L4, consistent with metastasis.')).toBe('present');
  expect(metastasis('Uptake at L4, metastasis cannot be excluded.')).toBe('uncertain');
  expect(metastasis('Uptake at both knees, degenerative.')).toBe('absent');
  expect(metastasis('Luustokartoitus.')).toBe('unmentioned');
});

test('signed findings teach their causes; two causes at one site teach metastasis', () => {
  const at = (id: string, nature: 'degenerative' | 'metastatic') =>
    makeFinding({ id, site: 'l4', presence: 'present', nature, likelihood: 'probable', source });
  const labels = labelsOfFindings([at('a', 'metastatic'), at('b', 'degenerative')], pack.labelSpace);
  expect(labels).toMatchObject({ natures: { l4: 'metastatic' }, metastasis: 'present' });
});
