import { Ajv } from 'ajv';
import schema from './cde-set-schema.json' with { type: 'json' };

/** One place where a document departs from the schema: a JSON pointer and what is wrong there. */
export interface SchemaProblem {
  readonly pointer: string;
  readonly message: string;
}

/**
 * Makes a check of documents against the registry's file form 1.1, as this project writes it in
 * `cde-set-schema.json`. Stricter than `parseCdeSet`: sets of our own have to pass it.
 */
export function createCdeSetValidator(): (json: unknown) => readonly SchemaProblem[] {
  const validate = new Ajv({ allErrors: true, strictRequired: false }).compile(schema);
  return (json) =>
    validate(json)
      ? []
      : (validate.errors ?? []).map(({ instancePath, message = 'does not follow the schema' }) => ({
          pointer: instancePath,
          message,
        }));
}
