export type { CatalogueHit, CdeCatalogue } from './cde-catalogue.ts';
export { createCdeCatalogue } from './cde-catalogue.ts';
export type { SchemaProblem } from './validate-cde-set.ts';
export { createCdeSetValidator } from './validate-cde-set.ts';
