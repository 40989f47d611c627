import type { Item } from './lexer.ts';

export type Section = 'body' | 'indication' | 'technique' | 'comparison' | 'findings' | 'impression' | 'addendum';

/** One sentence of a report, in the section it stands in. */
export interface Sentence {
  readonly section: Section;
  readonly items: readonly Item[];
  /** Whether it ends with a colon: what it says may hold for the list below it. */
  readonly leadsIn: boolean;
}

/** No sentence is longer; a limit keeps the work on endless lists linear. */
const longest = 600;

const silent = new Set<Section>(['indication', 'technique', 'comparison']);

/** Whether a section gives labels: indication, technique and comparison do not (guideline, rule 6). */
export const givesLabels = (section: Section): boolean => !silent.has(section);

/** Uptake and a place in one sentence, none of them of a prior study. */
function speaksOfUptake(items: readonly Item[]): boolean {
  const has = (test: (item: Item) => boolean): boolean => items.some(test);
  return (
    has((item) => item.kind === 'uptake') &&
    has((item) => item.kind === 'site' || item.kind === 'level' || item.kind === 'region') &&
    !has((item) => item.kind === 'prior' || item.kind === 'history' || item.kind === 'flow')
  );
}

/**
 * Groups items into sentences and gives each its section. A header opens a section until the next one. In a report
 * without a findings header, an indication, technique or comparison ends with its line, since what follows is the body.
 */
export function sentencesOf(items: readonly Item[]): Sentence[] {
  const sentences: Sentence[] = [];
  let findingsAhead = 0;
  let conclusionsAhead = 0;
  for (const item of items)
    if (item.kind !== 'header') continue;
    else if (item.value === 'findings') findingsAhead++;
    else if (item.value === 'impression' || item.value === 'diagnosis') conclusionsAhead++;
  const headed = findingsAhead > 0;
  let section: Section = 'body';
  let current: Item[] = [];
  let filled = false;
  const close = (): void => {
    if (current.length > 0) {
      // "Hx: prostate ca. Uptake in L3." on one line: what speaks of uptake somewhere is no longer history.
      if (filled && !headed && silent.has(section) && speaksOfUptake(current)) section = 'body';
      sentences.push({ section, items: current, leadsIn: current.at(-1)!.kind === 'colon' });
      filled = true;
    }
    current = [];
  };
  for (const item of items) {
    if (item.kind === 'header') {
      close();
      if (item.value === 'findings') findingsAhead--;
      else if (item.value === 'impression' || item.value === 'diagnosis') conclusionsAhead--;
      // A diagnosis that stands before the findings is the clinical one, if another one concludes.
      const clinical = item.value === 'diagnosis' && findingsAhead > 0 && conclusionsAhead > 0;
      section = clinical ? 'indication' : item.value === 'diagnosis' ? 'impression' : (item.value as Section);
      filled = false;
    } else if (item.kind === 'stop') {
      close();
      const lineEnd = item.value === 'blank' || item.value === 'line';
      if (lineEnd && filled && silent.has(section) && !headed) section = 'body';
    } else {
      if (current.length >= longest) close();
      current.push(item);
    }
  }
  close();
  return sentences;
}
