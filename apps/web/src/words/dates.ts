/** A DICOM date (YYYYMMDD) as 2026-11-22; anything else as it is, nothing as a dash. */
export function shortDate(date: string | undefined): string {
  if (!date) return '–';
  return /^\d{8}$/.test(date) ? `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}` : date;
}

/** Whole years between a birth date and a study date, both DICOM dates; undefined where either is missing. */
export function ageAt(birthDate: string | undefined, studyDate: string | undefined): number | undefined {
  if (!birthDate || !studyDate || !/^\d{8}$/.test(birthDate) || !/^\d{8}$/.test(studyDate)) return undefined;
  return Math.floor((Number(studyDate) - Number(birthDate)) / 10_000);
}
