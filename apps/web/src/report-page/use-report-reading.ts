import type { CdeSet, ReportReading, StructuredReport } from '@radiolect/findings';
import { createStructurer } from '@radiolect/reports';
import { useDeferredValue, useMemo } from 'react';
import type { CheckedReport } from './checks-panel.tsx';
import type { Instruments } from './instruments.ts';
import type { KnownBeside } from './known-beside.ts';
import { checkContextOf } from './known-beside.ts';

/** A reading and how long the reader took, in milliseconds. */
export interface TimedReading {
  readonly reading: ReportReading;
  readonly milliseconds: number;
}

/** Reads a settled text; undefined where the pack has no reader. */
export function useTimedReading({ reader }: Instruments, text: string): TimedReading | undefined {
  return useMemo(() => {
    if (!reader) return undefined;
    const start = performance.now();
    const reading = reader.read(text);
    return { reading, milliseconds: performance.now() - start };
  }, [reader, text]);
}

const nothingChecked: CheckedReport = { text: '', checks: [], completeness: [], quality: [] };

/** A text beyond this length is checked only while somebody looks. */
const shortText = 20_000;

/**
 * The checks of a settled text, with what is known beside it. They read the text several times over, so they come after
 * what the reading shows, and completeness and quality only where somebody looks (`open`).
 */
export function useChecked(
  { checker }: Instruments,
  settled: string,
  known: KnownBeside,
  open: boolean,
): CheckedReport {
  const text = useDeferredValue(settled);
  const looked = checker && text.trim() !== '' && (open || text.length <= shortText) ? checker : undefined;
  const checks = useMemo(() => looked?.check(text, checkContextOf(known)), [looked, text, known]);
  return useMemo(
    () =>
      looked && checks
        ? {
            text,
            checks,
            completeness: open ? looked.completeness(text) : [],
            quality: open ? looked.quality(text) : [],
          }
        : nothingChecked,
    [looked, checks, text, open],
  );
}

/** A text laid out on a set, or why the pack cannot do so; nothing while nobody looks (`set` is undefined). */
export interface LaidOutReport {
  readonly structured?: StructuredReport;
  readonly problem?: string;
}

export function useStructured({ pack }: Instruments, set: CdeSet | undefined, text: string): LaidOutReport {
  const made = useMemo(() => {
    if (!pack || !set) return {};
    try {
      return { structurer: createStructurer(pack, set) };
    } catch (error) {
      return { problem: (error as Error).message };
    }
  }, [pack, set]);
  const { structurer, problem } = made;
  const structured = useMemo(() => structurer?.structure(text), [structurer, text]);
  return { ...(structured ? { structured } : {}), ...(problem === undefined ? {} : { problem }) };
}
