import { createHash, timingSafeEqual } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { HttpRefusal } from './problems.ts';

const loopback = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?$/i;

/**
 * A page on the internet can make a browser send requests to this computer, and a name that resolves to 127.0.0.1 makes
 * them look same-origin. So the Host must be a loopback name, and an Origin, where there is one, must be this server's.
 */
export const onlyFromHere: MiddlewareHandler = async (context, next) => {
  const host = context.req.header('host') ?? '';
  if (!loopback.test(host)) throw new HttpRefusal(403, 'the Host is not this computer', 'use the printed address');
  const origin = context.req.header('origin');
  if (origin !== undefined && origin !== `http://${host}`)
    throw new HttpRefusal(403, 'the request comes from another site', 'use the printed address');
  const site = context.req.header('sec-fetch-site');
  if (context.req.method !== 'GET' && site !== undefined && site !== 'same-origin')
    throw new HttpRefusal(403, 'the request comes from another site', 'use the printed address');
  await next();
};

/**
 * Lets in who has the token: by the printed address (which sets a cookie and leaves the token out of the address bar),
 * by that cookie, or by an Authorization header.
 */
export const onlyWithToken =
  (token: string): MiddlewareHandler =>
  async (context, next) => {
    // Cookies know no ports: two reading rooms on one computer must not take each other's.
    const cookie = `radiolect-${createHash('sha256').update(token).digest('hex').slice(0, 8)}`;
    const url = new URL(context.req.url);
    const inAddress = url.searchParams.get('token');
    if (inAddress !== null && same(inAddress, token)) {
      setCookie(context, cookie, token, { httpOnly: true, sameSite: 'Strict', path: '/', maxAge: 60 * 60 * 24 * 365 });
      url.searchParams.delete('token');
      return context.redirect(`${url.pathname}${url.search}`, 303);
    }
    const bearer = /^Bearer (.+)$/.exec(context.req.header('authorization') ?? '')?.[1];
    if (!same(bearer ?? getCookie(context, cookie) ?? '', token))
      throw new HttpRefusal(401, 'the token is missing', 'open the address that the terminal printed');
    return await next();
  };

/** A changing request with a plain form's content type could be sent by any page without asking the browser. */
export const onlyJsonBodies: MiddlewareHandler = async (context, next) => {
  if (!['GET', 'HEAD'].includes(context.req.method)) {
    const type = context.req.header('content-type') ?? '';
    if (!/^application\/json\b/i.test(type))
      throw new HttpRefusal(415, 'the body is not JSON', 'send content-type: application/json');
  }
  await next();
};

export const securityHeaders: MiddlewareHandler = async (context, next) => {
  await next();
  const { headers } = context.res;
  headers.set(
    'content-security-policy',
    "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; worker-src 'self' blob:; " +
      "object-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
  );
  headers.set('x-content-type-options', 'nosniff');
  headers.set('referrer-policy', 'no-referrer');
  headers.set('cross-origin-resource-policy', 'same-origin');
  headers.set('cross-origin-opener-policy', 'same-origin');
  if (!headers.has('cache-control')) headers.set('cache-control', 'no-store');
};

/** Compares in a time that does not tell how much of the token was right. */
function same(given: string, token: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(token));
}
