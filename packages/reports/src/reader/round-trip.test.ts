// Any rendering of a random set of findings reads back: many phrase orders, styles and languages, none of them the
// drafter's. What a rendering states is worked out from the set, not from the reader.
import type { Nature, Presence } from '@radiolect/findings';
import { readPack } from '@radiolect/findings/node';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { labelLine } from './label-line.ts';
import { createRuleReader } from './rule-reader.ts';

const pack = await readPack('bone-scan');
const reader = createRuleReader(pack);

type Language = 'en' | 'zh-Hans' | 'zh-Hant';
interface Stated {
  readonly site: string;
  readonly state: Presence;
  readonly cause?: { readonly nature: Nature; readonly likelihood: 'definite' | 'probable' | 'possible' } | undefined;
}

const english: Readonly<Record<string, readonly string[]>> = {
  calvarium: ['calvarium', 'skull vault'],
  'skull-base': ['skull base', 'base of the skull'],
  'facial-bones': ['maxilla', 'facial bones'],
  mandible: ['mandible', 'lower jaw'],
  sacrum: ['sacrum', 'coccyx'],
  manubrium: ['manubrium'],
  'sternal-body': ['body of the sternum', 'xiphoid process'],
  clavicle: ['SIDE clavicle', 'midshaft of the SIDE clavicle'],
  scapula: ['SIDE scapula', 'inferior angle of the SIDE scapula', 'SIDE acromion'],
  shoulder: ['SIDE shoulder', 'SIDE humeral head', 'SIDE acromioclavicular joint', 'SIDE glenoid'],
  humerus: ['SIDE humerus', 'SIDE humeral shaft', 'proximal SIDE humerus'],
  elbow: ['SIDE elbow', 'SIDE olecranon'],
  forearm: ['SIDE distal radius', 'SIDE ulna', 'shaft of the SIDE radius'],
  wrist: ['SIDE wrist', 'SIDE scaphoid'],
  hand: ['SIDE hand', 'SIDE first carpometacarpal joint', 'SIDE thumb'],
  'sacroiliac-joint': ['SIDE sacroiliac joint', 'SIDE SI joint'],
  ilium: ['SIDE ilium', 'SIDE iliac crest', 'SIDE iliac wing'],
  acetabulum: ['SIDE hip', 'SIDE acetabulum', 'SIDE femoral head', 'head of the SIDE femur'],
  ischium: ['SIDE ischium', 'SIDE ischial tuberosity'],
  pubis: ['SIDE pubis', 'SIDE superior pubic ramus'],
  femur: ['SIDE femur', 'SIDE femoral neck', 'SIDE greater trochanter', 'distal SIDE femur'],
  knee: ['SIDE knee', 'SIDE patella', 'SIDE tibial plateau'],
  leg: ['SIDE tibia', 'SIDE fibula', 'SIDE tibial shaft'],
  ankle: ['SIDE ankle', 'SIDE lateral malleolus'],
  foot: ['SIDE foot', 'SIDE calcaneus', 'SIDE first MTP joint', 'SIDE midfoot'],
};
const chinese: Readonly<Record<string, readonly [hans: string, hant: string]>> = {
  calvarium: ['颅盖骨', '顱頂骨'],
  'skull-base': ['颅底', '顱底'],
  'facial-bones': ['上颌骨', '上頜骨'],
  mandible: ['下颌骨', '下頜骨'],
  sacrum: ['骶骨', '薦骨'],
  manubrium: ['胸骨柄', '胸骨柄'],
  'sternal-body': ['胸骨体', '胸骨體'],
  clavicle: ['SIDE锁骨', 'SIDE鎖骨'],
  scapula: ['SIDE肩胛骨', 'SIDE肩胛骨'],
  shoulder: ['SIDE肩关节', 'SIDE肩關節'],
  humerus: ['SIDE肱骨', 'SIDE肱骨近端'],
  elbow: ['SIDE肘关节', 'SIDE肘關節'],
  forearm: ['SIDE尺骨', 'SIDE橈骨遠端'],
  wrist: ['SIDE腕关节', 'SIDE腕關節'],
  hand: ['SIDE手部', 'SIDE手部'],
  'sacroiliac-joint': ['SIDE骶髂关节', 'SIDE薦髂關節'],
  ilium: ['SIDE髂骨翼', 'SIDE髂骨'],
  acetabulum: ['SIDE髋关节', 'SIDE髖臼'],
  ischium: ['SIDE坐骨', 'SIDE坐骨'],
  pubis: ['SIDE耻骨上支', 'SIDE恥骨'],
  femur: ['SIDE股骨颈', 'SIDE股骨近端'],
  knee: ['SIDE膝关节', 'SIDE膝關節'],
  leg: ['SIDE胫骨', 'SIDE脛骨'],
  ankle: ['SIDE踝关节', 'SIDE踝關節'],
  foot: ['SIDE跟骨', 'SIDE跟骨'],
};
const levels: Readonly<Record<string, readonly [en: string, hans: string, hant: string]>> = {
  c: ['cervical vertebra', '颈', '頸椎'],
  t: ['thoracic vertebra', '胸', '胸椎'],
  l: ['lumbar vertebra', '腰', '腰椎'],
};
const numerals = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '十一', '十二'];
const ordinal = (n: number): string => `${n}${n === 1 ? 'st' : n === 2 ? 'nd' : n === 3 ? 'rd' : 'th'}`;

