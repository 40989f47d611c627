const ipv4Loopback = /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/;
/** `::ffff:127.0.0.0/104` as the URL parser writes it. */
const mappedLoopback = /^\[::ffff:7f[0-9a-f]{2}:[0-9a-f]{1,4}\]$/;

/**
 * Whether what is sent to an address stays on this computer: `localhost`, 127.0.0.0/8 in any of its spellings, `::1`.
 * A name that a name server resolves is never loopback, whatever it resolves to now; nor is 0.0.0.0.
 * The URL parser has undone other spellings (127.1, 0x7f000001, full width digits) before the host is looked at.
 */
export function isLoopback(url: URL): boolean {
  const host = url.hostname.toLowerCase();
  return host === 'localhost' || host === '[::1]' || ipv4Loopback.test(host) || mappedLoopback.test(host);
}

/** What is wrong with the address of a server of models, or undefined. */
export function addressProblem(text: string): string | undefined {
  if (!URL.canParse(text)) return 'is not an address';
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return 'is neither http nor https';
  if (url.username !== '' || url.password !== '') return 'holds a user name or password; keys belong to apiKeyEnv';
  if (url.search !== '' || url.hash !== '') return 'holds a query or a fragment; keys belong to apiKeyEnv';
  return undefined;
}
