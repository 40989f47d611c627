import type { Change, Intensity, Likelihood } from '@radiolect/findings';
import type { Script } from './chinese-sites.ts';
import type { Pattern } from './perception.ts';
import type { Region, Statement } from './plan.ts';

// Sentences of Chinese reports, without the full stop. {sites} the list, {i} intensity, {cause} the clause of the cause.

type Phrases = Readonly<Record<Script, readonly string[]>>;

export const intensityWords: Readonly<Record<Script, Readonly<Record<Intensity, readonly string[]>>>> = {
  hant: { faint: ['微弱'], mild: ['輕度', '輕微'], moderate: ['中度'], intense: ['強烈', '顯著'] },
  hans: { faint: ['微弱'], mild: ['轻度', '轻微'], moderate: ['中度'], intense: ['显著', '强烈'] },
};
export const presentPhrases: Phrases = {
  hant: [
    '{sites}有{i}攝取增加{cause}',
    '{sites}可見{i}放射活性增加{cause}',
    '於{sites}見{i}局部攝取增加{cause}',
    '{sites}呈{i}示蹤劑攝取增加{cause}',
    '{i}攝取增加見於{sites}{cause}',
    '{sites}有{i}熱點{cause}',
    '{sites}之{i}骨骼攝取上升{cause}',
  ],
  hans: [
    '{sites}见{i}放射性浓聚{cause}',
    '{sites}见{i}异常放射性浓聚灶{cause}',
    '{sites}放射性分布{i}增高{cause}',
    '{sites}可见{i}点片状放射性浓聚{cause}',
    '{sites}显像剂{i}摄取增高{cause}',
    '{sites}骨代谢{i}活跃{cause}',
    '{sites}呈{i}放射性增浓{cause}',
  ],
};
export const patternPhrases: Readonly<Partial<Record<Pattern, Phrases>>> = {
  'rib-row': {
    hant: ['{sites}有線狀排列之{i}局部攝取增加{cause}', '{sites}可見{i}點狀攝取增加，排列成行{cause}'],
    hans: ['{sites}见串珠样排列的{i}点状放射性浓聚{cause}', '{sites}见{i}点状放射性浓聚，呈线样排列{cause}'],
  },
  compression: {
    hant: ['{sites}有橫向帶狀之{i}攝取增加{cause}', '{sites}可見{i}帶狀攝取增加{cause}'],
    hans: ['{sites}见横行条状{i}放射性浓聚{cause}', '{sites}见{i}条带状放射性浓聚{cause}'],
  },
  paget: { hant: ['{sites}骨質膨大並有均勻之{i}攝取增加{cause}'], hans: ['{sites}膨大，见{i}均匀放射性浓聚{cause}'] },
  implant: {
    hant: ['{sites}呈攝取缺損{cause}', '{sites}可見放射活性缺損{cause}'],
    hans: ['{sites}区放射性缺损{cause}', '{sites}见放射性缺损区{cause}'],
  },
  cold: {
    hant: ['{sites}攝取減少{cause}', '{sites}放射活性降低{cause}'],
    hans: ['{sites}放射性稀疏{cause}', '{sites}放射性分布减低{cause}'],
  },
};
export const changePhrases: Readonly<Record<Exclude<Change, 'resolved'>, Phrases>> = {
  new: {
    hant: ['{sites}有新出現之{i}攝取增加{cause}', '{sites}新增{i}攝取增加病灶{cause}'],
    hans: ['{sites}见新增{i}放射性浓聚灶{cause}', '{sites}新出现{i}放射性浓聚{cause}'],
  },
  stable: {
    hant: ['{sites}之{i}攝取增加與前次相仿{cause}', '{sites}之{i}攝取增加無明顯變化{cause}'],
    hans: ['{sites}{i}放射性浓聚大致同前{cause}', '{sites}{i}放射性浓聚较前无明显变化{cause}'],
  },
  increased: {
    hant: ['{sites}之攝取較前次增加{cause}', '{sites}之攝取較前次更為明顯{cause}'],
    hans: ['{sites}放射性浓聚较前增浓{cause}', '{sites}放射性浓聚较前增高、范围增大{cause}'],
  },
  decreased: {
    hant: ['{sites}之攝取較前次減低{cause}', '{sites}之攝取增加較前次減輕{cause}'],
    hans: ['{sites}放射性浓聚较前减低{cause}', '{sites}放射性浓聚较前减淡{cause}'],
  },
};
export const resolvedPhrases: Phrases = {
  hant: ['原{sites}之病灶已消失', '前次所見{sites}之攝取增加已消失'],
  hans: ['原{sites}放射性浓聚灶消失', '原{sites}放射性浓聚已消失'],
};
export const uncertainPhrases: Readonly<Record<'uptake' | 'lesion', Phrases>> = {
  uptake: {
    hant: ['{sites}疑有{i}攝取增加', '{sites}似有{i}攝取增加，難以確定'],
    hans: ['{sites}似见{i}放射性增高', '{sites}可疑{i}放射性增高'],
  },
  lesion: { hant: ['{sites}無法排除病灶'], hans: ['{sites}不除外病灶'] },
};
export const closingPhrases: Phrases = {
  hant: ['其餘骨骼未見異常攝取', '其餘骨骼攝取分布正常', '其他骨骼無異常攝取', '其餘部位骨骼未見異常'],
  hans: [
    '余骨未见异常放射性分布',
    '余全身骨骼放射性分布未见异常',
    '其余骨骼未见异常放射性浓聚',
    '余骨骼显影未见明显异常',
  ],
};
export const normalPhrases: Phrases = {
  hant: ['全身骨骼放射活性分布均勻對稱，未見異常攝取', '全身骨骼未見異常攝取增加或減少', '全身骨骼攝取正常'],
  hans: ['全身骨骼放射性分布均匀，左右对称，未见异常放射性浓聚或稀疏', '全身骨骼显影清晰，未见异常放射性分布'],
};
export const regionNegatives: Phrases = {
  hant: ['{regions}未見異常攝取', '{regions}無異常攝取'],
  hans: ['{regions}未见异常放射性浓聚', '{regions}未见异常放射性分布'],
};
export const regionNames: Readonly<Record<Region, readonly [hant: string, hans: string]>> = {
  skull: ['顱骨', '颅骨'],
  'cervical-spine': ['頸椎', '颈椎'],
  'thoracic-spine': ['胸椎', '胸椎'],
  'lumbar-spine': ['腰椎', '腰椎'],
  ribs: ['肋骨', '肋骨'],
  sternum: ['胸骨', '胸骨'],
  pelvis: ['骨盆', '骨盆'],
};
export const summedUpPhrases: Phrases = {
  hant: ['{many}可見多發攝取增加灶{cause}', '{many}有散在之攝取增加{cause}'],
  hans: ['{many}见散在放射性浓聚灶{cause}', '{many}见多发异常放射性浓聚灶{cause}'],
};
export const manyOf: Readonly<Record<'ribs' | 'thoracic-spine' | 'lumbar-spine', Phrases>> = {
  ribs: { hant: ['{side}多根肋骨', '{side}多處肋骨'], hans: ['{side}多根肋骨', '{side}多发肋骨'] },
  'thoracic-spine': { hant: ['數節胸椎', '多節胸椎'], hans: ['多个胸椎椎体', '部分胸椎'] },
  'lumbar-spine': { hant: ['數節腰椎', '多節腰椎'], hans: ['多个腰椎椎体', '部分腰椎'] },
};

