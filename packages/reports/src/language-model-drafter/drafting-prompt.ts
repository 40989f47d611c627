import type { Finding, Language, Pack } from '@radiolect/findings';
import { draftText } from '../drafter/draft-text.ts';
import type { Drafter } from '../drafter/drafter.ts';
import type { CompletionRequest } from '../language-model/language-model.ts';
import type { DraftWriterInput } from './draft-writer.ts';

/** A request, and what the short names in it stand for. */
export interface DraftingPrompt {
  readonly request: CompletionRequest;
  /** "F1" → ids of findings; "REST" → all plain negatives. */
  readonly idsOf: ReadonlyMap<string, readonly string[]>;
}

const languageNames = {
  en: 'English',
  'zh-Hant': 'Traditional Chinese as written in Taiwan',
  'zh-Hans': 'Simplified Chinese as written in mainland China',
} as const satisfies Record<Language, string>;

/**
 * What the model is told: the findings by short names, the clinical panel, the prior, the department's way of writing.
 * The part that is the same for every study stands first, so that a server can keep it.
 */
export function draftingPrompt(input: DraftWriterInput, pack: Pack, drafter: Drafter): DraftingPrompt {
  const { findings, language, panel, prior, style = [], images = [] } = input;
  const idsOf = new Map<string, readonly string[]>();
  const names = new Map(pack.sites.map((site) => [site.id, site.names[language]]));
  const plain = findings.filter((finding) => isPlainNegative(finding));
  const lines = findings
    .filter((finding) => !isPlainNegative(finding))
    .map((finding, index) => {
      const name = `F${index + 1}`;
      idsOf.set(name, [finding.id]);
      return `${name}: ${describe(finding, names.get(finding.site) ?? finding.site)}`;
    });
  if (plain.length > 0) {
    idsOf.set(
      'REST',
      plain.map((finding) => finding.id),
    );
    const everywhere = new Set(findings.map((finding) => finding.site)).size === pack.sites.length;
    const where = everywhere
      ? 'the whole remaining skeleton'
      : plain.map((finding) => names.get(finding.site) ?? finding.site).join(', ');
    lines.push(`REST: no abnormal uptake; ${where}`);
  }
  const sections = [
    ['Findings', lines.join('\n')],
    ['Clinical panel', panel ? panelLines(panel) : ''],
    ['Prior study', prior ? [prior.date, prior.text ?? ''].filter(Boolean).join('\n') : ''],
    ['A draft by templates that states all of them', draftText(drafter.draft(input))],
    ['Pictures', images.map((image, index) => `${index + 1}: ${image.meaning}`).join('\n')],
  ].filter(([, text]) => text !== '');
  return {
    idsOf,
    request: {
      system: systemText(pack, language, style),
      prompt: sections.map(([title, text]) => `## ${title}\n${text}`).join('\n\n'),
      schema: answerSchema([...idsOf.keys()], pack, images.length > 0),
      ...(images.length > 0 ? { images } : {}),
      ...(input.variant === undefined ? {} : { variant: input.variant }),
    },
  };
}

/** A negative without a change: many of them are one statement. */
export const isPlainNegative = (finding: Finding): boolean =>
  finding.presence === 'absent' && finding.change === undefined;

function describe(finding: Finding, site: string): string {
  const { presence, uptake, intensity, nature, likelihood, change, part } = finding;
  return [
    part ? `${site}, ${part}` : site,
    presence,
    uptake && `uptake ${uptake}`,
    intensity && `intensity ${intensity}`,
    nature && `cause ${nature}`,
    likelihood && `likelihood of the cause ${likelihood}`,
    change && `change ${change}`,
  ]
    .filter(Boolean)
    .join('; ');
}

const panelLines = (panel: NonNullable<DraftWriterInput['panel']>): string =>
  Object.entries(panel)
    .map(([name, value]) =>
      typeof value === 'string'
        ? `${name}: ${value}`
        : `${name}: ${Object.entries(value ?? {})
            .map(([key, figure]) => `${key} ${figure}`)
            .join(', ')}`,
    )
    .join('\n');

function systemText(pack: Pack, language: Language, style: readonly string[]): string {
  return [
    `You word the report of a scan (${pack.name}) in ${languageNames[language]}. The findings are decided: you word them.`,
    'Answer with JSON: "sentences", each with its section ("findings" or "impression"), its text, and "states", the short names of exactly the findings that it states.',
    'Rules:',
    '- State every finding once in the section findings, with every attribute given (uptake, intensity, cause, likelihood, change), its side and its level. Findings with the same attributes may share a sentence.',
    '- State REST as one sentence about the remaining skeleton.',
    '- The impression names each cause with the likelihood given. It decides nothing anew.',
    '- Add no site, side, level, cause, measurement, date or recommendation that is not given. Never write headings.',
    '- Every sentence states at least one finding.',
    'If pictures are given and you see abnormal uptake at a site of which no finding is present, name it in "suggestions" with its site id and a short reason; leave the sentences as the findings have them.',
    ...(style.length > 0
      ? [
          'The department writes like this (follow the wording and the order, not the content):',
          ...style.map((text, index) => `--- report ${index + 1}\n${text}`),
        ]
      : []),
  ].join('\n');
}

function answerSchema(names: readonly string[], pack: Pack, pictures: boolean): Readonly<Record<string, unknown>> {
  const suggestion = {
    type: 'object',
    properties: { site: { type: 'string', enum: pack.labelSpace.positions }, reason: { type: 'string' } },
    required: ['site', 'reason'],
    additionalProperties: false,
  };
  return {
    type: 'object',
    properties: {
      sentences: {
        type: 'array',
        items: {
          type: 'object',
          properties: {
            section: { type: 'string', enum: ['findings', 'impression'] },
            text: { type: 'string' },
            states: { type: 'array', items: names.length > 0 ? { type: 'string', enum: names } : { type: 'string' } },
          },
          required: ['section', 'text', 'states'],
          additionalProperties: false,
        },
      },
      ...(pictures ? { suggestions: { type: 'array', items: suggestion } } : {}),
    },
    required: pictures ? ['sentences', 'suggestions'] : ['sentences'],
    additionalProperties: false,
  };
}
