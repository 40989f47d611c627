import { uidOfBytes } from '../stable-uid.ts';

/** Keyed hashes (HMAC-SHA-256) of identifiers. Without the key neither the identifier nor a match can be found. */
export interface KeyedHash {
  /** `letters` hexadecimal digits, upper case. `kind` keeps equal texts of different kinds apart. */
  text(kind: string, value: string, letters: number): Promise<string>;
  /** A UID under 2.25. */
  uid(value: string): Promise<string>;
  /** A whole number from 0 to below `limit`. */
  number(kind: string, value: string, limit: number): Promise<number>;
}

/** Makes the hash of one project. Throws RangeError when the key is shorter than 16 bytes. */
export async function keyedHash(key: Uint8Array): Promise<KeyedHash> {
  if (key.length < 16) throw new RangeError('The key needs at least 16 bytes');
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const imported = await crypto.subtle.importKey('raw', new Uint8Array(key), algorithm, false, ['sign']);
  const digest = async (kind: string, value: string): Promise<Uint8Array> =>
    new Uint8Array(await crypto.subtle.sign('HMAC', imported, new TextEncoder().encode(`${kind}\0${value}`)));
  return {
    text: async (kind, value, letters) =>
      Array.from(await digest(kind, value), (byte) => byte.toString(16).padStart(2, '0'))
        .join('')
        .slice(0, letters)
        .toUpperCase(),
    uid: async (value) => uidOfBytes(await digest('uid', value)),
    number: async (kind, value, limit) => new DataView((await digest(kind, value)).buffer).getUint32(0) % limit,
  };
}
