/**
 * A DICOM UID made from text or bytes: the same input gives the same UID ("2.25." and 128 bits of its SHA-256).
 * Used for objects that have none of their own, such as exported pictures.
 */
export async function stableUid(input: string | Uint8Array): Promise<string> {
  const bytes = typeof input === 'string' ? new TextEncoder().encode(input) : input;
  const digest = await crypto.subtle.digest('SHA-256', new Uint8Array(bytes));
  return uidOfBytes(new Uint8Array(digest));
}

/** "2.25." and the first 16 bytes as one decimal number (PS3.5 annex B.2). */
export function uidOfBytes(bytes: Uint8Array): string {
  let number = 0n;
  for (const byte of bytes.subarray(0, 16)) number = number * 256n + BigInt(byte);
  return `2.25.${number}`;
}
