import type { AnatomicSite } from '@radiolect/findings';
import type { Message } from './message.ts';
import { fillMessage, siteNames } from './message.ts';

export const draftCheckCodes = [
  'finding-without-sentence',
  'sentence-without-finding',
  'side-mismatch',
  'presence-flip',
  'attribute-mismatch',
  'added-finding',
  'dropped-finding',
  'impression-contradicts-findings',
] as const;
export type DraftCheckCode = (typeof draftCheckCodes)[number];

/** Something that a person should settle before signing. */
export interface DraftCheck {
  readonly code: DraftCheckCode;
  /** `error` must be settled before signing; `warning` should be looked at. */
  readonly severity: 'error' | 'warning';
  /** The sentence it is about; left out where it is about the report as a whole. */
  readonly sentence?: string;
  /** Ids of the findings it is about. */
  readonly findings: readonly string[];
  /** The sites it is about, also where no finding exists. */
  readonly sites: readonly string[];
  readonly message: Message;
}

const messages = {
  'finding-without-sentence': {
    en: 'No sentence states this finding: {sites}.',
    'zh-Hant': '沒有句子敘述此發現：{sites}。',
    'zh-Hans': '没有句子描述此发现：{sites}。',
  },
  'sentence-without-finding': {
    en: 'This sentence states no finding of the list; confirm it or remove it.',
    'zh-Hant': '此句未對應任何發現，請確認或刪除。',
    'zh-Hans': '此句未对应任何发现，请确认或删除。',
  },
  'side-mismatch': {
    en: 'The sentence names another side than its finding: {sites}.',
    'zh-Hant': '句中的側別與發現不符：{sites}。',
    'zh-Hans': '句中的侧别与发现不符：{sites}。',
  },
  'presence-flip': {
    en: 'The text and the finding disagree on whether there is abnormal uptake: {sites}.',
    'zh-Hant': '文字與發現對有無異常攝取的敘述不一致：{sites}。',
    'zh-Hans': '文字与发现对有无异常浓聚的描述不一致：{sites}。',
  },
  'attribute-mismatch': {
    en: 'The text says something else of the finding ({attributes}): {sites}.',
    'zh-Hant': '文字對此發現的描述不同（{attributes}）：{sites}。',
    'zh-Hans': '文字对此发现的描述不同（{attributes}）：{sites}。',
  },
  'added-finding': {
    en: 'The text states what no finding says: {sites}.',
    'zh-Hant': '文字敘述了發現中沒有的部位：{sites}。',
    'zh-Hans': '文字描述了发现中没有的部位：{sites}。',
  },
  'dropped-finding': {
    en: 'The text no longer states this finding: {sites}.',
    'zh-Hant': '文字未再敘述此發現：{sites}。',
    'zh-Hans': '文字未再描述此发现：{sites}。',
  },
  'impression-contradicts-findings': {
    en: 'The impression contradicts the findings: {sites}.',
    'zh-Hant': '結論與所見矛盾：{sites}。',
    'zh-Hans': '诊断意见与影像所见矛盾：{sites}。',
  },
} as const satisfies Record<DraftCheckCode, Message>;

const attributeNames = {
  nature: { en: 'cause', 'zh-Hant': '病因', 'zh-Hans': '病因' },
  likelihood: { en: 'likelihood', 'zh-Hant': '可能性', 'zh-Hans': '可能性' },
  change: { en: 'change', 'zh-Hant': '變化', 'zh-Hans': '变化' },
  uptake: { en: 'uptake', 'zh-Hant': '攝取', 'zh-Hans': '摄取' },
  intensity: { en: 'intensity', 'zh-Hant': '強度', 'zh-Hans': '强度' },
} as const satisfies Record<string, Message>;
export type ComparedAttribute = keyof typeof attributeNames;

/** Makes a check with its messages; `names` gives the sites' names, and an id stands for itself without them. */
export function makeCheck(
  check: Omit<DraftCheck, 'message'> & { readonly attributes?: readonly ComparedAttribute[] },
  names: ReadonlyMap<string, AnatomicSite['names']>,
): DraftCheck {
  const { attributes = [], ...rest } = check;
  const message = fillMessage(messages[check.code], {
    sites: siteNames(check.sites, names),
    attributes: attributes.map((attribute) => attributeNames[attribute]),
  });
  return { ...rest, message };
}
