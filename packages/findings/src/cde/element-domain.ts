import type { CdeDomain, CdeValue } from './cde-set.ts';
import type { Problems, RawObject } from './raw-json.ts';
import { indexCodesOf, isObject, listOf, numberOf, synonymsOf, textOf } from './raw-json.ts';

/** The registry's keys for what an element takes: the file schema's in the singular, the service's in the plural. */
const domainKeys = {
  value_set: 'value-set',
  integer_value: 'integer',
  integer_values: 'integer',
  float_value: 'float',
  float_values: 'float',
  boolean_value: 'boolean',
  boolean_values: 'boolean',
} as const;

/** What an element of the registry takes; problems are named, the first domain key wins. */
export function registryDomain(element: RawObject, id: string, problems: Problems): CdeDomain | undefined {
  const keys = Object.keys(domainKeys).filter((key) => isObject(element[key])) as (keyof typeof domainKeys)[];
  const [key] = keys;
  if (key === undefined) {
    problems.add('no-domain', id, 'takes neither a value set nor a number nor yes and no');
    return undefined;
  }
  if (keys.length > 1) problems.add('two-domains', id, `has ${keys.join(' and ')}; ${key} is used`);
  const raw = element[key] as RawObject;
  const kind = domainKeys[key];
  const values = listOf(raw.values);
  if (kind === 'value-set')
    return { kind, cardinality: cardinalityOf(raw, id, problems), values: valuesOf(values, id, problems) };
  if (values.length > 0) {
    const names = values.map((value) => (isObject(value) ? String(value.name ?? value.value ?? '') : String(value)));
    problems.add('stray-values', id, `takes a number, yet lists the values "${names.join('", "')}"; they are left out`);
  }
  return kind === 'boolean' ? { kind } : numericDomain(kind, raw, id, problems);
}

function numericDomain(kind: 'integer' | 'float', raw: RawObject, id: string, problems: Problems): CdeDomain {
  const bounds = isObject(raw.value_min_max) ? raw.value_min_max : {};
  const minimum = numberOf(raw.min ?? bounds.value_min, problems, id, 'minimum');
  const maximum = numberOf(raw.max ?? bounds.value_max, problems, id, 'maximum');
  const step = numberOf(raw.step ?? raw.step_value, problems, id, 'step');
  const unit = textOf(raw.unit, problems, id, 'unit');
  return checkedNumericDomain({ kind, minimum, maximum, step, unit }, id, problems);
}

interface NumericParts {
  readonly kind: 'integer' | 'float';
  readonly minimum: number | undefined;
  readonly maximum: number | undefined;
  readonly step: number | undefined;
  readonly unit: string | undefined;
}

/** Drops bounds that exclude every number and steps that go nowhere, and names them. */
export function checkedNumericDomain(parts: NumericParts, id: string, problems: Problems): CdeDomain {
  const { kind, minimum, maximum, unit } = parts;
  let { step } = parts;
  const inverted = minimum !== undefined && maximum !== undefined && minimum > maximum;
  if (inverted) problems.add('range', id, `minimum ${minimum} is above maximum ${maximum}; both are left out`);
  if (step !== undefined && step <= 0) {
    // The service writes step 0 for "none"; a negative one is an error of its own.
    if (step < 0) problems.add('step', id, `step ${step} is not above 0; it is left out`);
    step = undefined;
  }
  if (kind === 'integer' && step !== undefined && !Number.isInteger(step))
    problems.add('step', id, `takes whole numbers, yet steps by ${step}`);
  if (unit === undefined) problems.add('unit', id, 'takes a number without a unit');
  return {
    kind,
    ...(minimum !== undefined && !inverted ? { minimum } : undefined),
    ...(maximum !== undefined && !inverted ? { maximum } : undefined),
    ...(step !== undefined ? { step } : undefined),
    ...(unit !== undefined ? { unit } : undefined),
  };
}

function cardinalityOf(raw: RawObject, id: string, problems: Problems): { minimum: number; maximum: number } {
  const held = isObject(raw.cardinality) ? raw.cardinality : raw;
  const minimum = numberOf(held.min_cardinality, problems, id, 'smallest cardinality') ?? 1;
  const maximum = numberOf(held.max_cardinality, problems, id, 'largest cardinality') ?? 1;
  return checkedCardinality(minimum, maximum, listOf(raw.values).length, id, problems);
}

/** A cardinality that can be met; where it cannot, 1 to 1, and a problem. */
export function checkedCardinality(
  minimum: number,
  maximum: number,
  count: number,
  id: string,
  problems: Problems,
): { minimum: number; maximum: number } {
  if (minimum < 0 || maximum < 1 || minimum > maximum || minimum > Math.max(count, 1)) {
    problems.add('cardinality', id, `takes ${minimum} to ${maximum} of ${count} values; one is assumed`);
    return { minimum: 1, maximum: 1 };
  }
  if (maximum > count && count > 0) problems.add('cardinality', id, `takes up to ${maximum} values and has ${count}`);
  return { minimum, maximum };
}

function valuesOf(values: readonly unknown[], id: string, problems: Problems): CdeValue[] {
  const found = values.flatMap((value, position): CdeValue[] => {
    if (!isObject(value)) {
      problems.add('wrong-type', id, `value ${position} is not an object`);
      return [];
    }
    const written = textOf(value.code ?? value.value, problems, id, 'value code');
    const name = textOf(value.name, problems, id, 'value name') ?? written;
    if (name === undefined) {
      problems.add('missing', id, `value ${position} has neither code nor name`);
      return [];
    }
    const definition = textOf(value.definition, problems, id, 'definition');
    return [
      {
        code: codeAt(written, id, position, problems),
        name,
        ...(definition !== undefined ? { definition } : undefined),
        ...(value.synonyms !== undefined ? { synonyms: synonymsOf(value.synonyms) } : undefined),
        indexCodes: indexCodesOf(value.index_codes ?? [], problems, id),
      },
    ];
  });
  checkValues(found, id, problems);
  return found;
}

/** The value's code; where the source gives none of the registry's form, the element's id and the position from 0. */
function codeAt(written: string | undefined, id: string, position: number, problems: Problems): string {
  const code = `${id}.${position}`;
  if (written !== undefined && /^[A-Z][A-Z0-9_]*\d\.\d+$/.test(written)) {
    if (!written.startsWith(`${id}.`))
      problems.add('code-of-another-element', id, `value code ${written} belongs to another element`);
    return written;
  }
  problems.add('value-without-code', id, `value "${written ?? ''}" has no code of its own; ${code} is assumed`);
  return code;
}

/** Codes count from 0 without gaps, codes and names stand once, and a choice has at least two values. */
export function checkValues(values: readonly CdeValue[], id: string, problems: Problems): void {
  if (values.length < 2) problems.add('too-few-values', id, `offers ${values.length} value`);
  const suffixes = values.map((value) => Number(value.code.slice(value.code.lastIndexOf('.') + 1)));
  if (suffixes.length > 0 && Math.min(...suffixes) !== 0)
    problems.add('code-not-from-zero', id, `value codes begin at ${Math.min(...suffixes)}, not 0`);
  for (const key of ['code', 'name'] as const) {
    const seen = new Set<string>();
    for (const value of values) {
      const held = value[key].toLowerCase();
      if (seen.has(held)) problems.add('duplicate', id, `two values have the ${key} "${value[key]}"`);
      seen.add(held);
    }
  }
}
