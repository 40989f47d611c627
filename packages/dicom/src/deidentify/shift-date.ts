/**
 * A DICOM date (YYYYMMDD) or date-time (YYYYMMDDHHMMSS…) moved back by whole days; the time stays. Dates that are only a
 * year or a month, and text that is no date, become undefined.
 */
export function shiftDate(value: string, daysBack: number): string | undefined {
  const match = /^(\d{4})[.\-/]?(\d{2})[.\-/]?(\d{2})(.*)$/.exec(value.trim());
  if (!match) return undefined;
  const [, year, month, day, rest = ''] = match;
  const moment = Date.UTC(Number(year), Number(month) - 1, Number(day)) - daysBack * 86_400_000;
  if (Number.isNaN(moment)) return undefined;
  return new Date(moment).toISOString().slice(0, 10).replaceAll('-', '') + rest;
}
