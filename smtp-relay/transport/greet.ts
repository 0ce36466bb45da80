import { isPositive, type Reply } from './wire/reply-reader.ts';
import type { SmtpWire } from './wire/smtp-wire.ts';
import { ReplyError } from './wire/wire-error.ts';

/** What a host says of itself after EHLO (RFC 5321 4.1.1.1), keywords in capitals with their parameters. */
export type Extensions = ReadonlyMap<string, string>;

/** Awaits 220. Throws ReplyError or WireError. */
export async function awaitGreeting(wire: SmtpWire): Promise<void> {
  const greeting = await wire.read();
  if (greeting.code !== 220) throw new ReplyError(greeting, 'session');
}

/** EHLO, or HELO for hosts that do not know it and are not asked for what only EHLO tells. */
export async function greet(wire: SmtpWire, name: string, mayBeOld: boolean): Promise<Extensions> {
  wire.write(`EHLO ${name}\r\n`);
  const extended = await wire.read();
  if (isPositive(extended)) return readExtensions(extended);
  if (!mayBeOld || extended.code < 500) throw new ReplyError(extended, 'session');
  wire.write(`HELO ${name}\r\n`);
  const plain = await wire.read();
  if (!isPositive(plain)) throw new ReplyError(plain, 'session');
  return new Map();
}

export function readExtensions(reply: Reply): Extensions {
  const extensions = new Map<string, string>();
  for (const line of reply.lines.slice(1)) {
    // `AUTH=` is how servers wrote it before RFC 2554.
    const match = /^([A-Za-z0-9][A-Za-z0-9-]*)(?:[ =](.*))?$/.exec(line.slice(4).trim());
    if (match === null) continue;
    const [, keyword = '', parameters = ''] = match;
    const known = extensions.get(keyword.toUpperCase());
    extensions.set(keyword.toUpperCase(), known === undefined ? parameters : `${known} ${parameters}`);
  }
  return extensions;
}
