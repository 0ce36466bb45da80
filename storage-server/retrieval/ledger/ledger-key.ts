import { createHash } from 'node:crypto';
import { foldHost } from '../../../common/host.ts';
import type { Pop3Settings } from '../../../common/shapes/account.ts';
import type { Listed } from '../../pop3/listing.ts';
import { hashSource, type Source } from '../../pop3/message-sink.ts';

/** Names the ledger of a maildrop. Each user has one of their own: two users with the same maildrop both get its mail. */
export function nameLedger(user: string, pop3: Pick<Pop3Settings, 'host' | 'port' | 'user'>): string {
  return createHash('sha256')
    .update(JSON.stringify([user, foldHost(pop3.host), pop3.port, pop3.user]))
    .digest('base64url');
}

const LONGEST = 200;

/** The key of each message by its UIDL; null where UIDLs tell nothing: missing, or the same for several (RFC 1939 forbids both). */
export function makeLedgerKeys(messages: readonly Listed[]): (string | null)[] {
  const counts = new Map<string, number>();
  for (const { uidl } of messages) if (uidl !== null) counts.set(uidl, (counts.get(uidl) ?? 0) + 1);
  return messages.map(({ uidl }) => {
    if (uidl === null || counts.get(uidl) !== 1) return null;
    return uidl.length <= LONGEST ? uidl : `long ${createHash('sha256').update(uidl).digest('base64url')}`;
  });
}

/** Names a listing in which every UIDL tells something: two that are named alike are the same. Null for others. */
export function digestListing(messages: readonly Listed[]): string | null {
  if (isPositional(messages) || makeLedgerKeys(messages).includes(null)) return null;
  const hash = createHash('sha256');
  for (const { uidl, size } of messages) hash.update(`${uidl} ${size}\n`);
  return hash.digest('base64url');
}

/** Some servers give the message number for a UIDL: when one message goes, all after it have other UIDLs than before. */
export function isPositional(messages: readonly Listed[]): boolean {
  return messages.length > 0 && messages.every(({ number, uidl }) => Number(uidl) === number);
}

/** Stands for a UIDL where there is none: the same bytes for the n-th time in one session. No UIDL holds a space. */
export async function makeContentKey(source: Source, seen: Map<string, number>): Promise<string> {
  const digest = await hashSource(source);
  const nth = (seen.get(digest) ?? 0) + 1;
  seen.set(digest, nth);
  return `bytes ${digest} ${nth}`;
}

/** Whether a key of the ledger was made of the bytes. */
export function isContentKey(key: string): boolean {
  return key.startsWith('bytes ');
}
