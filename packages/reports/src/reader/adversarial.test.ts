// Short texts, clause by clause of the guideline, each with all that is to be read from it, in a compact form:
// "+l4 degenerative/probable new" present, "?" uncertain, "-" absent (or their number), "R:" regional, "W:" warnings.
import { readFileSync } from 'node:fs';
import { readPack } from '@radiolect/findings/node';
import { expect, test } from 'vitest';
import { labelLine } from './label-line.ts';
import { createRuleReader } from './rule-reader.ts';

const reader = createRuleReader(await readPack('bone-scan'));
const signs = { present: '+', uncertain: '?', absent: '-' } as const;

/** The reading of a text in the form of the cases. */
function compact(text: string): string {
  const { labels, regional, warnings } = labelLine('x', reader.read(text));
  const entries = Object.entries(labels);
  const absent = entries.filter(([, label]) => label.state === 'absent');
  const written = entries
    .filter(([, label]) => label.state !== 'absent' || absent.length <= 14)
    .map(([site, { state, nature, likelihood, change, uptake }]) => {
      const cause = nature === undefined ? '' : ` ${nature}${likelihood === undefined ? '' : `/${likelihood}`}`;
      return `${signs[state]}${site}${cause}${change === undefined ? '' : ` ${change}`}${uptake === 'decreased' ? ' cold' : ''}`;
    });
  if (absent.length > 14) written.push(`-${absent.length}`);
  written.push(...regional.map((r) => `R:${r.region}${r.side === undefined ? '' : `-${r.side}`}`));
  written.push(...warnings.map((w) => `W:${w.code}`));
  return written.join('; ');
}

const cases = readFileSync(new URL('./adversarial-cases.txt', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('# '))
  .map((line) => line.split(' => ') as [string, string]);

test.each(cases)('%s', (text, expected) => expect(compact(text.replaceAll('\\n', '\n'))).toBe(expected));
