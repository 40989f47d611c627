import { useState } from 'react';
import type { KnownBeside } from './known-beside.ts';
import { nothingKnown } from './known-beside.ts';

/** What is on the report page. */
export interface OpenReport {
  /** Lines end in a line feed alone, as in a text field. */
  readonly text: string;
  /** As it was given, where its lines end otherwise: the offsets of its label line are those of this one. */
  readonly given?: string;
  /** Of the label line: the file's name or the study's number. */
  readonly id: string;
  /** The file that the text was opened from. */
  readonly file?: string;
  /** The study whose report on file it is, or was before it was edited. */
  readonly study?: { readonly id: string; readonly number: string };
  readonly edited?: boolean;
  readonly known: KnownBeside;
  /** The reading room's own pack where none was chosen. */
  readonly pack?: string;
}

export const noReport: OpenReport = { text: '', id: 'report', known: nothingKnown };

/** The text of a file or a study, as a text field can hold it. */
export function openedText(given: string): Pick<OpenReport, 'text' | 'given'> {
  const text = given.replace(/\r\n?/g, '\n');
  return text === given ? { text } : { text, given };
}

/** In the memory of this page alone: the text is there again after a look at the worklist and gone after a reload. */
let kept: OpenReport = noReport;

export function useOpenReport(): readonly [OpenReport, (report: OpenReport) => void] {
  const [report, setReport] = useState(kept);
  const keep = (next: OpenReport): void => {
    kept = next;
    setReport(next);
  };
  return [report, keep];
}
