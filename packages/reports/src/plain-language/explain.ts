import type { Finding, Language, Nature, Pack } from '@radiolect/findings';
import { intensities, likelihoods } from '@radiolect/findings';
import type { LayPlace } from './lay-places.ts';
import { fill, joined, layPlaces } from './lay-places.ts';
import type { PlainWording } from './wording.ts';
import { parsePlainWording } from './wording.ts';

/**
 * A sentence for the patient. `framing` sentences are the pack's fixed ones and state no finding; every other one names
 * the findings that it states, and the sites to colour in a drawing of the body.
 */
export interface PlainSentence {
  readonly id: string;
  readonly text: string;
  readonly kind: 'framing' | 'uptake' | 'cause' | 'change';
  /** Ids of the findings that the sentence states; empty for framing alone. */
  readonly states: readonly string[];
  /** Position ids of those findings. */
  readonly sites: readonly string[];
  /** Sentences with one number belong together, from 0. */
  readonly paragraph: number;
}

export interface ExplainInput {
  /** The findings of a signed report. */
  readonly findings: readonly Finding[];
  readonly language: Language;
  readonly pack: Pack;
}

/**
 * Tells signed findings in a patient's words. Nothing is added: what is doubted stays doubted, what is absent stays
 * absent, what is not mentioned is not named. A plain negative beside an abnormal finding of the same site says nothing
 * of its own. Throws InvalidPackError where the pack has no wording in that language, RangeError for a site that is not
 * of the pack or two findings with one id.
 */
export function explain({ findings, language, pack }: ExplainInput): PlainSentence[] {
  const wording = parsePlainWording(pack, language);
  const order = pack.sites.map((site) => site.id);
  const known = new Set(order);
  const foreign = findings.find((finding) => !known.has(finding.site));
  if (foreign) throw new RangeError(`site "${foreign.site}" is not of pack ${pack.name}`);
  if (new Set(findings.map(({ id }) => id)).size !== findings.length)
    throw new RangeError('two findings share one id; give each focus its own');
  const { framing } = wording;
  const paragraphs: Said[][] = [framing.opening.map(framed)];
  if (findings.length === 0) paragraphs.push([framed(framing.nothing)]);
  const abnormal = findings.filter(({ presence }) => presence !== 'absent');
  const named = new Set<string>();
  for (const group of grouped(abnormal, order).sort(byWeight(order))) {
    const again = group.filter(({ site }) => named.has(site));
    const first = group.filter(({ site }) => !named.has(site));
    for (const { site } of group) named.add(site);
    if (first.length > 0) paragraphs.push(abnormalParagraph(first, wording, order, false));
    // Each further focus stands alone: in a list it could be taken for the only one of its site.
    for (const focus of again) paragraphs.push(abnormalParagraph([focus], wording, order, true));
  }
  paragraphs.push(...absentParagraphs(findings, wording, order));
  paragraphs.push(framing.closing.map(framed));
  return paragraphs
    .filter((paragraph) => paragraph.length > 0)
    .flatMap((sentences, paragraph) => sentences.map((sentence) => ({ ...sentence, paragraph })))
    .map((sentence, index) => ({ id: `plain-${index + 1}`, ...sentence }));
}

/** The text of an explanation: a paragraph per group of findings, an empty line between. */
export function plainText(sentences: readonly PlainSentence[], language: Language): string {
  const paragraphs: string[][] = [];
  for (const { paragraph, text } of sentences) {
    paragraphs[paragraph] ??= [];
    paragraphs[paragraph].push(text);
  }
  return paragraphs.map((texts) => texts.join(language === 'en' ? ' ' : '')).join('\n\n');
}

type Said = Omit<PlainSentence, 'id' | 'paragraph'>;

const framed = (text: string): Said => ({ text, kind: 'framing', states: [], sites: [] });
const said = (kind: Said['kind'], text: string, group: readonly Finding[]): Said => ({
  kind,
  text,
  states: group.map(({ id }) => id),
  sites: [...new Set(group.map(({ site }) => site))],
});

/** Findings that share every attribute, in the order of the pack. */
function grouped(findings: readonly Finding[], order: readonly string[]): Finding[][] {
  const groups = new Map<string, Finding[]>();
  for (const finding of [...findings].sort((a, b) => order.indexOf(a.site) - order.indexOf(b.site))) {
    const { presence, nature, likelihood, change, uptake, intensity } = finding;
    const key = [presence, nature, likelihood, change, uptake, intensity].join('|');
    const group = groups.get(key);
    if (group) group.push(finding);
    else groups.set(key, [finding]);
  }
  return [...groups.values()];
}

const heaviest: readonly (Nature | undefined)[] = ['metastatic', 'malignant-other', 'unspecified', undefined];

