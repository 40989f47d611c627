import { languages } from '@radiolect/findings';
import { describe, expect, test } from 'vitest';
import { ageAt, shortDate } from './dates.ts';
import { personName } from './person-name.ts';
import { readingWords, vocabularyWords } from './vocabulary-words.ts';
import { words } from './words.ts';
import { fill } from './words-context.tsx';

const places = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '').sort();

describe('the interface in three languages', () => {
  test.each(Object.entries(words))('%s has the same places to fill in each', (_, row) => {
    expect(row).toHaveLength(languages.length);
    for (const text of row) expect(places(text)).toEqual(places(row[0]));
  });
  test('no Simplified character stands in the Traditional column, nor the other way round', () => {
    const rows = [
      ...Object.values(words),
      ...Object.values({ ...vocabularyWords, ...readingWords }).flatMap((list) => Object.values(list)),
    ];
    expect(
      rows.map((row) => row[1]).filter((text) => /[发报签检页阅读训练导图诊断转颈简亚处实为个]/u.test(text)),
    ).toEqual([]);
    expect(
      rows.map((row) => row[2]).filter((text) => /[發現報簽檢頁閱讀訓練導圖診斷轉頸簡處實為個舊]/u.test(text)),
    ).toEqual([]);
  });
  test('values are filled in', () => {
    expect(fill(words.rowsOf, 'en', { from: 1, to: 20, total: 35 })).toBe('1–20 of 35');
    expect(fill(words.priorOf, 'zh-Hant', { date: '2024-01-02' })).toBe('舊檢查 2024-01-02');
  });
});

test('person names lose their carets', () => {
  expect(personName('CHEN^Mei Lin')).toBe('CHEN Mei Lin');
  expect(personName('WANG^XiaoDong=王^小東')).toBe('WANG XiaoDong (王 小東)');
  expect(personName('^^')).toBeUndefined();
});

describe('DICOM dates', () => {
  test('are shown with dashes, anything else as it is', () => {
    expect(shortDate('20240102')).toBe('2024-01-02');
    expect(shortDate(undefined)).toBe('–');
  });
  test('age turns on the birthday', () => {
    expect(ageAt('19500315', '20240314')).toBe(73);
    expect(ageAt('19500315', '20240315')).toBe(74);
    expect(ageAt(undefined, '20240315')).toBeUndefined();
  });
});
