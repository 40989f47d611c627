import { readPack } from '@radiolect/findings/node';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRuleReader } from './rule-reader.ts';

const reader = createRuleReader(await readPack('bone-scan'));
const codes = (text: string): string[] => reader.read(text).warnings.map((w) => w.code);

describe('bad input gives a reading with a warning', () => {
  test.each([
    ['', 'no-text'],
    [' \n\t ', 'no-text'],
    ['Сцинтиграфия костей: без патологии.', 'unknown-language'],
    ['Uptake in\u0000 the left knee.', 'control-characters'],
    ['<p>Uptake in the left knee.</p>', 'markup'],
    [`${'Uptake in the left knee. '.repeat(9000)}`, 'unusually-long'],
  ])('%#', (text, code) => expect(codes(text)).toContain(code));
  test('a clean report has none', () => expect(codes('Uptake in the left knee.')).toEqual([]));
});

const pieces = [
  'right ',
  'L3',
  '-',
  ', ',
  '左側',
  '第',
  '四',
  '肋',
  'no ',
  'uptake ',
  'mets',
  '?',
  '<b>',
  '&amp;',
  '\n',
  '. ',
  '1.',
  '(',
  '：',
  'Findings:',
  '未見',
  '5th ',
  'or ',
  '𝌆',
  '\ud800',
];

test('any text is read without an error, and every span is the text at its place', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string()), { maxLength: 60 }), (parts) => {
      const text = parts.join('');
      for (const finding of reader.read(text).findings)
        for (const evidence of finding.evidence)
          if (evidence.kind === 'text') expect(text.slice(evidence.start, evidence.end)).toBe(evidence.text);
    }),
    { numRuns: 600 },
  );
});

describe('time grows with the length and no faster', () => {
  // Processor time of this process, the better of two runs: other work on the machine does not count.
  const unit = (text: string): number => {
    const once = (): number => {
      const before = process.cpuUsage();
      reader.read(text);
      const { user, system } = process.cpuUsage(before);
      return (user + system) / 1000;
    };
    return Math.min(once(), once());
  };
  // Each of these once made a reader slow: endless words, lists, brackets, headers, misspellings, numbers, negations.
  test.each([
    'a',
    '<b ',
    '1, ',
    'L1-L5, ',
    '5th, 6th ',
    'no ',
    'left ',
    'knee and ',
    '第四、',
    '(',
    'Findings and ',
    'uptkae ',
    'bladder, ',
    'mets ',
    '- ',
  ])('half a megabyte of "%s"', (piece) => {
    const short = piece.repeat(Math.ceil(60_000 / piece.length));
    const long = piece.repeat(Math.ceil(480_000 / piece.length));
    unit(short);
    const small = Math.max(unit(short), 25);
    expect(unit(long)).toBeLessThan(small * 8 * 6);
  });

  test('one megabyte is read in seconds', () => {
    const text = 'Increased uptake in the right knee and left 5th rib, likely degenerative. '.repeat(14_000);
    const before = process.cpuUsage();
    expect(reader.read(text).findings).toHaveLength(2);
    expect(process.cpuUsage(before).user / 1000).toBeLessThan(20_000);
  });
});
