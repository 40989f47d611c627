export type { NuclearMedicineDescription, NuclearMedicineFrame } from './nuclear-medicine.ts';
export { writeNuclearMedicine } from './nuclear-medicine.ts';
