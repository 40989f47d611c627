import { allSites, axialSites, bothSides, pelvisSites } from '../sampling/site-groups.ts';
import { causeClause } from './chinese-causes.ts';
import { chineseHeader } from './chinese-header.ts';
import { chineseImpression } from './chinese-impression.ts';
import * as phrases from './chinese-phrases.ts';
import type { ChineseNaming, Script } from './chinese-sites.ts';
import { chineseSites } from './chinese-sites.ts';
import type { Letterhead } from './letterhead.ts';
import type { ReportPlan, Statement } from './plan.ts';
import { causeOf, physiologicSites, regionSites } from './plan.ts';
import type { Stated, WrittenReport } from './scribe.ts';
import { Scribe } from './scribe.ts';
import { fill } from './slots.ts';
import { mistyped } from './typing-errors.ts';
import { waveringSite } from './wavering.ts';
import type { Writer } from './writer.ts';

function chineseNaming(script: Script, writer: Writer): ChineseNaming {
  const hant = script === 'hant';
  return {
    script,
    vertebra: writer.pick(
      'vertebra',
      hant
        ? (['ordinal', 'number', 'ordinal', 'latin'] as const)
        : (['region-first', 'number', 'region-first', 'latin'] as const),
    ),
    dash: writer.pick('dash', hant ? ['至', '-', '至'] : ['-', '～', '-']),
    ribs: writer.pick('ribs', ['肋骨', '肋骨', '肋'] as const),
    ordinals: hant && writer.always('rib numerals', 0.35) ? 'chinese' : 'arabic',
    shortPairs: writer.always('short pairs', 0.35),
    shortest: writer.always('short runs', 0.4) ? 2 : 3,
  };
}

/** Writes the report in Chinese. */
export function writeChinese(plan: ReportPlan, script: Script, head: Letterhead, writer: Writer): WrittenReport {
  const scribe = new Scribe();
  const hant = script === 'hant';
  const naming = chineseNaming(script, writer);
  chineseHeader(plan, naming, head, scribe, writer);
  scribe.say(
    writer.pick('findings heading', hant ? ['所見：', '檢查所見：', ''] : ['影像所见：', '检查所见：', '影像所见：']),
  );
  const sentences = findings(plan, naming, head, scribe, writer);
  const separator = writer.pick('separator', hant ? ['。', '。', '；'] : ['；', '。', '；']);
  sentences.forEach((write, index) => {
    if (index > 0) scribe.say(separator);
    write();
  });
  scribe.say('。\n');
  chineseImpression(plan, naming, head.habits.contradictsSide, scribe, writer);
  return scribe.finish();
}

function findings(
  plan: ReportPlan,
  naming: ChineseNaming,
  head: Letterhead,
  scribe: Scribe,
  writer: Writer,
): (() => void)[] {
  const { script } = naming;
  const hant = script === 'hant';
  const sentences: (() => void)[] = [];
  if (plan.fullSkeleton) sentences.push(() => fullSkeleton(plan, script, scribe, writer));
  for (const summed of plan.summedUp) sentences.push(() => summary(summed, plan, script, scribe, writer));
  for (const statement of plan.statements)
    sentences.push(() => sentence(statement, plan, naming, head, scribe, writer));
  if (plan.close.kind === 'regions') {
    const { regions } = plan.close;
    sentences.push(() => {
      const names = regions.map((region) => phrases.regionNames[region][hant ? 0 : 1]);
      const list = names.length < 2 ? names.join('') : `${names.slice(0, -1).join('、')}及${names.at(-1)}`;
      scribe.state(
        fill(writer.pick('regions', phrases.regionNegatives[script]), { regions: list }),
        regions.flatMap((region) => regionSites[region]),
        { state: 'absent' },
      );
    });
  }
  if (plan.close.kind === 'all') {
    const empty = plan.statements.length === 0 && plan.summedUp.length === 0;
    sentences.push(() =>
      scribe.close(writer.pick('closing', empty ? phrases.normalPhrases[script] : phrases.closingPhrases[script])),
    );
  }
  if (plan.coldOnCt) {
    const site = plan.coldOnCt;
    sentences.push(() => {
      const names = chineseSites([site], 'focus', naming, writer);
      const words = fill(writer.pick('cold on ct', phrases.coldOnCtPhrases[script]), { sites: names });
      scribe.state(words, [site], { state: 'absent' }, names);
    });
  }
  for (const name of plan.physiologic)
    sentences.push(() =>
      scribe.state(writer.pick(name, phrases.physiologicPhrases[name][script]), physiologicSites[name], {
        state: 'absent',
      }),
    );
  for (const words of extraosseous(plan, script, writer)) sentences.push(() => scribe.say(words));
  if (sentences.length === 0) sentences.push(() => scribe.say(hant ? '雙腎及膀胱顯影' : '双肾及膀胱显影'));
  return sentences;
}

