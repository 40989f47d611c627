/**
 * A DICOM person name (PS3.5 6.2.1) to be read: "CHEN^Mei Lin" as "CHEN Mei Lin"; ideographic and phonetic groups after
 * "=" follow in brackets.
 */
export function personName(name: string | undefined): string | undefined {
  const [first, ...others] = (name ?? '')
    .split('=')
    .map((group) => group.split('^').filter(Boolean).join(' ').trim())
    .filter(Boolean);
  if (first === undefined) return undefined;
  return others.length > 0 ? `${first} (${others.join(', ')})` : first;
}
