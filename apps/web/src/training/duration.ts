import type { Translate } from '../words/words-context.tsx';

/** A duration in one or two units: "40 s", "12 min", "3 h 20 min". */
export function durationWords(seconds: number, t: Translate): string {
  if (seconds < 90) return t('seconds', { n: Math.max(1, Math.round(seconds)) });
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return t('minutes', { n: minutes });
  return t('hoursMinutes', { h: Math.floor(minutes / 60), m: minutes % 60 });
}
