import type { Change, Intensity, Likelihood, Nature, Presence, Uptake } from '@radiolect/findings';
import type { PlainSentence } from './explain.ts';
import type { PlainWording } from './wording.ts';

// The other way: from the words of an explanation alone to what they say. Knows the wording, not the trace.

export interface SaidFinding {
  readonly site: string;
  readonly presence: Presence;
  readonly nature?: Nature;
  readonly likelihood?: Likelihood;
  readonly change?: Change;
  readonly uptake?: Uptake;
  readonly intensity?: Intensity;
}

const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
/** A phrase as a pattern over a whole sentence; `{name}` becomes a group of that name. */
const patternOf = (phrase: string): RegExp =>
  new RegExp(
    `^${phrase
      .split(/(\{\w+\})/)
      .map((part) => (/^\{\w+\}$/.test(part) ? `(?<${part.slice(1, -1)}>.+)` : literal(part)))
      .join('')}$`,
    'u',
  );

/** Throws where a sentence that is not framing fits no form of the wording. */
export function readBack(
  sentences: readonly PlainSentence[],
  wording: PlainWording,
  all: readonly string[],
): SaidFinding[] {
  const paragraphs = new Map<number, string[]>();
  for (const { paragraph, text, kind } of sentences)
    if (kind !== 'framing') paragraphs.set(paragraph, [...(paragraphs.get(paragraph) ?? []), text]);
  const out: SaidFinding[] = [];
  let elsewhere = false;
  for (const texts of paragraphs.values()) {
    const places: string[] = [];
    let look: Omit<SaidFinding, 'site'> | undefined;
    for (const text of texts) {
      const read = readSentence(text, wording);
      if (read === 'elsewhere') {
        elsewhere = true;
        continue;
      }
      if (read.places !== undefined) places.push(...sitesOf(read.places, wording));
      look = { ...(look ?? { presence: 'absent' }), ...read.look } as Omit<SaidFinding, 'site'>;
    }
    for (const site of places) out.push({ site, ...look! });
  }
  const named = new Set(out.map(({ site }) => site));
  if (elsewhere) for (const site of all) if (!named.has(site)) out.push({ site, presence: 'absent' });
  return out;
}

function readSentence(
  text: string,
  wording: PlainWording,
): 'elsewhere' | { places?: string; look: Partial<SaidFinding> } {
  const { sentences, amounts, causes, natures, changes, absentChanges } = wording;
  if (text === sentences.absentEverywhere || text === sentences.absentElsewhere) return 'elsewhere';
  const plain = patternOf(sentences.separate).exec(text)?.groups?.sentence ?? text;
  for (const presence of ['present', 'uncertain'] as const)
    for (const [uptake, table] of Object.entries(amounts))
      for (const [intensity, amount] of Object.entries(table)) {
        const places = patternOf(sentences[presence].replace('{amount}', amount)).exec(plain)?.groups?.places;
        // "more than usual" fits where "much more than usual" stands, with words left over at the places.
        if (places === undefined || !isList(places, wording)) continue;
        return {
          places,
          look: {
            presence,
            ...(uptake === 'unstated' ? {} : { uptake: uptake as Uptake }),
            ...(intensity === 'plain' ? {} : { intensity: intensity as Intensity }),
          },
        };
      }
  for (const [form, look] of [
    ['presentMore', {}],
    ['uncertainMore', {}],
    ['absentMore', {}],
    ['resolvedMore', {}],
    ['absent', { presence: 'absent' }],
    ['resolved', { presence: 'absent', change: 'resolved' }],
  ] as const) {
    const places = patternOf(sentences[form]).exec(text)?.groups?.places;
    if (places !== undefined && isList(places, wording)) return { places, look };
  }
  for (const table of [causes.present, causes.uncertain])
    for (const [likelihood, forms] of Object.entries(table))
      for (const form of [forms.one, forms.many]) {
        if (likelihood === 'unspecified') {
          if (text === form) return { look: { nature: 'unspecified' } };
          continue;
        }
        const words = patternOf(form).exec(text)?.groups?.nature;
        const nature = Object.entries(natures).find(([, name]) => name === words)?.[0];
        if (nature) return { look: { nature: nature as Nature, likelihood: likelihood as Likelihood } };
      }
  for (const [change, forms] of Object.entries(changes))
    if (text === forms.one || text === forms.many) return { look: { change: change as Change } };
  for (const [change, form] of Object.entries(absentChanges))
    if (text === form) return { look: { change: change as Change } };
  throw new Error(`no form of the wording: ${text}`);
}

interface ItemForm {
  readonly pattern: string;
  sites(match: RegExpExecArray): string[];
}

