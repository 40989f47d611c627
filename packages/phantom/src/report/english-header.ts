import { englishBackground } from './english-background.ts';
import type { EnglishTone } from './english-causes.ts';
import * as phrases from './english-phrases.ts';
import type { EnglishNaming } from './english-sites.ts';
import { englishSites } from './english-sites.ts';
import type { Letterhead } from './letterhead.ts';
import type { ReportPlan } from './plan.ts';
import type { Scribe } from './scribe.ts';
import { fill } from './slots.ts';
import type { Writer } from './writer.ts';

/** Title, clinical lines, technique and comparison, as the house sets them. */
export function englishHeader(
  plan: ReportPlan,
  tone: EnglishTone,
  naming: EnglishNaming,
  head: Letterhead,
  scribe: Scribe,
  writer: Writer,
): void {
  const { visit } = plan;
  const activity = writer.always('millicurie', tone === 'taiwan' ? 0.9 : 0.6)
    ? `${(head.activityMegabecquerels / 37).toFixed(tone === 'long' ? 1 : 0)} mCi`
    : `${Math.round(head.activityMegabecquerels)} MBq`;
  const background = englishBackground(visit, tone, writer);
  const prior = visit.priorDate ? englishDate(visit.priorDate, writer) : undefined;
  const recalled =
    plan.recalled.length > 0
      ? fill(writer.pick('recalled', phrases.recalledPhrases[tone]), {
          sites: englishSites(plan.recalled, 'focus', naming, writer),
        })
      : '';
  if (tone === 'long') {
    const caps = writer.always('capital headings', 0.6);
    const title = (word: string) => (caps ? word.toUpperCase() : word);
    scribe.say(
      `${title(writer.pick('title', ['Exam: NM bone scan whole body', 'Whole body bone scan', 'Nuclear medicine bone scintigraphy']))}\n`,
    );
    if (writer.always('date line', 0.6))
      scribe.say(`${title('Date of exam')}: ${englishDate(visit.studyDate, writer)}\n`);
    if (writer.always('accession line', 0.35)) scribe.say(`${title('Accession number')}: ${head.accessionNumber}\n`);
    scribe.say(
      `${title(writer.pick('history', ['Clinical history', 'Indication', 'History', 'Clinical information']))}: ${background}\n`,
    );
    scribe.say(
      `${title('Technique')}: ${writer.pick('technique', [
        `Anterior and posterior whole-body images were acquired ${head.uptakeHours} hours after intravenous injection of ${activity} Tc-99m MDP.`,
        `${activity} of Tc-99m methylene diphosphonate IV; delayed planar whole-body imaging at ${head.uptakeHours} hours.`,
      ])}\n`,
    );
    scribe.say(
      `${title('Comparison')}: ${prior ? writer.pick('comparison', [`Bone scan of ${prior}.`, `Prior bone scan dated ${prior}.`]) + recalled : 'None.'}\n\n`,
    );
    return;
  }
  const title =
    tone === 'terse' ? ['WB bone scan', 'Bone scan'] : ['Tc-99m MDP whole body bone scan', 'Whole body bone scan'];
  scribe.say(
    `${writer.pick('title', title)}${writer.always('date line', 0.4) ? ` ${slashed(visit.studyDate)}` : ''}\n`,
  );
  scribe.say(`${writer.pick('history', ['Hx: ', 'Clinical: ', 'Indication: ', ''])}${background}\n`);
  if (writer.always('technique', tone === 'taiwan' ? 0.7 : 0.3))
    scribe.say(`Tc-99m MDP ${activity} IV, ${head.uptakeHours} hrs.\n`);
  if (prior)
    scribe.say(
      `${writer.pick('comparison', [`Compared with ${slashed(visit.priorDate!)}${recalled}.`, `Comparison: ${slashed(visit.priorDate!)}${recalled}.`, `In comparison with the study on ${slashed(visit.priorDate!)}${recalled}:`])}\n`,
    );
}

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

function englishDate(date: string, writer: Writer): string {
  const [year, month, day] = [date.slice(0, 4), Number(date.slice(4, 6)), Number(date.slice(6))];
  return writer.pick('date form', [
    `${months[month - 1]} ${day}, ${year}`,
    `${month}/${day}/${year}`,
    `${day} ${months[month - 1]} ${year}`,
  ]);
}

function slashed(date: string): string {
  return `${date.slice(0, 4)}/${date.slice(4, 6)}/${date.slice(6)}`;
}
