import { useState } from 'react';
import type { KnownBeside } from './known-beside.ts';
import { nothingKnown } from './known-beside.ts';

/** What is on the report page. */
export interface OpenReport {
  readonly text: string;
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
