/** Numbers the patients, so that all that belongs to one is drawn together when intervals are made. */
export function patientUnits(items: readonly { readonly patient: string }[]): {
  /** By item: the patient's number. */
  readonly unitOf: readonly number[];
  readonly units: number;
} {
  const numbers = new Map<string, number>();
  const unitOf = items.map(({ patient }) => {
    const known = numbers.get(patient) ?? numbers.size;
    numbers.set(patient, known);
    return known;
  });
  return { unitOf, units: numbers.size };
}
