import { readPack } from '@radiolect/findings/node';
import { describe, expect, test } from 'vitest';
import { cdeSetsOfPack, createStructurer, synopticPage } from '../index.ts';
import { ownCases } from './structured-cases.fixture.ts';

const pack = await readPack('acute-appendicitis');
const [set] = cdeSetsOfPack(pack);
const structurer = createStructurer(pack, set!);
const page = (text: string): string => synopticPage(structurer.structure(text), text, set);
const plain = (html: string): string =>
  html
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
const reportOf = (html: string): string => /<div class="report">(.*?)<\/div>/s.exec(html)![1]!;

describe('the synoptic page', () => {
  test.each(ownCases('open').map(({ id, text }) => [id, text] as const))(
    '%s: the report stands there unchanged, and every value is linked both ways',
    (_, text) => {
      const html = page(text);
      expect(plain(reportOf(html).replace(/<[^>]+>/g, ''))).toBe(text);
      const structured = structurer.structure(text);
      const rows = [...html.matchAll(/<tr id="r(\d+)"/g)].length;
      expect(rows).toBe(structured.values.length + structured.conflicts.length + structured.unmapped.length);
      const ids = new Set([...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
      for (const [, target] of html.matchAll(/href="#([^"]+)"/g)) expect(ids).toContain(target);
      for (let row = 0; row < rows; row++)
        expect(
          [...html.matchAll(new RegExp(`<mark[^>]*data-row="[^"]*\\b${row}\\b`, 'g'))].length,
          `row ${row}`,
        ).toBeGreaterThan(0);
    },
  );
  test('the marked words of a value are its evidence', () => {
    const text = 'No appendicolith & no abscess. The appendix is 9 mm.';
    const structured = structurer.structure(text);
    const html = page(text);
    structured.values.forEach(({ evidence }, row) => {
      const marked = [...html.matchAll(/<mark id="m\d+" class="\w+" data-row="([^"]*)"><a [^>]*>(.*?)<\/a><\/mark>/g)]
        .filter(([, rows]) => rows!.split(' ').includes(String(row)))
        .map(([, , words]) => plain(words!));
      expect(marked.join('')).toBe(evidence.text);
    });
  });
  test('markup in a report stays text; nothing is loaded and nothing runs', () => {
    const html = page('<script>alert(1)</script> "No abscess" <img src=x onerror=y> & 5 mm appendicolith.');
    expect(html).not.toMatch(/<script|<img|<link|https?:|\son\w+="|url\(|@import/);
    expect(html).toContain('&lt;script&gt;');
  });
  test('a report that states nothing', () => {
    const html = page('The liver is normal.');
    expect(html).toContain('states nothing');
    expect(html).toContain('Not stated: Presence');
  });
  test('without the set, codes stand for names', () => {
    const text = 'No abscess.';
    expect(synopticPage(structurer.structure(text), text)).toContain('RDE201.1');
  });
});
