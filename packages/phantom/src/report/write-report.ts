import type { Language, SiteLabel } from '@radiolect/findings';
import type { RandomStream } from '../random-stream.ts';
import type { PhantomVisit } from '../sampling/sample-visit.ts';
import { writeChinese } from './chinese.ts';
import { writeEnglish } from './english.ts';
import type { HouseStyle } from './habits.ts';
import { habitsOf } from './habits.ts';
import { perceive } from './perception.ts';
import { planReport } from './plan.ts';
import { Writer } from './writer.ts';

export interface PhantomReport {
  readonly style: HouseStyle;
  /** Which of the house's physicians wrote it, from 0. */
  readonly writer: number;
  readonly language: Language;
  readonly text: string;
  /** What the text states of each site under the labelling guideline, negatives expanded. */
  readonly stated: Readonly<Record<string, SiteLabel>>;
}

const houseShares: Readonly<Record<HouseStyle, number>> = {
  'english-long': 0.22,
  'english-terse': 0.18,
  'taiwanese-english': 0.24,
  'traditional-chinese': 0.18,
  'simplified-chinese': 0.18,
};
const writersPerHouse = 6;

/** One physician of one house reads the picture of a visit, with that house's habits and errors, and writes. */
export function writeReport(visit: PhantomVisit, accessionNumber: string, random: RandomStream): PhantomReport {
  const style = random.child('house').weighted(houseShares);
  const number = random.child('writer').integer(0, writersPerHouse - 1);
  const habits = habitsOf[style];
  const perceived = perceive(visit, habits, random.child('perception'));
  const plan = planReport(visit, perceived, habits, random.child('plan'));
  const writer = new Writer(style, number, random.child('words'));
  const head = {
    accessionNumber,
    activityMegabecquerels: visit.activityMegabecquerels,
    uptakeHours: visit.uptakeHours,
    habits,
  };
  const { text, labels } =
    style === 'traditional-chinese' || style === 'simplified-chinese'
      ? writeChinese(plan, style === 'traditional-chinese' ? 'hant' : 'hans', head, writer)
      : writeEnglish(
          plan,
          style === 'english-long' ? 'long' : style === 'english-terse' ? 'terse' : 'taiwan',
          head,
          writer,
        );
  return { style, writer: number, language: languageOf[style], text, stated: labels };
}

const languageOf: Readonly<Record<HouseStyle, Language>> = {
  'english-long': 'en',
  'english-terse': 'en',
  'taiwanese-english': 'en',
  'traditional-chinese': 'zh-Hant',
  'simplified-chinese': 'zh-Hans',
};
