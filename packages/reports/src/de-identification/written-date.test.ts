import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { shippedRules } from './shipped-rules.ts';
import { findDates, shiftWrittenDate } from './written-date.ts';

const { dates } = shippedRules();
const shifted = (text: string, days: number, order: 'mdy' | 'dmy' = 'mdy'): string[] =>
  findDates(text, dates, order).map((date) => shiftWrittenDate(date, days, 2024) ?? 'none');
const once = (text: string, days: number, order: 'mdy' | 'dmy' = 'mdy'): string =>
  [...new Set(shifted(text, days, order))].join(' ');

describe('a date moves in the form in which it is written', () => {
  test.each([
    ['2024-03-05', '2024-02-24'],
    ['2024/3/5', '2024/2/24'],
    ['2024.03.05', '2024.02.24'],
    ['03/05/2024', '02/24/2024'],
    ['3/15/2024', '3/5/2024'],
    ['20240305', '20240224'],
    ['March 5th, 2024', 'February 24th, 2024'],
    ['March 11, 2024', 'March 1, 2024'],
    ['5 March 2024', '24 February 2024'],
    ['05-MAR-2024', '24-FEB-2024'],
    ['Tuesday, March 5, 2024', 'Saturday, February 24, 2024'],
    ['the 2nd of March 2024', '21st of February 2024'],
    ['seen in March 2024', 'March 2024'],
    ['scan of 3/5 showed', '2/24'],
    ['In March the pain began', 'March'],
    ['民國113年3月5日', '民國113年2月24日'],
    ['113年03月05日', '113年02月24日'],
    ['113/03/05', '113/02/24'],
    ['民國8年2月27日', '民國8年2月17日'],
    ['2024年3月5日', '2024年2月24日'],
    ['2024年3月', '2024年3月'],
    ['二〇二四年三月五日', '二〇二四年二月二十四日'],
    ['民國一百一十三年三月五日', '民國一百一十三年二月二十四日'],
    ['3月5日已告知', '2月24日'],
  ])('%s', (text, moved) => {
    expect(once(text, 10)).toBe(moved);
  });
  test('years alone move by whole years; months by the middle of the month', () => {
    expect(once('mastectomy 2019', 1000)).toBe('2016');
    expect(once('2019年手术', 1000)).toBe('2016年');
    expect(once('CT 5/2024', 365)).toBe('5/2023');
    expect(once('民國111年6月', 400)).toBe('民國110年5月');
  });
  test('another date of the text tells the order; else the option does', () => {
    expect(shifted('25/03/2024 and 05/03/2024', 1)).toEqual(['24/03/2024', '04/03/2024']);
    expect(once('05/03/2024', 1, 'dmy')).toBe('04/03/2024');
    expect(once('05/03/2024', 1)).toBe('05/02/2024');
  });
  test.each([
    'T8, L4-5 and L4/5, C5-Th1',
    'Gleason 4+3, T3b N0, 4/12 nodes, 2/3 of the shaft',
    'PSA 2000, CA 15-3 1980, PTH 1950 pg/mL, 2010 mg',
    '25.3 mCi, 925 MBq, 3.5 x 2.1 cm',
    '腰背痛1月，术后2年，20天',
    '右側第4-6肋骨，第3/4腰椎',
    'SNMMI 2016 version 4.0',
    '31/02/2024',
  ])('no date in: %s', (text) => {
    expect(findDates(text, dates, 'mdy')).toEqual([]);
  });
  test('intervals stay, whatever the form', () => {
    const forms: ((date: Date) => string)[] = [
      (date) => date.toISOString().slice(0, 10),
      (date) => `${date.getUTCFullYear()}年${date.getUTCMonth() + 1}月${date.getUTCDate()}日`,
      (date) => `民國${date.getUTCFullYear() - 1911}年${date.getUTCMonth() + 1}月${date.getUTCDate()}日`,
      (date) => `${date.getUTCMonth() + 1}/${date.getUTCDate()}/${date.getUTCFullYear()}`,
      (date) => date.toLocaleDateString('en-US', { timeZone: 'UTC', year: 'numeric', month: 'long', day: 'numeric' }),
    ];
    const days = fc.integer({ min: 0, max: 12_000 });
    fc.assert(
      fc.property(
        days,
        days,
        fc.constantFrom(...forms),
        fc.constantFrom(...forms),
        fc.integer({ min: 1, max: 3650 }),
        (a, b, one, other, back) => {
          const at = (day: number): Date => new Date(Date.UTC(1992, 0, 1) + day * 86_400_000);
          const parsed = (text: string): number => {
            const [date] = findDates(shiftWrittenDate(findDates(text, dates, 'mdy')[0]!, back, 2024)!, dates, 'mdy');
            return Date.UTC(date!.year, date!.month - 1, date!.day) / 86_400_000;
          };
          expect(parsed(one(at(b))) - parsed(other(at(a)))).toBe(b - a);
        },
      ),
      { seed: 5, numRuns: 300 },
    );
  });
});
