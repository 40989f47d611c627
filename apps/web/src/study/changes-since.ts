import type { Finding } from '@radiolect/findings';
import { compareFindings } from '@radiolect/findings';

/** Sites whose abnormal uptake came, went or stayed between two studies. Doubtful uptake counts as uptake. */
export interface ChangesSince {
  readonly appeared: readonly string[];
  readonly gone: readonly string[];
  readonly still: readonly string[];
}

/**
 * Compares the findings of a prior with those of now. What the prior passed over counts as not there, what today's list
 * passes over is not called gone: only a stated absence is.
 */
export function changesSince(before: readonly Finding[], now: readonly Finding[]): ChangesSince {
  const seen = (finding: Finding | undefined): boolean => finding !== undefined && finding.presence !== 'absent';
  const changes = compareFindings(before, now, true);
  const sites = (wanted: (first: Finding | undefined, second: Finding | undefined) => boolean): string[] =>
    changes.flatMap(({ site, first, second }) => (wanted(first, second) ? [site] : []));
  return {
    appeared: sites((first, second) => !seen(first) && seen(second)),
    gone: sites((first, second) => seen(first) && second?.presence === 'absent'),
    still: sites((first, second) => seen(first) && seen(second)),
  };
}
