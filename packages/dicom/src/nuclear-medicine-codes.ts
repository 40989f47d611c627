/** Codes that a whole-body bone scan states (DICOM PS3.16). */
interface Code {
  readonly value: string;
  readonly meaning: string;
  readonly scheme?: string;
}

/** One item of a code sequence with the three attributes every code needs. */
export function codeItem({ value, meaning, scheme = 'SCT' }: Code): Record<string, string> {
  return { CodeValue: value, CodingSchemeDesignator: scheme, CodeMeaning: meaning };
}

/** CID 26, Nuclear Medicine Projections. */
export const projectionCodes = {
  anterior: { value: '399321004', meaning: 'Anterior projection' },
  posterior: { value: '399001007', meaning: 'Posterior projection' },
} as const;
/** CID 18, Isotopes in Radiopharmaceuticals. */
export const technetium99m: Code = { value: '72454006', meaning: '^99m^Technetium' };
/** CID 25, Radiopharmaceuticals. */
export const medronate: Code = { value: '96390006', meaning: 'Technetium Tc^99m^ medronate' };
/** CID 11, Route of Administration. */
export const intravenousRoute: Code = { value: '47625008', meaning: 'Intravenous route' };
/** CID 19, Patient Orientation; CID 20, its modifier; CID 21, Patient Equipment Relationship. */
export const recumbent: Code = { value: '102538003', meaning: 'recumbent' };
export const supine: Code = { value: '40199007', meaning: 'supine' };
export const headfirst: Code = { value: '102540008', meaning: 'headfirst' };
/** CID 4, Anatomic Region. */
export const entireBody: Code = { value: '38266002', meaning: 'Entire body' };
