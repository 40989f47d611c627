import type { Aspect, Pattern } from './perception.ts';
import { runsOf } from './site-runs.ts';
import type { Writer } from './writer.ts';

// Names of sites in Chinese reports: Traditional as written in Taiwan, Simplified as written on the mainland.

export type Script = 'hant' | 'hans';
type Both = readonly [hant: readonly string[], hans: readonly string[]];

const bones: Readonly<Record<string, Both>> = {
  calvarium: [
    ['顱頂骨', '顱骨頂部', '額骨'],
    ['颅盖骨', '额骨', '顶骨'],
  ],
  'skull-base': [['顱底'], ['颅底']],
  'facial-bones': [
    ['顏面骨', '上頜骨'],
    ['面颅骨', '上颌骨'],
  ],
  mandible: [['下頜骨'], ['下颌骨']],
  sacrum: [
    ['薦骨', '薦椎'],
    ['骶骨', '骶椎'],
  ],
  manubrium: [['胸骨柄'], ['胸骨柄']],
  'sternal-body': [['胸骨體'], ['胸骨体']],
  clavicle: [['鎖骨'], ['锁骨']],
  scapula: [['肩胛骨'], ['肩胛骨']],
  shoulder: [['肩關節'], ['肩关节']],
  humerus: [
    ['肱骨', '肱骨近端'],
    ['肱骨', '肱骨上段'],
  ],
  elbow: [['肘關節'], ['肘关节']],
  forearm: [
    ['橈骨遠端', '前臂'],
    ['桡骨远端', '尺骨', '前臂'],
  ],
  wrist: [['腕關節'], ['腕关节']],
  hand: [['手部'], ['手部', '手指骨']],
  'sacroiliac-joint': [['薦髂關節'], ['骶髂关节']],
  ilium: [
    ['髂骨', '髂骨翼'],
    ['髂骨', '髂骨翼'],
  ],
  acetabulum: [['髖臼'], ['髋臼']],
  ischium: [['坐骨'], ['坐骨']],
  pubis: [['恥骨'], ['耻骨']],
  femur: [
    ['股骨', '股骨近端', '股骨幹'],
    ['股骨', '股骨上段', '股骨干'],
  ],
  knee: [['膝關節'], ['膝关节']],
  leg: [
    ['脛骨', '脛骨近端'],
    ['胫骨', '胫骨上段'],
  ],
  ankle: [['踝關節'], ['踝关节']],
  foot: [
    ['足部', '跟骨'],
    ['足部', '跟骨'],
  ],
};
const worn: Readonly<Record<string, Both>> = {
  shoulder: [
    ['肩關節', '肩鎖關節'],
    ['肩关节', '肩锁关节'],
  ],
  acetabulum: [['髖關節'], ['髋关节']],
  foot: [
    ['足部', '第一蹠趾關節'],
    ['足部', '第一跖趾关节'],
  ],
  hand: [['手部'], ['手部', '指间关节']],
  clavicle: [['鎖骨遠端'], ['锁骨远端']],
};
const digits = '〇一二三四五六七八九十';

/** A number up to 12 in Chinese numerals. */
export function chineseNumber(number: number): string {
  return number <= 10 ? digits[number]! : `十${digits[number - 10]!}`;
}

/** How one writer names places. */
export interface ChineseNaming {
  readonly script: Script;
  /** `第四腰椎`, `第4腰椎`, `腰4椎體` or `L4`. */
  readonly vertebra: 'ordinal' | 'number' | 'region-first' | 'latin';
  readonly dash: string;
  readonly ribs: '肋骨' | '肋';
  /** The stretch of the ribs of this list. */
  readonly aspect?: Aspect;
  readonly ordinals: 'chinese' | 'arabic';
  readonly shortPairs: boolean;
  readonly shortest: number;
}