/** Nouns of a cause, or undefined where it is undetermined. */
export function chineseCauses({ nature, pattern, sites }: Statement, script: Script): readonly string[] | undefined {
  const hant = script === 'hant';
  switch (nature) {
    case 'metastatic':
      return hant ? ['骨轉移', '轉移性病灶', '骨轉移病灶'] : ['骨转移', '转移灶', '骨转移瘤'];
    case 'malignant-other':
      return hant ? ['原發性骨腫瘤', '原發性惡性骨腫瘤'] : ['原发性骨肿瘤', '原发恶性骨肿瘤'];
    case 'degenerative':
      return pattern === 'spine-wear'
        ? hant
          ? ['退化性脊椎病變', '退化性變化']
          : ['退行性改变', '退行性变']
        : hant
          ? ['退化性關節病變', '退化性變化', '退化性關節炎']
          : ['退行性改变', '骨关节退行性变', '退行性变'];
    case 'traumatic':
      if (pattern === 'compression') return hant ? ['壓迫性骨折'] : ['压缩性骨折'];
      if (sites.some((site) => /^(sacrum|pubis|ischium)/.test(site)))
        return hant ? ['機能不全性骨折', '骨折'] : ['不全骨折', '骨折'];
      return pattern === 'rib-row' || pattern === 'rib'
        ? hant
          ? ['肋骨骨折', '外傷性變化']
          : ['肋骨骨折', '外伤所致', '骨折']
        : hant
          ? ['骨折', '外傷性變化']
          : ['骨折', '外伤性改变'];
    case 'inflammatory':
      if (pattern === 'infection') return ['骨髓炎'];
      if (pattern === 'dental')
        return sites.every((site) => site === 'mandible')
          ? hant
            ? ['牙源性發炎']
            : ['牙源性炎症']
          : sites.every((site) => site === 'facial-bones')
            ? hant
              ? ['鼻竇炎']
              : ['鼻窦炎']
            : hant
              ? ['發炎']
              : ['炎性改变'];
      return sites.every((site) => site.startsWith('sacroiliac'))
        ? hant
          ? ['薦髂關節炎']
          : ['骶髂关节炎']
        : hant
          ? ['發炎性關節炎', '類風濕性關節炎']
          : ['炎性关节病变', '类风湿关节炎'];
    case 'metabolic':
      return hant ? ['Paget氏病', '變形性骨炎'] : ['Paget病', '畸形性骨炎'];
    case 'postoperative':
      return pattern === 'implant'
        ? hant
          ? ['人工關節置換術後']
          : ['人工关节置换术后改变']
        : hant
          ? ['術後變化', '人工關節鬆脫']
          : ['术后改变', '假体松动'];
    case 'benign-other':
      return pattern === 'cold'
        ? hant
          ? ['放射治療後變化']
          : ['放疗后改变']
        : hant
          ? ['良性骨病灶', '纖維性骨異常增生']
          : ['良性骨病变', '骨纤维异常增殖症'];
    default:
      return undefined;
  }
}
export const causeClauses: Readonly<Record<Script, Readonly<Record<Likelihood, readonly string[]>>>> = {
  hant: {
    definite: ['，為{n}', '，屬{n}'],
    probable: ['，符合{n}', '，考慮{n}', '，{n}可能性大', '，較符合{n}'],
    possible: ['，可能為{n}', '，{n}不能排除', '，疑{n}', '，懷疑{n}'],
  },
  hans: {
    definite: ['，为{n}', '，系{n}'],
    probable: ['，考虑{n}', '，符合{n}', '，{n}可能性大'],
    possible: ['，可能为{n}', '，{n}不除外', '，疑{n}', '，{n}待排'],
  },
};
export const undetermined: Readonly<Record<Script, readonly string[]>> = {
  hant: ['，性質未定', '，原因未明'],
  hans: ['，性质待定', '，性质未定'],
};

