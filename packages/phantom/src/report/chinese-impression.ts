import { causeClause } from './chinese-causes.ts';
import type { ChineseNaming, Script } from './chinese-sites.ts';
import { chineseSites } from './chinese-sites.ts';
import type { ReportPlan } from './plan.ts';
import { causeOf } from './plan.ts';
import type { Scribe } from './scribe.ts';
import { otherSideOf } from './wavering.ts';
import type { Writer } from './writer.ts';

/** Writes the impression: the metastases as a whole, the other causes, the answer to the question. */
export function chineseImpression(
  plan: ReportPlan,
  naming: ChineseNaming,
  contradictsSide: number,
  scribe: Scribe,
  writer: Writer,
): void {
  const { script } = naming;
  const hant = script === 'hant';
  const two = (traditional: string, simplified: string) => (hant ? traditional : simplified);
  const lines: (() => void)[] = [];
  if (plan.fullSkeleton) {
    const noun =
      plan.fullSkeleton.kind === 'metabolic' ? two('代謝性骨病', '代谢性骨病') : two('瀰漫性骨轉移', '弥漫性骨转移');
    const words = {
      definite: noun,
      probable: `${two('符合', '符合')}${noun}`,
      possible: `${noun}${two('不能排除', '不除外')}`,
    }[plan.fullSkeleton.likelihood];
    lines.push(() => scribe.say(`${two('超級骨顯像，', '超级骨显像，')}${words}`));
  }
  const present = plan.statements.filter(({ presence }) => presence === 'present');
  const metastatic = present.filter(({ nature }) => nature === 'metastatic');
  const summedMetastases = plan.summedUp.some((summed) => summed.nature === 'metastatic');
  if (metastatic.length > 0 || summedMetastases) {
    const sites = metastatic.flatMap((statement) => statement.sites);
    const many = sites.length > 1 || summedMetastases;
    const likelihood = plan.metastases!;
    const noun = `${many ? two('多發', '多发') : ''}${two('骨轉移', '骨转移')}`;
    const words = {
      definite: [noun, `${two('全身', '全身')}${noun}`],
      probable: [`${two('考慮', '考虑')}${noun}`, `${two('符合', '符合')}${noun}`, `${noun}可能性大`],
      possible: [`疑${noun}，${two('建議進一步檢查', '建议进一步检查')}`, `${noun}${two('不能排除', '不除外')}`],
    }[likelihood];
    const text = writer.pick(`mets ${likelihood}`, words);
    lines.push(() => scribe.conclude(`${text}${courseOf(plan, script)}`, sites, { nature: 'metastatic', likelihood }));
  }
  const others = present.filter(({ nature }) => nature !== 'metastatic');
  if (plan.causes === 'impression')
    for (const statement of others)
      lines.push(() => {
        const other = otherSideOf(statement, plan, contradictsSide, writer);
        const names = chineseSites(other ? [other] : statement.sites, statement.pattern, naming, writer);
        const seen = statement.uptake === 'decreased' ? two('攝取減少', '放射性稀疏') : two('攝取增加', '放射性浓聚');
        const words = `${names}${seen}${causeClause(statement, script, writer)}`;
        if (other)
          scribe.contradict(words, statement.sites[0]!, other, { ...causeOf(statement), uptake: statement.uptake });
        else scribe.conclude(words, statement.sites, causeOf(statement));
      });
  else if (writer.always('repeats', 0.6)) {
    const said = new Set<string>();
    for (const statement of others.slice(0, 2)) {
      const noun = { degenerative: two('退化性變化', '退行性改变'), traumatic: two('骨折', '骨折') }[
        statement.nature as string
      ];
      if (!noun || said.has(noun)) continue;
      said.add(noun);
      const words = {
        definite: noun,
        probable: `${two('考慮', '考虑')}${noun}`,
        possible: `${two('可能為', '可能为')}${noun}`,
      }[statement.likelihood];
      lines.push(() => scribe.say(`${two('上述', '上述')}${words}`));
    }
  }
  if (plan.statements.some(({ presence }) => presence === 'uncertain') && writer.always('equivocal', 0.6))
    lines.push(() => scribe.say(two('可疑病灶建議電腦斷層或磁振造影檢查', '可疑改变建议断层融合显像')));
  if (plan.impression === 'normal' && plan.close.kind === 'all')
    lines.push(() =>
      scribe.say(
        writer.pick(
          'normal',
          hant ? ['正常骨骼掃描', '骨骼掃描無異常發現'] : ['全身骨显像未见明显异常', '全身骨显像未见异常'],
        ),
      ),
    );
  if (
    plan.visit.clinical.primary &&
    !plan.fullSkeleton &&
    plan.impression !== 'metastatic' &&
    plan.impression !== 'equivocal'
  )
    lines.push(() =>
      scribe.say(
        writer.pick(
          'no mets',
          hant ? ['無明確骨轉移之證據', '未見骨轉移之證據'] : ['未见明确骨转移征象', '未见明显骨转移征象'],
        ),
      ),
    );
  if (lines.length === 0) return;
  scribe.say(writer.pick('impression', hant ? ['結論：', '診斷：', '印象：'] : ['诊断意见：', '印象：', '诊断意见：']));
  const numbered = lines.length > 1 && writer.always('numbered', 0.6);
  lines.forEach((write, index) => {
    if (numbered) scribe.say(`${index + 1}.`);
    write();
    scribe.say('。');
  });
}

function courseOf(plan: ReportPlan, script: Script): string {
  const changes = new Set(
    plan.statements
      .filter(({ nature, presence }) => nature === 'metastatic' || presence === 'absent')
      .flatMap(({ change }) => change ?? []),
  );
  const worse = changes.has('new') || changes.has('increased');
  const better = changes.has('decreased') || changes.has('resolved');
  const [hant, hans] =
    worse && better
      ? ['，部分改善、部分惡化', '，部分病灶好转、部分进展']
      : worse
        ? ['，病情進展', '，较前进展']
        : better
          ? ['，治療後改善', '，较前好转']
          : changes.has('stable')
            ? ['，與前次相仿', '，大致同前']
            : ['', ''];
  return script === 'hant' ? hant! : hans!;
}
