import type { CdeElement, CdeSet, CdeStatus } from './cde-set.ts';
import { cdeStatuses } from './cde-set.ts';
import { registryDomain } from './element-domain.ts';
import type { Problems, RawObject } from './raw-json.ts';
import { indexCodesOf, isObject, listOf, synonymsOf, textOf } from './raw-json.ts';

/**
 * A set of the registry: as its service answers (`version` an object that holds the status), or after its file
 * schema 1.0 (`status`, `history`) or 1.1 (`current_status`, `status_history`). Both file schemas carry the same `$id`,
 * so the keys decide and not the declared name.
 */
export function readRegistrySet(raw: RawObject, id: string, problems: Problems): CdeSet {
  const served = isObject(raw.version);
  const second = 'current_status' in raw || 'status_history' in raw;
  const form = served ? 'served' : second ? 'schema-1.1' : 'schema-1.0';
  const declared = typeof raw.schema_version === 'string' ? raw.schema_version : undefined;
  if (!served && declared !== undefined && declared.startsWith('1.1') !== second)
    problems.add('wrong-type', id, `declares schema ${declared} and has the keys of ${second ? '1.1' : '1.0'}`);
  const version = versionOf(served ? raw.version : raw.set_version);
  const status = statusOf(raw, id, problems);
  const elements = listOf(raw.elements).flatMap((element, position) => {
    if (isObject(element)) return readElement(element, id, position, problems);
    problems.add('wrong-type', id, `element ${position} is not an object`);
    return [];
  });
  return {
    id,
    name: textOf(raw.name, problems, id, 'name') ?? missing('name', id, problems),
    description: textOf(raw.description, problems, id, 'description') ?? '',
    form,
    ...(version !== undefined ? { version } : undefined),
    ...(status !== undefined ? { status } : undefined),
    synonyms: synonymsOf(raw.synonyms),
    tags: synonymsOf(raw.tags),
    bodyParts: listOf(raw.body_parts).flatMap((part) =>
      isObject(part) && typeof part.name === 'string' ? [part.name] : [],
    ),
    specialties: listOf(raw.specialties ?? raw.specialty).flatMap((entry) => {
      const name = isObject(entry) ? (entry.abbreviation ?? entry.name) : entry;
      return typeof name === 'string' ? [name] : [];
    }),
    indexCodes: indexCodesOf(raw.index_codes ?? [], problems, id),
    elements,
  };
}

function readElement(raw: RawObject, setId: string, position: number, problems: Problems): CdeElement[] {
  const id = textOf(raw.id, problems, setId, 'element id');
  if (id === undefined) {
    problems.add('missing', setId, `element ${position} has no id`);
    return [];
  }
  const domain = registryDomain(raw, id, problems);
  if (domain === undefined) return [];
  const definition = textOf(raw.definition, problems, id, 'definition');
  const question = textOf(raw.question, problems, id, 'question');
  const status = statusOf(raw, id, problems);
  return [
    {
      id,
      name: textOf(raw.name, problems, id, 'name') ?? missing('name', id, problems),
      ...(definition !== undefined ? { definition } : undefined),
      ...(question !== undefined ? { question } : undefined),
      synonyms: synonymsOf(raw.synonyms),
      ...(status !== undefined ? { status } : undefined),
      indexCodes: indexCodesOf(raw.index_codes ?? [], problems, id),
      domain,
    },
  ];
}

function missing(what: string, path: string, problems: Problems): string {
  problems.add('missing', path, `has no ${what}`);
  return path;
}

/** The status stands at `current_status.name`, `status.name`, `status` or `version.status`. */
function statusOf(raw: RawObject, path: string, problems: Problems): CdeStatus | undefined {
  const held = raw.current_status ?? raw.status ?? (isObject(raw.version) ? raw.version : undefined);
  const written = isObject(held) ? (held.name !== undefined && held !== raw.version ? held.name : held.status) : held;
  const date = isObject(held) ? (held.date ?? held.status_date ?? held.version_date) : undefined;
  if (typeof date === 'string' && /^(00\/00\/0000|01\/01\/0001|0000-|0001-)/.test(date))
    problems.add('impossible-date', path, `carries the date ${date}`);
  if (written === undefined || written === null || written === '') return undefined;
  const known = cdeStatuses.find((status) => status.toLowerCase() === String(written).trim().toLowerCase());
  if (known === undefined) problems.add('unknown-status', path, `has the status "${String(written)}"`);
  return known;
}

function versionOf(raw: unknown): string | undefined {
  if (!isObject(raw)) return typeof raw === 'string' ? raw : undefined;
  const number = raw.number ?? raw.name;
  return typeof number === 'number' || (typeof number === 'string' && number !== '') ? String(number) : undefined;
}
