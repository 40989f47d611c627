import type { CdeDomain, CdeElement, CdeSet, CdeValue } from './cde-set.ts';
import { checkedCardinality, checkedNumericDomain, checkValues } from './element-domain.ts';
import type { Problems, RawObject } from './raw-json.ts';
import { indexCodesOf, isObject, listOf, numberOf, synonymsOf, textOf } from './raw-json.ts';

/**
 * An imaging finding model (Open Imaging Data Model, `*.fm.json`) as a set. A model that stands for a set of the
 * registry (index code RADELEMENT) goes by that set's id, and its attributes `OIFMA_CDE_000195` by the registry's
 * element ids `RDE195`; the value codes keep their suffixes, which count from 0 in both.
 */
export function readFindingModel(raw: RawObject, ownId: string, problems: Problems): CdeSet {
  const indexCodes = indexCodesOf(raw.index_codes ?? [], problems, ownId);
  const registered = indexCodes.find(({ system, code }) => system === 'RADELEMENT' && /^RDES\d+$/.test(code));
  const id = registered?.code ?? ownId;
  const name = textOf(raw.name, problems, id, 'name');
  if (name === undefined) problems.add('missing', id, 'has no name');
  return {
    id,
    name: name ?? id,
    description: textOf(raw.description, problems, id, 'description') ?? '',
    form: 'finding-model',
    synonyms: synonymsOf(raw.synonyms),
    tags: synonymsOf(raw.tags),
    bodyParts: [],
    specialties: [],
    indexCodes: registered ? [{ system: 'OIFM', code: ownId }, ...indexCodes] : indexCodes,
    elements: listOf(raw.attributes).flatMap((attribute, position) => readAttribute(attribute, position, id, problems)),
  };
}

/** "OIFMA_CDE_001673.2" → "RDE1673.2"; other ids stay. */
const registryId = (id: string): string => id.replace(/^OIFMA_CDE_0*(\d+)/, 'RDE$1');

function readAttribute(raw: unknown, position: number, setId: string, problems: Problems): CdeElement[] {
  const written = isObject(raw) ? textOf(raw.oifma_id, problems, setId, 'attribute id') : undefined;
  if (!isObject(raw) || written === undefined) {
    problems.add('missing', setId, `attribute ${position} has no id`);
    return [];
  }
  const id = registryId(written);
  const domain = attributeDomain(raw, id, problems);
  if (domain === undefined) return [];
  const definition = textOf(raw.description, problems, id, 'description');
  const name = textOf(raw.name, problems, id, 'name');
  if (name === undefined) problems.add('missing', id, 'has no name');
  return [
    {
      id,
      name: name ?? id,
      ...(definition !== undefined ? { definition } : undefined),
      synonyms: synonymsOf(raw.synonyms),
      indexCodes: indexCodesOf(raw.index_codes ?? [], problems, id),
      domain,
    },
  ];
}

function attributeDomain(raw: RawObject, id: string, problems: Problems): CdeDomain | undefined {
  if (raw.type === 'numeric') {
    const minimum = numberOf(raw.minimum, problems, id, 'minimum');
    const maximum = numberOf(raw.maximum, problems, id, 'maximum');
    const unit = textOf(raw.unit, problems, id, 'unit');
    if (listOf(raw.values).length > 0) problems.add('stray-values', id, 'takes a number, yet lists values');
    return checkedNumericDomain({ kind: 'float', minimum, maximum, step: undefined, unit }, id, problems);
  }
  if (raw.type !== 'choice') {
    problems.add('no-domain', id, `has the type "${String(raw.type)}", which is neither choice nor numeric`);
    return undefined;
  }
  const values = listOf(raw.values).flatMap((value, position): CdeValue[] => {
    const name = isObject(value) ? textOf(value.name, problems, id, 'value name') : undefined;
    if (!isObject(value) || name === undefined) {
      problems.add('missing', id, `value ${position} has no name`);
      return [];
    }
    const definition = textOf(value.description, problems, id, 'description');
    const code = textOf(value.value_code, problems, id, 'value code');
    if (code === undefined) problems.add('value-without-code', id, `value "${name}" has no code`);
    return [
      {
        code: code === undefined ? `${id}.${position}` : registryId(code),
        name,
        ...(definition !== undefined ? { definition } : undefined),
        indexCodes: indexCodesOf(value.index_codes ?? [], problems, id),
      },
    ];
  });
  checkValues(values, id, problems);
  const most = numberOf(raw.max_selected, problems, id, 'most values selected') ?? 1;
  const least = raw.required === true ? 1 : 0;
  return { kind: 'value-set', cardinality: checkedCardinality(least, most, values.length, id, problems), values };
}
