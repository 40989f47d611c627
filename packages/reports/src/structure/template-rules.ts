import type { CdeDomain, CdeElement, CdeSet } from '@radiolect/findings';
import type { ElementFile, ReadingFile, StructureRules } from './structure-rules.ts';
import { compileRules, general } from './structure-rules.ts';

type ValueSet = Extract<CdeDomain, { kind: 'value-set' }>;

/**
 * Rules for a set that no pack has rules for, from its own words: its name and synonyms are the topic, the names of its
 * elements and values what is looked for. Lengths are read, other numbers are not.
 */
export function rulesOfTemplate(set: CdeSet): StructureRules {
  const topic = distinctPhrases([set.name, ...set.synonyms]);
  const taken = new Set(topic);
  const reading: ReadingFile = {
    set: set.id,
    classes: {},
    topic,
    near: [],
    elsewhere: [],
    everywhere: [],
    things: general.things.filter((thing) => !taken.has(thing)),
  };
  return compileRules(
    reading,
    set.elements.flatMap((element) => elementFile(element, set, topic)),
  );
}

/** A name as a phrase: lower case, without marks, brackets left out with what they hold. */
function phraseOf(name: string): string {
  return name
    .toLowerCase()
    .replace(/\([^)]*\)/g, ' ')
    .replace(/[_/,;:.?"“”()[\]{}|~*<>=+-]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

const distinctPhrases = (names: readonly string[]): string[] => [...new Set(names.map(phraseOf).filter(Boolean))];

const isOneOf = (words: readonly string[], name: string): boolean => words.includes(phraseOf(name));

function elementFile(element: CdeElement, set: CdeSet, topic: readonly string[]): ElementFile[] {
  const file = { set: set.id, element: element.id, statements: [], decide: [], choices: [] } satisfies ElementFile;
  const { domain } = element;
  if (domain.kind === 'boolean') return [];
  if (domain.kind !== 'value-set') {
    const measure = measureOf(element, domain.unit);
    return measure ? [{ ...file, measure }] : [];
  }
  const { present, absent, uncertain, silent } = general.valueWords;
  const coded = (words: readonly string[]): string | undefined =>
    domain.values.find((value) => isOneOf(words, value.name))?.code;
  const [presentCode, absentCode] = [coded(present), coded(absent)];
  if (presentCode !== undefined && absentCode !== undefined) {
    const own = distinctPhrases([element.name, ...element.synonyms]);
    const ofSet = own.every(
      (name) => /^(presence|present|status|detection|finding)$/.test(name) || topic.includes(name),
    );
    return [presenceFile(file, ofSet ? topic : own, presentCode, absentCode, coded(uncertain))];
  }
  return [choiceFile(file, domain, (name) => isOneOf([...silent, ...uncertain, ...present, ...absent], name))];
}

function presenceFile(
  file: ElementFile,
  phrases: readonly string[],
  present: string,
  absent: string,
  uncertain: string | undefined,
): ElementFile {
  const name = file.element;
  return {
    ...file,
    statements: [
      { name, phrases: [...phrases], scope: 'any', presentAnywhere: true, deniedAnywhere: true, thing: true },
    ],
    decide: [
      { if: { [name]: 'contradicted' }, conflict: 'The report both states and denies it.' },
      { if: { [name]: 'present' }, value: present, evidence: 'impression' },
      ...(uncertain === undefined
        ? []
        : [{ if: { [name]: 'uncertain' as const }, value: uncertain, evidence: 'impression' as const }]),
      { if: { [name]: 'absent' }, value: absent, evidence: 'impression' },
    ],
  };
}

function choiceFile(file: ElementFile, domain: ValueSet, skipped: (name: string) => boolean): ElementFile {
  const values = domain.values.filter((value) => !skipped(value.name));
  return {
    ...file,
    statements: values.flatMap((value) => {
      const name = phraseOf(value.name);
      const phrases = distinctPhrases([name, ...(value.synonyms ?? []), ...(general.valueSynonyms[name] ?? [])]);
      return phrases.length === 0 ? [] : [{ name: value.code, phrases, scope: 'topic' as const, thing: false }];
    }),
    choices: values.map((value) => ({ statement: value.code, value: value.code })),
  };
}

/** How an element that takes a length is asked for; undefined for numbers that are no lengths. */
function measureOf(element: CdeElement, unit: string | undefined): ElementFile['measure'] {
  if (unit !== 'mm' && unit !== 'cm') return undefined;
  const name = phraseOf(element.name);
  const named = Object.keys(general.attributes).filter((attribute) => new RegExp(`\\b${attribute}\\b`).test(name));
  if (/thickness/.test(name)) named.push('wall');
  const plain = /\b(size|diameter|dimension|measurement)\b/.test(name);
  if (plain) named.push('size', 'diameter');
  if (named.length === 0) return undefined;
  return {
    of: 'topic',
    as: [...new Set(named)],
    bare: plain,
    largest: ['(maximal|maximum|max|up to|greatest|widest|largest)'],
    differ: `The report gives different numbers for "${element.name}".`,
  };
}
