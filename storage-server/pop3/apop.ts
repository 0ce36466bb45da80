import { createHash } from 'node:crypto';

/** The timestamp that the greeting of a server with APOP holds (RFC 1939 section 7), a message id; null without one. */
export function readTimestamp(greeting: string): string | null {
  return /<[^<>\s]+@[^<>\s]+>/.exec(greeting)?.[0] ?? null;
}

/** MD5 of timestamp and secret, in hexadecimal. */
export function makeApopDigest(timestamp: string, secret: string): string {
  return createHash('md5')
    .update(timestamp + secret)
    .digest('hex');
}
