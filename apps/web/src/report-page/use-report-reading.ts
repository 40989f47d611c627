import type { CdeSet, ReportReading, StructuredReport } from '@radiolect/findings';
import { createStructurer } from '@radiolect/reports';
import { useMemo } from 'react';
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

const nothingChecked: CheckedReport = { checks: [], completeness: [], quality: [] };

/** The checks of a settled text, with what is known beside it. */
export function useChecked({ checker }: Instruments, text: string, known: KnownBeside): CheckedReport {
  return useMemo(
    () =>
      checker && text.trim() !== ''
        ? {
            checks: checker.check(text, checkContextOf(known)),
            completeness: checker.completeness(text),
            quality: checker.quality(text),
          }
        : nothingChecked,
    [checker, text, known],
  );
}

/** The text laid out on a set; undefined while nobody looks (`set` is undefined). */
export function useStructured(
  { pack }: Instruments,
  set: CdeSet | undefined,
  text: string,
): StructuredReport | undefined {
  const structurer = useMemo(() => (pack && set ? createStructurer(pack, set) : undefined), [pack, set]);
  return useMemo(() => structurer?.structure(text), [structurer, text]);
}