/** A region told without its sites: it labels none of them, and no negative reaches them. */
function summary(
  { region, side, nature, likelihood }: ReportPlan['summedUp'][number],
  plan: ReportPlan,
  script: Script,
  scribe: Scribe,
  writer: Writer,
): void {
  const hant = script === 'hant';
  scribe.exempt(regionSites[region].filter((site) => !side || site.endsWith(side)));
  if (nature === 'degenerative') {
    const name = phrases.regionNames[region][hant ? 0 : 1];
    scribe.say(fill(writer.pick('spine wear', phrases.spineWearPhrases[script]), { region: name }));
    return;
  }
  if (region === 'cervical-spine') return;
  const where = side ? (side === 'right' ? (hant ? '右側' : '右侧') : hant ? '左側' : '左侧') : '';
  const many = writer.pick(`many ${region}`, phrases.manyOf[region][script]).replace('{side}', where);
  const unlisted: Statement = {
    nature,
    likelihood,
    pattern: 'focus',
    sites: [],
    presence: 'present',
    uptake: 'increased',
  };
  const cause = plan.causes === 'findings' ? causeClause(unlisted, script, writer) : '';
  scribe.say(fill(writer.pick('summed up', phrases.summedUpPhrases[script]), { many, cause }));
}

function sentence(
  statement: Statement,
  plan: ReportPlan,
  naming: ChineseNaming,
  head: Letterhead,
  scribe: Scribe,
  writer: Writer,
) {
  const { presence, pattern, change, uptake } = statement;
  const { script } = naming;
  const causeHere = plan.causes === 'findings';
  const place = placeOf(statement, causeHere, plan, naming, head, writer);
  const say = (template: string, stated: Stated, cause = '') => {
    const typed = (text: string) => mistyped(text, head.habits.typos, writer.random);
    const names = typed(place.names);
    const word = statement.intensity
      ? writer.pick(`intensity ${statement.intensity}`, phrases.intensityWords[script][statement.intensity])
      : '';
    const words = fill(typed(template), { sites: names, i: word, cause });
    scribe.exempt(place.exempt);
    if (place.sites.length === 0) scribe.say(words);
    else scribe.state(words, place.sites, place.wavering ? { ...stated, state: 'uncertain' } : stated, names);
  };
  if (presence === 'absent')
    return say(writer.pick('resolved', phrases.resolvedPhrases[script]), { state: 'absent', change: 'resolved' });
  const graded = (template: string) =>
    statement.intensity && template.includes('{i}') ? { intensity: statement.intensity } : {};
  if (presence === 'uncertain') {
    const kind = writer.random.chance(0.7) ? 'uptake' : 'lesion';
    const template = writer.pick(`uncertain ${kind}`, phrases.uncertainPhrases[kind][script]);
    return say(template, {
      state: 'uncertain',
      ...(kind === 'uptake' ? { uptake: 'increased' } : {}),
      ...graded(template),
    });
  }
  const changed = change && change !== 'resolved' && uptake === 'increased' ? change : undefined;
  const template = writer.pick(
    `present ${changed ?? pattern}`,
    (changed ? phrases.changePhrases[changed] : (phrases.patternPhrases[pattern] ?? phrases.presentPhrases))[script],
  );
  return say(
    template,
    {
      state: 'present',
      uptake,
      ...graded(template),
      ...(changed ? { change: changed } : {}),
      ...(causeHere ? causeOf(statement) : {}),
    },
    causeHere ? causeClause(statement, script, writer) : '',
  );
}

