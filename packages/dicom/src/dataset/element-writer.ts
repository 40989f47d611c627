const longVrs = new Set(['OB', 'OW', 'OF', 'OD', 'UN', 'SQ', 'UT']);

/** One explicit little-endian data element. Values of odd length are padded as their VR asks. */
export function element(tag: string, vr: string, value: Uint8Array | string): Uint8Array {
  const bytes = typeof value === 'string' ? ascii(value) : value;
  const padding = vr === 'UI' || vr === 'OB' ? 0 : 0x20;
  const even = bytes.length % 2 === 0 ? bytes : joined([bytes, Uint8Array.of(padding)]);
  const length = longVrs.has(vr) ? joined([word(0, 2), word(even.length, 4)]) : word(even.length, 2);
  return joined([tagBytes(tag), ascii(vr), length, even]);
}

/** The eight hexadecimal digits of a tag as four bytes, little endian. */
export const tagBytes = (tag: string): Uint8Array =>
  joined([word(Number.parseInt(tag.slice(0, 4), 16), 2), word(Number.parseInt(tag.slice(4), 16), 2)]);

/** A number as `bytes` bytes, little endian. */
export const word = (value: number, bytes: number): Uint8Array =>
  Uint8Array.from({ length: bytes }, (_, index) => Math.floor(value / 256 ** index) % 256);

export const ascii = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

/** Preamble, mark and file meta header of a file in the given transfer syntax. */
export function fileMeta(sopClass: string, sopInstance: string, transferSyntax: string): Uint8Array {
  const rest = joined([
    element('00020002', 'UI', sopClass),
    element('00020003', 'UI', sopInstance),
    element('00020010', 'UI', transferSyntax),
  ]);
  return joined([new Uint8Array(128), ascii('DICM'), element('00020000', 'UL', word(rest.length, 4)), rest]);
}

export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
