import type { RuleReader } from '@radiolect/reports';

/** Encodings in which hospital systems export reports, besides UTF-16 with its mark. */
const encodings = ['utf-8', 'big5', 'gb18030'] as const;

/**
 * The text of a file. A byte order mark or valid UTF-8 decides; else the Chinese encoding in which the reader
 * understands more. Undefined where the bytes are no text.
 */
export function openText(bytes: Uint8Array, reader: RuleReader | undefined): string | undefined {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  if (bytes.subarray(0, 4096).includes(0)) return undefined;
  const readings = encodings.flatMap((encoding) => decoded(bytes, encoding) ?? []);
  if (readings.length <= 1 || decoded(bytes, 'utf-8') !== undefined) return readings[0];
  const understood = readings.map((text) => {
    const reading = reader?.read(text.slice(0, 20_000));
    return reading ? reading.findings.length + reading.extraosseous.length + reading.regional.length : 0;
  });
  return readings[understood.indexOf(Math.max(...understood))];
}

function decoded(bytes: Uint8Array, encoding: (typeof encodings)[number]): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