/** The words for where a statement lies; now and then without the side, or with two levels to choose from. */
function placeOf(
  statement: Statement,
  causeHere: boolean,
  plan: ReportPlan,
  naming: ChineseNaming,
  head: Letterhead,
  writer: Writer,
) {
  const { sites, presence, pattern } = statement;
  const { aspect } = statement;
  const named = aspect && writer.random.chance(0.45) ? { ...naming, aspect } : naming;
  const names = chineseSites(sites, pattern, named, writer);
  const [only] = sites;
  const plain = { names, sites, exempt: [] as string[], wavering: false };
  if (!causeHere || sites.length !== 1 || presence !== 'present') return plain;
  if (/^(knee|ankle|wrist|elbow)-/.test(only!) && writer.random.chance(head.habits.losesSide))
    return {
      names: names.replace(/^[左右][側侧]?/, ''),
      sites: [],
      exempt: bothSides(only!.replace(/-(right|left)$/, '')),
      wavering: false,
    };
  const second = waveringSite(statement, plan, head.habits.wavers, writer);
  const rib = /^rib-(\d+)-(right|left)$/.exec(only!);
  if (!second || !rib) return plain;
  const side = rib[2] === 'right' ? '右' : '左';
  const number = Number(rib[1]);
  const both = `${side}${naming.script === 'hant' ? '側' : '侧'}第${number}或第${number + 1}${naming.ribs}`;
  return { names: both, sites: [only!, second], exempt: [], wavering: true };
}

function fullSkeleton(plan: ReportPlan, script: Script, scribe: Scribe, writer: Writer): void {
  const hant = script === 'hant';
  const { kind, likelihood } = plan.fullSkeleton!;
  if (kind === 'metabolic') {
    const words = hant
      ? writer.pick('metabolic', ['全身骨骼瀰漫性攝取增加', '整個中軸及四肢骨骼瀰漫性攝取增加'])
      : writer.pick('metabolic', ['全身骨骼弥漫性放射性浓聚', '全身中轴骨及四肢骨弥漫性放射性浓聚']);
    scribe.state(words, allSites, { state: 'present', uptake: 'increased', nature: kind, likelihood });
    return;
  }
  const limbs = writer.random.chance(0.5);
  const words = hant
    ? `整個中軸骨骼及骨盆${limbs ? '、雙側肱骨近端及股骨近端' : ''}瀰漫性強烈攝取增加`
    : `全部中轴骨及骨盆${limbs ? '、双侧肱骨上段及股骨上段' : ''}弥漫性显著放射性浓聚`;
  const sites = new Set([...axialSites, ...pelvisSites, ...(limbs ? ['humerus', 'femur'].flatMap(bothSides) : [])]);
  scribe.state(words, [...sites], {
    state: 'present',
    uptake: 'increased',
    intensity: 'intense',
    nature: kind,
    likelihood,
  });
}

function extraosseous(plan: ReportPlan, script: Script, writer: Writer): string[] {
  const hant = script === 'hant';
  const said: string[] = [];
  for (const distractor of plan.visit.phantomCase.distractors) {
    if (!writer.random.chance(0.5)) continue;
    if (distractor.kind === 'urine-contamination')
      said.push(hant ? '會陰部活性為尿液污染' : '会阴区显像剂分布，考虑尿液污染');
    if (distractor.kind === 'injection-leakage')
      said.push(
        hant
          ? `${distractor.side === 'right' ? '右' : '左'}手臂注射部位有活性滯留`
          : `${distractor.side === 'right' ? '右' : '左'}上肢注射点显像剂滞留`,
      );
  }
  if (plan.fullSkeleton && writer.random.chance(0.7)) said.push(hant ? '雙側腎臟未顯影' : '双肾未显影');
  else if (writer.always('kidneys', 0.5) && writer.random.chance(0.8))
    said.push(hant ? '雙側腎臟及膀胱顯影正常' : '双肾及膀胱显影');
  return said;
}