/** A site as somebody would write it; `pick` chooses among the ways. */
function named(site: string, language: Language, pick: number): string {
  const [, base = site, side] = /^(.*?)(?:-(right|left))?$/.exec(site)!;
  const en = side ?? '';
  const zh =
    side === undefined ? '' : `${side === 'right' ? '右' : '左'}${language === 'zh-Hant' || pick % 2 ? '側' : '侧'}`;
  const level = /^([ctl])(\d+)$/.exec(base);
  if (level) {
    const [word, hans, hant] = levels[level[1]!]!;
    const n = Number(level[2]);
    if (language === 'en') return [`${level[1]!.toUpperCase()}${n}`, `the ${ordinal(n)} ${word}`][pick % 2]!;
    if (language === 'zh-Hans') return [`${hans}${n}椎体`, `第${n}${hans}椎`][pick % 2]!;
    return [`第${numerals[n - 1]}${hant}`, `${level[1]!.toUpperCase()}${n}`][pick % 2]!;
  }
  const rib = /^rib-(\d+)$/.exec(base);
  if (rib) {
    const n = Number(rib[1]);
    if (language === 'en')
      return [
        `the ${en} ${ordinal(n)} rib`,
        `the posterior ${en} ${ordinal(n)} rib`,
        `${en} rib ${n}`,
        `the ${ordinal(n)} rib on the ${en}`,
      ][pick % 4]!;
    return language === 'zh-Hans'
      ? `${zh}第${n}${['后肋', '肋骨', '前肋'][pick % 3]}`
      : `${zh}第${numerals[n - 1]}肋骨`;
  }
  if (language === 'en') {
    const ways = english[base]!;
    return `the ${ways[pick % ways.length]!.replace('SIDE', en)}`;
  }
  return chinese[base]![language === 'zh-Hans' ? 0 : 1].replace('SIDE', zh);
}

const causes: Readonly<Record<Language, readonly (readonly [Nature, 'definite' | 'probable' | 'possible', string])[]>> =
  {
    en: [
      ['metastatic', 'probable', 'consistent with metastasis'],
      ['metastatic', 'possible', 'suspicious for metastasis'],
      ['degenerative', 'probable', 'likely degenerative'],
      ['degenerative', 'definite', 'degenerative'],
      ['traumatic', 'possible', 'which may be due to a fracture'],
      ['traumatic', 'probable', 'most likely posttraumatic'],
      ['inflammatory', 'probable', 'in keeping with inflammatory arthritis'],
    ],
    'zh-Hans': [
      ['metastatic', 'probable', '考虑骨转移'],
      ['metastatic', 'possible', '转移不除外'],
      ['degenerative', 'probable', '考虑退行性改变'],
      ['traumatic', 'probable', '符合骨折'],
      ['traumatic', 'possible', '外伤可能'],
    ],
    'zh-Hant': [
      ['metastatic', 'possible', '骨轉移不能排除'],
      ['metastatic', 'probable', '符合骨轉移'],
      ['degenerative', 'definite', '為退化性變化'],
      ['traumatic', 'probable', '骨折可能性大'],
      ['inflammatory', 'possible', '發炎可能'],
    ],
  };

type Write = (place: string, cause: string | undefined) => string;
const comma = (language: Language): string => (language === 'en' ? ', ' : '，');
const tail = (language: Language, cause: string | undefined): string =>
  cause === undefined ? '' : comma(language) + cause;
