import { isIP } from 'node:net';
import { getClientAddress, parseReceived } from 'mailauth/lib/parse-received.js';

/** What one Received line says (RFC 5321 4.4). All of it is the word of the server that wrote the line. */
export interface Hop {
  /** The client's own claim. */
  helo: string | null;
  /** The client's name as the server found it in the DNS. */
  name: string | null;
  ip: string | null;
  /** The server. */
  by: string | null;
  /** Handed over within one system (LMTP, a queue, a program), so never across its border. */
  local: boolean;
}

const LONGEST = 4000;
const LOCAL = /^(?:lmtp[as]*|local(?:host)?|mapi|http[s]?|pipe|stdin)$/i;
/** Exim's own claim within the comment. */
const EXIM_HELO = /(?:^|[\s(])helo=(\S+)/i;

export function readHop(value: string): Hop {
  const received = parseReceived(`Received: ${value.slice(0, LONGEST)}`);
  if (received === false) return { helo: null, name: null, ip: null, by: null, local: false };
  const { from, by } = received;
  const comment = from?.comment ?? '';
  const claimed = EXIM_HELO.exec(comment)?.[1];
  const first = readName(from?.value);
  // With the claim told apart, what stands in front was looked up (Exim); else it is the claim (Postfix and most).
  const helo = claimed === undefined ? first : readName(claimed.replace(/[()]+$/, ''));
  const ip = getClientAddress(from) || readBareAddress(comment);
  return {
    helo,
    name: claimed === undefined ? readLookedUp(comment) : first,
    ip: ip === '' ? null : ip,
    by: readName(by?.value),
    local: LOCAL.test(received['with']?.value.trim().split(/\s/)[0] ?? ''),
  };
}

/** A host name in lower case, null for addresses and what no name can be. */
function readName(text: string | undefined): string | null {
  const name = (text ?? '').trim().split(/\s/)[0]?.toLowerCase().replace(/\.$/, '') ?? '';
  return name !== '' && name.length <= 253 && /^[a-z0-9_][a-z0-9._-]*$/.test(name) && isIP(name) === 0
    ? name
    : null;
}

/** `mx.example.org [192.0.2.1]`: the name in front of the address, which Postfix and sendmail looked up. */
function readLookedUp(comment: string): string | null {
  const name = readName(
    /(?:^|\s)([^\s[\]()=]+)\s+\[[^\]]+\](?::\d+)?(?:\s*\(may be forged\))?\s*$/i.exec(comment)?.[1],
  );
  return name === 'unknown' || /may be forged/i.test(comment) ? null : name;
}

/** Exchange and qmail write the address without brackets, as the last word of the last comment. */
function readBareAddress(comment: string): string {
  const last =
    comment
      .trim()
      .split(/[\s(]/)
      .at(-1)
      ?.replace(/[[\]()]/g, '') ?? '';
  return isIP(last) === 0 ? '' : last;
}
