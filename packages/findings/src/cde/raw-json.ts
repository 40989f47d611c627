import type { CdeProblem, CdeProblemCode, IndexCode } from './cde-set.ts';

export type RawObject = { readonly [key: string]: unknown };

/** Collects what is wrong while a set is read. */
export class Problems {
  readonly list: CdeProblem[] = [];
  add(code: CdeProblemCode, path: string, message: string): void {
    this.list.push({ code, path, message });
  }
}

export const isObject = (value: unknown): value is RawObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** A text without the space around it; undefined for null and "", which the registry writes for "not given". */
export function textOf(value: unknown, problems: Problems, path: string, what: string): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') {
    problems.add('wrong-type', path, `${what} is not a text`);
    return undefined;
  }
  const text = value.trim();
  if (text !== value && text !== '' && what !== 'definition' && what !== 'description')
    problems.add('whitespace', path, `${what} "${text}" has space around it`);
  return text === '' ? undefined : text;
}

/** A finite number; a numeric text is taken and named. */
export function numberOf(value: unknown, problems: Problems, path: string, what: string): number | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  problems.add('wrong-type', path, `${what} is not a number`);
  if (typeof value !== 'string') return undefined;
  const number = Number(value);
  return Number.isFinite(number) ? number : undefined;
}

/** Index codes stand as a list, or as one object where there is only one. */
export function indexCodesOf(value: unknown, problems: Problems, path: string): IndexCode[] {
  const list = isObject(value) ? [value] : listOf(value);
  return list.flatMap((entry) => {
    const code = isObject(entry) ? entry.code : undefined;
    if (!isObject(entry) || typeof entry.system !== 'string' || typeof code !== 'string') {
      problems.add('wrong-type', path, 'an index code without system and code');
      return [];
    }
    return [
      { system: entry.system, code, ...(typeof entry.display === 'string' ? { display: entry.display } : undefined) },
    ];
  });
}

/** Synonyms stand as a list or as one text with commas or semicolons. */
export function synonymsOf(value: unknown): string[] {
  const list = typeof value === 'string' ? value.split(/[;,]/) : listOf(value);
  return list.flatMap((entry) => (typeof entry === 'string' && entry.trim() !== '' ? [entry.trim()] : []));
}
