import { chineseBackground } from './chinese-background.ts';
import * as phrases from './chinese-phrases.ts';
import type { ChineseNaming } from './chinese-sites.ts';
import { chineseSites } from './chinese-sites.ts';
import type { Letterhead } from './letterhead.ts';
import type { ReportPlan } from './plan.ts';
import type { Scribe } from './scribe.ts';
import { fill } from './slots.ts';
import type { Writer } from './writer.ts';

/** Title, clinical line, technique and comparison, as the house sets them. */
export function chineseHeader(
  plan: ReportPlan,
  naming: ChineseNaming,
  head: Letterhead,
  scribe: Scribe,
  writer: Writer,
): void {
  const { script } = naming;
  const hant = script === 'hant';
  const { visit } = plan;
  const date = (text: string) => chineseDate(text, hant && writer.always('republic', 0.4));
  const activity = writer.always('millicurie', 0.7)
    ? `${Math.round(head.activityMegabecquerels / 37)}${hant ? '毫居里' : ' mCi'}`
    : `${Math.round(head.activityMegabecquerels)} MBq`;
  if (writer.always('title', 0.6))
    scribe.say(
      hant
        ? `全身骨骼掃描${writer.always('date', 0.5) ? `（${date(visit.studyDate)}）` : ''}\n`
        : `检查名称：全身骨显像（99mTc-MDP）\n`,
    );
  if (!hant && writer.always('number', 0.3)) scribe.say(`检查号：${head.accessionNumber}\n`);
  scribe.say(
    `${writer.pick('history', hant ? ['臨床資料：', '病史：', '臨床診斷：'] : ['临床诊断：', '病史：', '简要病史：'])}${chineseBackground(visit, script, writer)}\n`,
  );
  if (writer.always('technique', 0.6))
    scribe.say(
      hant
        ? `檢查方法：靜脈注射Tc-99m MDP ${activity}，${head.uptakeHours}小時後行前後位全身取像。\n`
        : `检查方法：静脉注射99mTc-MDP ${activity}，${head.uptakeHours}小时后行前、后位全身平面显像。\n`,
    );
  if (!visit.priorDate) return;
  const recalled =
    plan.recalled.length > 0
      ? fill(writer.pick('recalled', phrases.recalledPhrases[script]), {
          sites: chineseSites(plan.recalled, 'focus', naming, writer),
        })
      : '';
  const earlier = date(visit.priorDate);
  scribe.say(hant ? `比較：${earlier}骨骼掃描${recalled}。\n` : `与${earlier}骨显像${recalled}比较。\n`);
}

/** 2024年2月29日, or by the Republic's calendar 113年2月29日. */
function chineseDate(date: string, republic: boolean): string {
  const year = Number(date.slice(0, 4));
  return `${republic ? `民國${year - 1911}` : year}年${Number(date.slice(4, 6))}月${Number(date.slice(6))}日`;
}