/** Normal uptake that is named as normal. */
export const physiologicPhrases: Readonly<Record<'sternoclavicular' | 'sacroiliac', Phrases>> = {
  sternoclavicular: { hant: ['雙側胸鎖關節之攝取屬生理性'], hans: ['双侧胸锁关节放射性分布对称，未见异常'] },
  sacroiliac: { hant: ['雙側薦髂關節攝取對稱，無異常'], hans: ['双侧骶髂关节放射性分布对称，未见异常'] },
};

/** Wear of a stretch of the spine without its levels. */
export const spineWearPhrases: Phrases = {
  hant: ['下段{region}有攝取增加，為退化性變化', '{region}下段輕度攝取增加，符合退化性變化'],
  hans: ['{region}下段见放射性浓聚，考虑退行性改变', '{region}下段见条状放射性浓聚，系退行性变'],
};

/** A lesion on CT that takes up nothing. */
export const coldOnCtPhrases: Phrases = {
  hant: ['電腦斷層所見{sites}之硬化病灶無相應之異常攝取', '{sites}之電腦斷層病灶未見異常攝取'],
  hans: ['CT所示{sites}病变未见异常放射性浓聚', 'CT所示{sites}高密度灶处未见异常放射性浓聚'],
};
/** What the comparison recalls of the study before. */
export const recalledPhrases: Phrases = {
  hant: ['，當時{sites}有攝取增加', '，前次於{sites}見攝取增加'],
  hans: ['（前次示{sites}放射性浓聚）', '（当时{sites}见放射性浓聚）'],
};
