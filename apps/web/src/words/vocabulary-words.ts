import type { Change, Intensity, LabelState, Language, Likelihood, Nature, Uptake, View } from '@radiolect/findings';

type Row = readonly [en: string, hant: string, hans: string];

/** The closed vocabularies of a finding in the interface's languages. */
export const vocabularyWords = {
  presence: {
    present: ['present', '有', '有'],
    uncertain: ['uncertain', '不確定', '不确定'],
    absent: ['absent', '無', '无'],
    unmentioned: ['not mentioned', '未提及', '未提及'],
  } satisfies Record<LabelState, Row>,
  nature: {
    metastatic: ['metastatic', '轉移性', '转移性'],
    'malignant-other': ['other malignancy', '其他惡性', '其他恶性'],
    degenerative: ['degenerative', '退化性', '退行性'],
    traumatic: ['traumatic', '外傷性', '外伤性'],
    inflammatory: ['inflammatory', '發炎性', '炎症性'],
    metabolic: ['metabolic', '代謝性', '代谢性'],
    postoperative: ['postoperative', '術後', '术后'],
    'benign-other': ['other benign', '其他良性', '其他良性'],
    unspecified: ['undetermined', '性質未定', '性质未定'],
  } satisfies Record<Nature, Row>,
  likelihood: {
    definite: ['definite', '確定', '确定'],
    probable: ['probable', '很可能', '很可能'],
    possible: ['possible', '可能', '可能'],
  } satisfies Record<Likelihood, Row>,
  change: {
    new: ['new', '新出現', '新出现'],
    increased: ['increased', '增加', '增加'],
    stable: ['stable', '穩定', '稳定'],
    decreased: ['decreased', '減少', '减少'],
    resolved: ['resolved', '消失', '消失'],
  } satisfies Record<Change, Row>,
  uptake: {
    increased: ['increased uptake', '攝取增加', '摄取增高'],
    decreased: ['decreased uptake', '攝取減少', '摄取减低'],
  } satisfies Record<Uptake, Row>,
  intensity: {
    faint: ['faint', '微弱', '微弱'],
    mild: ['mild', '輕度', '轻度'],
    moderate: ['moderate', '中度', '中度'],
    intense: ['intense', '強烈', '强烈'],
  } satisfies Record<Intensity, Row>,
  view: {
    anterior: ['Anterior', '前位', '前位'],
    posterior: ['Posterior', '後位', '后位'],
  } satisfies Record<View, Row>,
} as const;

/** Names of the interface languages in themselves. */
export const languageNames = { en: 'English', 'zh-Hant': '繁體中文', 'zh-Hans': '简体中文' } as const satisfies Record<
  Language,
  string
>;
