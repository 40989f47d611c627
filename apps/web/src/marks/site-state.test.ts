import { compareFindings, makeFinding } from '@radiolect/findings';
import { describe, expect, test } from 'vitest';
import { markCounts, marksBySite, siteStates, worstMark, worthTelling } from './site-state.ts';

const finding = (site: string, presence: 'present' | 'uncertain' | 'absent', id = site) =>
  makeFinding({ id, site, presence, source: { kind: 'reader' } });

const list = [finding('l4', 'present'), finding('l5', 'absent'), finding('t1', 'present'), finding('t2', 'absent')];
const file = [finding('l4', 'absent'), finding('l5', 'absent'), finding('c2', 'uncertain'), finding('t2', 'present')];

describe('states on the body map', () => {
  test('the strongest finding of a site colours it', () => {
    const states = siteStates([
      finding('l4', 'absent', 'a'),
      finding('l4', 'present', 'b'),
      finding('l5', 'uncertain'),
    ]);
    expect(Object.fromEntries(states)).toEqual({ l4: 'present', l5: 'uncertain' });
  });
});

describe('marks', () => {
  const comparison = compareFindings(list, file);
  test('are the other way round on the other side', () => {
    expect(marksBySite(comparison, 'first').get('t1')).toBe('only-here');
    expect(marksBySite(comparison, 'second').get('t1')).toBe('only-there');
    expect(marksBySite(comparison, 'first').get('c2')).toBe('only-there');
    expect(marksBySite(comparison, 'second').get('l4')).toBe('contradict');
  });
  test('two that see it and name different causes differ', () => {
    const cause = (nature: 'metastatic' | 'degenerative') =>
      makeFinding({ site: 'l4', presence: 'present', nature, likelihood: 'probable', source: { kind: 'reader' } });
    const seen = compareFindings([cause('metastatic')], [cause('degenerative')]);
    expect(marksBySite(seen, 'first').get('l4')).toBe('differ');
  });
  test('a doubt on one side and a denial on the other differ', () => {
    const doubted = compareFindings([finding('l4', 'uncertain')], [finding('l4', 'absent')]);
    expect(marksBySite(doubted, 'first').get('l4')).toBe('differ');
  });
  test('two denials are not counted, every difference about uptake is', () => {
    expect(comparison.filter(worthTelling).map((entry) => entry.site)).not.toContain('l5');
    expect(markCounts(comparison)).toEqual({
      agree: 0,
      differ: 0,
      contradict: 2,
      'only-here': 1,
      'only-there': 1,
      changed: 0,
    });
  });
  test('a sentence shows the mark that most needs a look', () => {
    expect(worstMark(['agree', undefined, 'only-there', 'contradict'])).toBe('contradict');
    expect(worstMark(['agree', 'only-here'])).toBe('only-here');
    expect(worstMark([undefined])).toBeUndefined();
  });
});
