import { createHmac, timingSafeEqual } from 'node:crypto';

/** What an access token says; moments in seconds (RFC 7519). */
export type Claims = {
  readonly sub: string;
  readonly unit: string;
  readonly iat: number;
  readonly exp: number;
};

const header = encode({ alg: 'HS256', typ: 'JWT' });

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value), 'utf8').toString('base64url');
}

function mac(text: string, secret: string): Buffer {
  return createHmac('sha256', Buffer.from(secret, 'base64url')).update(text).digest();
}

/** A JWT with HMAC-SHA-256 (RFC 7515, 7519). `secret` in base64url. */
export function signToken(claims: Claims, secret: string): string {
  const text = `${header}.${encode(claims)}`;
  return `${text}.${mac(text, secret).toString('base64url')}`;
}

/** The claims of a token of ours that has not expired at `now` (milliseconds), else null. Only HS256 is known. */
export function readToken(token: string, secret: string, now: number): Claims | null {
  const [head, body, signature, ...rest] = token.split('.');
  if (head !== header || body === undefined || signature === undefined || rest.length > 0) return null;
  const expected = mac(`${head}.${body}`, secret);
  const given = Buffer.from(signature, 'base64url');
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
  const claims = JSON.parse(Buffer.from(body, 'base64url').toString('utf8')) as Claims;
  return claims.exp * 1000 > now ? claims : null;
}
