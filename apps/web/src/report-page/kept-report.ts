import { useState } from 'react';

/** What is on the report page. */
export interface OpenReport {
  readonly text: string;
  /** Of the label line: the file's name or the study's number. */
  readonly id: string;
  /** Where the text came from, shown beside it. */
  readonly origin?: string;
  /** The reading room's own pack where none was chosen. */
  readonly pack?: string;
}

export const noReport: OpenReport = { text: '', id: 'report' };

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