/** Certain before doubtful, cancer before what is harmless: bad news is not hidden at the end. */
function byWeight(order: readonly string[]): (a: readonly Finding[], b: readonly Finding[]) => number {
  const rank = (group: readonly Finding[]): number[] => {
    const { presence, nature, likelihood, intensity, site } = group[0]!;
    const weight = heaviest.indexOf(nature);
    return [
      presence === 'present' ? 0 : 1,
      weight < 0 ? heaviest.length : weight,
      likelihood === undefined ? 0 : likelihoods.indexOf(likelihood),
      intensity === undefined ? 0 : -intensities.indexOf(intensity),
      order.indexOf(site),
    ];
  };
  return (a, b) => {
    const [x, y] = [rank(a), rank(b)];
    const at = x.findIndex((value, index) => value !== y[index]);
    return at < 0 ? 0 : x[at]! - y[at]!;
  };
}

function abnormalParagraph(
  group: readonly Finding[],
  wording: PlainWording,
  order: readonly string[],
  separate: boolean,
): Said[] {
  const first = group[0]!;
  const { presence, nature, likelihood, change, uptake, intensity } = first;
  const key = presence === 'uncertain' ? 'uncertain' : 'present';
  const amount = wording.amounts[uptake ?? 'unstated'][intensity ?? 'plain'];
  const { sentences, framing } = wording;
  const lead = separate ? fill(sentences.separate, { sentence: sentences[key] }) : sentences[key];
  const number = new Set(group.map(({ site }) => site)).size === 1 ? 'one' : 'many';
  const out = placeSentences(group, 'whole', wording, order, [lead, sentences[`${key}More`]], { amount });
  const cause = nature === 'unspecified' ? 'unspecified' : nature && likelihood;
  if (nature && cause) {
    const words = nature === 'unspecified' ? '' : wording.natures[nature];
    out.push(said('cause', fill(wording.causes[key][cause][number], { nature: words }), group));
  }
  // A resolved finding is absent, so it has its own paragraph.
  if (change && change !== 'resolved') out.push(said('change', wording.changes[change][number], group));
  if (nature === 'metastatic') out.push(framed(framing.cancer));
  return out;
}

function absentParagraphs(findings: readonly Finding[], wording: PlainWording, order: readonly string[]): Said[][] {
  const abnormal = new Set(findings.filter(({ presence }) => presence !== 'absent').map(({ site }) => site));
  const absent = findings.filter(({ presence }) => presence === 'absent');
  const { sentences } = wording;
  const changed = grouped(
    absent.filter(({ change }) => change !== undefined),
    order,
  ).map((group) => {
    const { change } = group[0]!;
    if (change === 'resolved')
      return placeSentences(group, 'whole', wording, order, [sentences.resolved, sentences.resolvedMore]);
    const out = placeSentences(group, 'negative', wording, order, [sentences.absent, sentences.absentMore]);
    return change ? [...out, said('change', wording.absentChanges[change], group)] : out;
  });
  const plain = absent.filter(({ change, site }) => change === undefined && !abnormal.has(site));
  if (plain.length === 0) return changed;
  const mentioned = new Set(findings.map(({ site }) => site));
  if (mentioned.size < order.length)
    return [...changed, placeSentences(plain, 'negative', wording, order, [sentences.absent, sentences.absentMore])];
  const everywhere = plain.length === findings.length;
  return [...changed, [said('uptake', everywhere ? sentences.absentEverywhere : sentences.absentElsewhere, plain)]];
}

/** A list of places cut into sentences that can be read: the first form once, the second for each further piece. */
function placeSentences(
  group: readonly Finding[],
  kind: 'whole' | 'negative',
  wording: PlainWording,
  order: readonly string[],
  [lead, more]: readonly [string, string],
  values: Readonly<Record<string, string>> = {},
): Said[] {
  const unique = [...new Map(group.map(({ site, part }) => [`${site}|${part ?? ''}`, { site, part }])).values()];
  // A site that is stated whole needs no part of it beside it.
  const whole = new Set(unique.filter(({ part }) => part === undefined).map(({ site }) => site));
  const places = unique.filter(({ site, part }) => part === undefined || !whole.has(site));
  const items = layPlaces(places, wording, kind, order);
  const out: Said[] = [];
  for (let at = 0; at < items.length; at += wording.text.placesPerSentence) {
    const piece: LayPlace[] = items.slice(at, at + wording.text.placesPerSentence);
    const sites = new Set(piece.flatMap((item) => item.sites));
    const list = joined(
      piece.map((item) => item.text),
      wording,
    );
    const text = fill(at === 0 ? lead : more, { ...values, places: list });
    out.push(
      said(
        'uptake',
        text,
        group.filter(({ site }) => sites.has(site)),
      ),
    );
  }
  return out;
}
