export type {
  CodeableConcept,
  Coding,
  Extension,
  Observation,
  ObservationComponent,
  Quantity,
  Reference,
} from './observation.ts';
export type { ObservationOptions, ObservedReport } from './structured-observations.ts';
export { structuredObservations } from './structured-observations.ts';
