import type { Finding } from '@radiolect/findings';
import { makeFinding } from '@radiolect/findings';
import { readPack } from '@radiolect/findings/node';
import { describe, expect, test } from 'vitest';
import { cdeSetsOfPack, createStructurer, fillFromFindings } from '../index.ts';
import { ownCases } from '../structure/structured-cases.fixture.ts';
import { structuredObservations } from './index.ts';

const pack = await readPack('acute-appendicitis');
const [set] = cdeSetsOfPack(pack);
const structurer = createStructurer(pack, set!);
const text =
  'Appendix 12 mm. No appendicolith. Left renal cyst, 2 cm. Impression: Acute appendicitis with a 7 mm appendicolith.';
const observe = (confirmed: boolean) =>
  structuredObservations(structurer.structure(text), set!, {
    confirmed,
    id: 'r1',
    subject: 'Patient/p',
    derivedFrom: ['DiagnosticReport/r'],
  })[0]!;

describe('observations of a structured report', () => {
  test('the set is the code, an element a component with its value code or quantity', () => {
    const { code, component } = observe(false);
    expect(code.coding).toEqual([{ system: 'https://radelement.org', code: 'RDES26', display: 'Acute Appendicitis' }]);
    const of = (id: string) => component.find((part) => part.code.coding[0]!.code === id)!;
    expect(of('RDE195').valueCodeableConcept?.coding[0]).toEqual({
      system: 'https://radelement.org',
      code: 'RDE195.1',
      display: 'nonruptured',
    });
    expect(of('RDE196').valueQuantity).toEqual({
      value: 12,
      unit: 'mm',
      system: 'http://unitsofmeasure.org',
      code: 'mm',
    });
  });
  test('preliminary until a person has confirmed, final after', () => {
    expect([observe(false).status, observe(true).status]).toEqual(['preliminary', 'final']);
  });
  test('a contradicted element has a reason and no value; what has no element is a note', () => {
    const { component, note, derivedFrom } = observe(false);
    const focus = component.find((part) => part.code.coding[0]!.code === 'RDE199')!;
    expect([focus.valueCodeableConcept, focus.dataAbsentReason?.coding[0]?.code]).toEqual([undefined, 'unknown']);
    expect(note?.map((line) => line.text).join()).toContain('2 cm');
    expect(derivedFrom).toEqual([{ reference: 'DiagnosticReport/r' }]);
  });
  test('every component has exactly one of value and reason, as R4 asks (obs-6 by component)', () => {
    for (const { text: own } of ownCases('open'))
      for (const { component } of structuredObservations(structurer.structure(own), set!, { confirmed: false }))
        for (const part of component)
          expect(
            [part.valueBoolean, part.valueCodeableConcept, part.valueQuantity, part.dataAbsentReason].filter(
              (held) => held !== undefined,
            ).length,
          ).toBe(1);
  });
});

describe('the bone-scan sets, filled from findings', async () => {
  const bones = await readPack('bone-scan');
  const [perFinding, perStudy] = cdeSetsOfPack(bones);
  const finding = (site: string, over: Partial<Finding> = {}): Finding =>
    makeFinding({ site, presence: 'present', source: { kind: 'model', name: 'm' }, ...over });
  const findings = [
    finding('l4', {
      nature: 'metastatic',
      likelihood: 'probable',
      uptake: 'increased',
      intensity: 'intense',
      change: 'new',
    }),
    finding('knee-left', { nature: 'degenerative', likelihood: 'definite' }),
    finding('skull', { presence: 'absent' }),
  ];
  test('one observation per finding, in a code system of our own', () => {
    const values = fillFromFindings(perFinding!, findings);
    const observations = structuredObservations(
      { set: perFinding!.id, values, conflicts: [], unmapped: [] },
      perFinding!,
      { confirmed: false, id: 'x' },
    );
    expect(observations.map(({ id }) => id)).toEqual(['x-l4', 'x-knee-left']);
    expect(observations[0]!.component.map((part) => part.valueCodeableConcept?.coding[0]?.display)).toEqual([
      'L4 vertebra',
      'present',
      'increased',
      'intense',
      'metastatic',
      'probable',
      'new',
    ]);
    expect(JSON.stringify(observations)).not.toContain('radelement');
  });
  test('the study: extent, pattern, comparison', () => {
    const names = fillFromFindings(perStudy!, findings).map(({ value }) => value);
    expect(names).toEqual(['RLE20.2', 'RLE21.1', 'RLE23.1']);
    expect(fillFromFindings(perStudy!, [])).toEqual([]);
  });
  test('the same sets are read from text', () => {
    const read = createStructurer(bones, perFinding!).structure('Intense uptake in L4, new since the prior study.');
    expect(read.values.map(({ element, finding: of }) => `${of} ${element}`)).toEqual([
      'l4 RLE1',
      'l4 RLE2',
      'l4 RLE3',
      'l4 RLE4',
      'l4 RLE7',
    ]);
    const contradicted = createStructurer(bones, perFinding!).structure(
      'FINDINGS: Intense uptake in L4. Mild uptake in the left knee.\nIMPRESSION: No abnormal uptake in L4.',
    );
    expect(contradicted.conflicts.map(({ element, finding: of }) => `${of} ${element}`)).toEqual(['l4 RLE2']);
    expect(contradicted.values.filter(({ finding: of }) => of === 'l4').map(({ element }) => element)).toEqual([
      'RLE1',
    ]);
    const compared = createStructurer(bones, perStudy!).structure('COMPARISON: None.\nFINDINGS: No abnormal uptake.');
    expect(compared.values.find(({ element }) => element === 'RLE23')?.value).toBe('RLE23.0');
    const study = createStructurer(bones, perStudy!).structure(
      'Superscan with diffuse bone metastases. No prior study for comparison.',
    );
    expect(study.values.map(({ value }) => value)).toEqual(expect.arrayContaining(['RLE20.4', 'RLE21.4', 'RLE23.0']));
  });
});