/** The list of sites as a writer names it: 第三至第五腰椎、右側第4至7肋骨及雙側膝關節. */
export function chineseSites(
  sites: readonly string[],
  pattern: Pattern,
  naming: ChineseNaming,
  writer: Writer,
): string {
  const { script } = naming;
  const runs = runsOf(sites, naming.shortest);
  const at = script === 'hant' ? 0 : 1;
  const nameOf = (bone: string): string => {
    const names = ((pattern === 'joint' || pattern === 'implant' ? worn[bone] : undefined) ?? bones[bone]!)[at];
    return writer.random.chance(0.65) ? names[0]! : writer.random.pick(names);
  };
  const side =
    script === 'hant' ? { right: '右側', left: '左側', both: '雙側' } : { right: '右侧', left: '左侧', both: '双侧' };
  const items: string[] = [];
  for (const site of runs.midline) items.push(nameOf(site));
  items.push(...vertebrae(runs.vertebrae, naming));
  for (const ribs of runs.ribs) {
    const number = (value: number) => (naming.ordinals === 'chinese' ? chineseNumber(value) : String(value));
    const spans = ribs.runs.map((run) =>
      run.length === 1 ? number(run[0]!) : `${number(run[0]!)}${naming.dash}${number(run.at(-1)!)}`,
    );
    items.push(`${side[ribs.side]}第${spans.join('、')}${ribWord(naming)}`);
  }
  for (const which of ['right', 'left'] as const) {
    const names = runs.single[which].map(nameOf);
    // A side carries through the list until another is named.
    if (names.length > 1 && writer.random.chance(0.6))
      items.push(`${side[which]}${names.slice(0, -1).join('、')}及${names.at(-1)}`);
    else items.push(...names.map((name) => `${side[which]}${name}`));
  }
  const pairs = runs.pairs.map(nameOf);
  if (pairs.length > 1 && writer.random.chance(0.5))
    items.push(`${side.both}${pairs.slice(0, -1).join('、')}及${pairs.at(-1)}`);
  else items.push(...pairs.map((name) => shortened(`${side.both}${name}`, naming)));
  return items.length < 2
    ? items.join('')
    : `${items.slice(0, -1).join('、')}${writer.pick('and', script === 'hant' ? ['及', '、', '與'] : ['、', '及', '和'])}${items.at(-1)}`;
}

/** 肋骨後段 in Taiwan, 后肋 on the mainland. */
function ribWord({ ribs, aspect, script }: ChineseNaming): string {
  if (!aspect) return ribs;
  return script === 'hant'
    ? `肋骨${{ posterior: '後段', lateral: '外側', anterior: '前段' }[aspect]}`
    : { posterior: '后肋', lateral: '肋腋段', anterior: '前肋' }[aspect];
}

/** 雙側膝關節 as 雙膝. */
function shortened(name: string, { shortPairs }: ChineseNaming): string {
  return shortPairs ? name.replace(/^(雙|双)[側侧](膝|肩|踝|腕|肘|髖|髋)(關節|关节)$/, '$1$2') : name;
}

const regionName: Readonly<Record<string, string>> = { c: '頸', t: '胸', l: '腰' };

function vertebrae(runs: readonly (readonly string[])[], naming: ChineseNaming): string[] {
  const { script, dash } = naming;
  const region = (site: string) => (script === 'hans' && site[0] === 'c' ? '颈' : regionName[site[0]!]!);
  const number = (site: string) => Number(site.slice(1));
  const body = script === 'hant' ? '椎體' : '椎体';
  if (naming.vertebra === 'latin')
    return runs.map((run) =>
      run.length === 1
        ? run[0]!.toUpperCase()
        : `${run[0]!.toUpperCase()}${dash === '至' ? '-' : dash}${run.at(-1)!.toUpperCase()}`,
    );
  if (naming.vertebra === 'region-first') {
    // 胸8、10椎体, 腰3-5椎体: levels of one region share its name.
    const byRegion = new Map<string, string[]>();
    const crossing: string[] = [];
    for (const run of runs) {
      const [first, last] = [run[0]!, run.at(-1)!];
      if (region(first) !== region(last))
        crossing.push(`${region(first)}${number(first)}${dash}${region(last)}${number(last)}${body}`);
      else {
        const span = run.length === 1 ? String(number(first)) : `${number(first)}${dash}${number(last)}`;
        byRegion.set(region(first), [...(byRegion.get(region(first)) ?? []), span]);
      }
    }
    return [...[...byRegion].map(([name, spans]) => `${name}${spans.join('、')}${body}`), ...crossing];
  }
  const say = (value: number) => (naming.vertebra === 'ordinal' ? chineseNumber(value) : String(value));
  return runs.map((run) => {
    const [first, last] = [run[0]!, run.at(-1)!];
    if (run.length === 1) return `第${say(number(first))}${region(first)}椎`;
    if (region(first) !== region(last))
      return `第${say(number(first))}${region(first)}椎至第${say(number(last))}${region(last)}椎`;
    return `第${say(number(first))}至${naming.vertebra === 'ordinal' ? '第' : ''}${say(number(last))}${region(last)}椎`;
  });
}