const formsByWording = new WeakMap<PlainWording, ItemForm[]>();

function itemForms(wording: PlainWording): ItemForm[] {
  const known = formsByWording.get(wording);
  if (known) return known;
  const { places, text } = wording;
  const forms: ItemForm[] = [];
  const fixed = (name: string | undefined, sites: readonly string[]): void => {
    if (name !== undefined) forms.push({ pattern: literal(name), sites: () => [...sites] });
  };
  const both = (base: string): string[] => [`${base}-right`, `${base}-left`];
  const sidedSeries = new Set(places.series.flatMap((series) => (series.paired ? series.sites : [])));
  const expand = (list: readonly string[]): string[] =>
    list.flatMap((site) => (site in places.paired || sidedSeries.has(site) ? both(site) : [site]));
  for (const { sites, whole, negative } of places.regions) {
    fixed(whole, expand(sites));
    fixed(negative, expand(sites));
  }
  for (const [site, name] of Object.entries(places.single)) fixed(name, [site]);
  for (const [base, names] of Object.entries(places.paired)) {
    fixed(names.both, both(base));
    for (const side of ['right', 'left'] as const)
      fixed(names.one.replace('{side}', places.sides[side]), [`${base}-${side}`]);
  }
  for (const series of places.series) {
    const label = `(?:${[...series.labels]
      .sort((a, b) => b.length - a.length)
      .map(literal)
      .join('|')})`;
    const range = literal(series.range).replace('\\{first\\}', label).replace('\\{last\\}', label);
    const run = `(?:${range}|${label})`;
    const list = `(?:${run}(?:(?:${literal(text.comma)}|${literal(text.and)})${run})*)`;
    const suffixes: [string | undefined, string, string[]][] = series.paired
      ? [
          ...(['right', 'left'] as const).flatMap((side): [string, string, string[]][] =>
            [series.one, series.many].map((form) => [form, places.sides[side], [`-${side}`]]),
          ),
          [series.both, '', ['-right', '-left']],
        ]
      : [series.one, series.many].map((form): [string, string, string[]] => [form, '', ['']]);
    for (const [form, side, ends] of suffixes) {
      if (form === undefined) continue;
      const pattern = literal(form).replace('\\{side\\}', literal(side)).replace('\\{list\\}', list);
      const inner = new RegExp(
        `^${literal(form).replace('\\{side\\}', literal(side)).replace('\\{list\\}', `(${list})`)}$`,
        'u',
      );
      forms.push({
        pattern,
        sites: (match) => {
          const listed = inner.exec(match[0])?.[1] ?? '';
          const found: string[] = [];
          for (const piece of listed.split(new RegExp(`${literal(text.comma)}|${literal(text.and)}`, 'u'))) {
            const named = [...piece.matchAll(new RegExp(label, 'gu'))].map(([one]) => series.labels.indexOf(one));
            for (let at = named[0] ?? 0; at <= (named.at(-1) ?? -1); at++) found.push(series.sites[at]!);
          }
          return found.flatMap((site) => ends.map((end) => site + end));
        },
      });
    }
  }
  formsByWording.set(wording, forms);
  return forms;
}

function parseList(places: string, wording: PlainWording): string[] | undefined {
  const forms = itemForms(wording);
  const { comma, and } = wording.text;
  const whole = patternsOf(wording);
  const sites: string[] = [];
  let rest = places;
  for (;;) {
    // The longest item first, so that "ribs 1, 2 and 4" is one item and not the first of three.
    let best: { length: number; sites: string[] } | undefined;
    for (const [index, pattern] of whole.entries()) {
      const match = pattern.exec(rest);
      if (match && match[0].length > (best?.length ?? 0)) {
        const after = rest.slice(match[0].length);
        if (after === '' || after.startsWith(comma) || after.startsWith(and))
          best = { length: match[0].length, sites: forms[index]!.sites(match) };
      }
    }
    if (!best) return undefined;
    sites.push(...best.sites);
    rest = rest.slice(best.length);
    if (rest === '') return sites;
    rest = rest.slice(rest.startsWith(comma) ? comma.length : and.length);
  }
}

const patternsByWording = new WeakMap<PlainWording, RegExp[]>();
function patternsOf(wording: PlainWording): RegExp[] {
  const known =
    patternsByWording.get(wording) ?? itemForms(wording).map(({ pattern }) => new RegExp(`^${pattern}`, 'u'));
  patternsByWording.set(wording, known);
  return known;
}

const isList = (places: string, wording: PlainWording): boolean => parseList(places, wording) !== undefined;
const sitesOf = (places: string, wording: PlainWording): string[] => parseList(places, wording) ?? [];