const upper = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const plain = (place: string): string => place.replace(/^the /, '');
/** Orders and styles of one statement, per language and state. */
const styles: Readonly<Record<Language, Readonly<Record<Presence, readonly Write[]>>>> = {
  en: {
    present: [
      (p, c) => `There is focal increased uptake in ${p}${tail('en', c)}.`,
      (p, c) => `${upper(p)} shows increased tracer uptake${tail('en', c)}.`,
      (p, c) => `Increased activity is seen at ${p}${tail('en', c)}.`,
      (p, c) => `Hot spot: ${plain(p)}${tail('en', c)}.`,
      (p, c) => `${upper(plain(p))}: abnormal uptake${tail('en', c)}.`,
      (p, c) => `In ${p} there is abnormal tracer accumulation${tail('en', c)}.`,
      (p, c) =>
        `A focus of moderate uptake is present in ${p}${c === undefined ? '' : ` and is ${c.replace(/^which may/, 'thought to')}`}.`.replace(
          'thought to be due',
          'possibly due',
        ),
      (p, c) => `Uptake ${plain(p)}${tail('en', c)}`.concat('.'),
    ],
    absent: [
      (p) => `No abnormal uptake in ${p}.`,
      (p) => `${upper(p)} is normal.`,
      (p) => `${upper(p)} shows no abnormal tracer accumulation.`,
      (p) => `${upper(plain(p))}: unremarkable.`,
      (p) => `Physiologic uptake in ${p}.`,
      (p) => `There is no increased activity at ${p}.`,
    ],
    uncertain: [
      (p) => `Questionable uptake in ${p}.`,
      (p) => `A lesion in ${p} cannot be excluded.`,
      (p) => `There is equivocal activity at ${p}.`,
      (p) => `There may be faint uptake in ${p}.`,
    ],
  },
  'zh-Hans': {
    present: [
      (p, c) => `${p}见放射性浓聚${tail('zh-Hans', c)}。`,
      (p, c) => `${p}放射性摄取增高${tail('zh-Hans', c)}。`,
      (p, c) => `可见${p}异常放射性浓聚灶${tail('zh-Hans', c)}。`,
      (p, c) => `${p}：局灶性浓聚${tail('zh-Hans', c)}。`,
    ],
    absent: [(p) => `${p}未见异常放射性浓聚。`, (p) => `${p}放射性分布未见异常。`, (p) => `未见${p}异常浓聚。`],
    uncertain: [(p) => `${p}可疑放射性浓聚。`, (p) => `${p}似见轻度放射性浓聚。`],
  },
  'zh-Hant': {
    present: [
      (p, c) => `${p}有局部攝取增加${tail('zh-Hant', c)}。`,
      (p, c) => `${p}可見放射活性增加${tail('zh-Hant', c)}。`,
      (p, c) => `攝取增加於${p}${tail('zh-Hant', c)}。`,
    ],
    absent: [(p) => `${p}未見異常攝取。`, (p) => `${p}無異常。`],
    uncertain: [(p) => `${p}疑有微弱攝取。`, (p) => `${p}無法排除病灶。`],
  },
};
const openings: Readonly<Record<Language, readonly string[]>> = {
  en: ['', 'FINDINGS: ', 'Findings:\n', 'Clinical history: prostate cancer.\nReport: ', 'Bone scan. '],
  'zh-Hans': ['', '影像所见：', '检查所见：\n'],
  'zh-Hant': ['', '所見：', '臨床資料：肺癌。\n所見：'],
};

const sites = pack.labelSpace.positions;
const statedArbitrary = (language: Language): fc.Arbitrary<Stated & { readonly text: string }> =>
  fc
    .record({
      site: fc.constantFrom(...sites),
      state: fc.constantFrom<Presence>('present', 'present', 'present', 'absent', 'uncertain'),
      way: fc.nat(1000),
      pick: fc.nat(1000),
      cause: fc.option(fc.constantFrom(...causes[language]), { nil: undefined }),
    })
    .map(({ site, state, way, pick, cause }) => {
      const writes = styles[language][state];
      const given = state === 'present' ? cause : undefined;
      return {
        site,
        state,
        cause: given && { nature: given[0], likelihood: given[1] },
        text: writes[way % writes.length]!(named(site, language, pick), given?.[2]),
      };
    });

describe.each(['en', 'zh-Hans', 'zh-Hant'] as const)('%s', (language) => {
  test('a random set of findings in any phrase order reads back', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(statedArbitrary(language), { minLength: 1, maxLength: 9, selector: (s) => s.site }),
        fc.constantFrom(...openings[language]),
        fc.constantFrom(' ', '\n', '\n\n', '\n- '),
        (set, opening, gap) => {
          const text = opening + (gap === '\n- ' ? '- ' : '') + set.map((s) => s.text).join(gap);
          const { labels } = labelLine('x', reader.read(text));
          const got = Object.entries(labels).map(
            ([site, l]) => `${site} ${l.state} ${l.nature ?? '-'} ${l.likelihood ?? '-'}`,
          );
          const want = set.map((s) => `${s.site} ${s.state} ${s.cause?.nature ?? '-'} ${s.cause?.likelihood ?? '-'}`);
          expect(got.sort(), text).toEqual(want.sort());
        },
      ),
      { numRuns: 250, seed: 20_260 },
    );
  });
});
