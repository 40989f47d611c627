import type {
  Change,
  ImpressionClass,
  Intensity,
  LabelState,
  Language,
  Likelihood,
  Nature,
  Uptake,
  View,
} from '@radiolect/findings';

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
  impressionClass: {
    normal: ['normal', '正常', '正常'],
    benign: ['benign', '良性', '良性'],
    equivocal: ['equivocal', '無法確定', '不确定'],
    metastatic: ['metastatic', '轉移', '转移'],
    other: ['other', '其他', '其他'],
  } satisfies Record<ImpressionClass, Row>,
  view: {
    anterior: ['Anterior', '前位', '前位'],
    posterior: ['Posterior', '後位', '后位'],
  } satisfies Record<View, Row>,
} as const;

/**
 * What a reader warns of and sets aside, by its code. A pack may know more; a code that is not here is shown as it is.
 */
export const readingWords = {
  warning: {
    'side-missing': ['Right or left is missing', '未註明左右側', '未注明左右侧'],
    contradiction: ['Findings and impression contradict each other', '所見與結論矛盾', '所见与印象矛盾'],
    'no-text': ['There is no text', '沒有內文', '没有正文'],
    'unknown-language': ['Neither English nor Chinese', '不是英文也不是中文', '不是英文也不是中文'],
    markup: ['Markup in the text was skipped', '略過內文中的標記', '已跳过正文中的标记'],
    'control-characters': ['The text holds control characters', '內文含控制字元', '正文含控制字符'],
    'unusually-long': ['Unusually long for one report', '以一份報告而言過長', '作为一份报告过长'],
  },
  extraosseous: {
    kidneys: ['kidneys', '腎臟', '肾脏'],
    bladder: ['bladder', '膀胱', '膀胱'],
    thyroid: ['thyroid', '甲狀腺', '甲状腺'],
    breast: ['breast', '乳房', '乳腺'],
    'soft tissue': ['soft tissue', '軟組織', '软组织'],
    'injection site': ['injection site', '注射處', '注射部位'],
    'urine contamination': ['urine contamination', '尿液汙染', '尿液污染'],
    vessels: ['vessels', '血管', '血管'],
    liver: ['liver', '肝臟', '肝脏'],
    lungs: ['lungs', '肺', '肺'],
    'urinary diversion': ['urinary diversion', '尿路改道', '尿流改道'],
    stomach: ['stomach', '胃', '胃'],
    spleen: ['spleen', '脾臟', '脾脏'],
    bowel: ['bowel', '腸道', '肠道'],
    heart: ['heart', '心臟', '心脏'],
    brain: ['brain', '腦', '脑'],
    uterus: ['uterus', '子宮', '子宫'],
    'lymph nodes': ['lymph nodes', '淋巴結', '淋巴结'],
    abdomen: ['abdomen', '腹部', '腹部'],
    pharynx: ['pharynx', '咽部', '咽部'],
    artefact: ['artefact', '假影', '伪影'],
    'renal transplant': ['renal transplant', '移植腎', '移植肾'],
  },
  region: {
    skeleton: ['skeleton', '全身骨骼', '全身骨骼'],
    skull: ['skull', '頭顱', '颅骨'],
    'cervical-spine': ['cervical spine', '頸椎', '颈椎'],
    'thoracic-spine': ['thoracic spine', '胸椎', '胸椎'],
    'lumbar-spine': ['lumbar spine', '腰椎', '腰椎'],
    spine: ['spine', '脊椎', '脊柱'],
    'axial-skeleton': ['axial skeleton', '中軸骨', '中轴骨'],
    'appendicular-skeleton': ['appendicular skeleton', '四肢骨', '四肢骨'],
    ribs: ['ribs', '肋骨', '肋骨'],
    sternum: ['sternum', '胸骨', '胸骨'],
    'thoracic-cage': ['thoracic cage', '胸廓', '胸廓'],
    chest: ['chest', '胸部', '胸部'],
    pelvis: ['pelvis', '骨盆', '骨盆'],
    'shoulder-girdle': ['shoulder girdle', '肩帶', '肩带'],
    'upper-limb': ['upper limb', '上肢', '上肢'],
    'lower-limb': ['lower limb', '下肢', '下肢'],
    limbs: ['limbs', '四肢', '四肢'],
    'below-knee': ['below the knee', '膝以下', '膝以下'],
    'long-bones': ['long bones', '長骨', '长骨'],
    joints: ['joints', '關節', '关节'],
  },
  side: {
    right: ['right', '右側', '右侧'],
    left: ['left', '左側', '左侧'],
  },
} as const satisfies Record<string, Readonly<Record<string, Row>>>;

/** Names of the interface languages in themselves. */
export const languageNames = { en: 'English', 'zh-Hant': '繁體中文', 'zh-Hans': '简体中文' } as const satisfies Record<
  Language,
  string
>;
