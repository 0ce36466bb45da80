import { createHash } from 'node:crypto';
import { MailError } from '../../common/errors.ts';
import type { Mails } from '../mail/mails.ts';
import type { Listed } from '../pop3/listing.ts';
import { hashSource, releaseSource } from '../pop3/message-sink.ts';
import type { Pop3Session } from '../pop3/session.ts';
import { isPositional } from './ledger/ledger-key.ts';
import type { LedgerEntry } from './ledger/ledger-store.ts';
import type { Destination } from './store-batch.ts';

/** It is retrieved at each poll. Larger messages are told apart by their sizes. */
const LARGEST = 256 * 1024;

/** A message whose bytes tell whether the UIDLs still mean what they meant. */
export interface Probe {
  listed: Listed;
  entry: LedgerEntry;
}

/**
 * What has to be looked at before the UIDLs of such a server are believed: the first and the last message that we know,
 * between which none can have gone unseen; `distrust` where the listing alone shows that they moved.
 */
export function chooseProbes(
  messages: readonly Listed[],
  ledger: readonly LedgerEntry[],
): Probe[] | 'distrust' {
  if (!isPositional(messages)) return [];
  const listed = new Map(messages.map((message) => [message.uidl, message]));
  const probes: Probe[] = [];
  for (const entry of ledger) {
    const now = listed.get(entry.uidl);
    if (entry.state === 'deleted' || entry.state === 'deleting' || entry.listed === 0) continue;
    if (now === undefined || now.size !== entry.size) return 'distrust';
    const telling = entry.removed_at === null && entry.state !== 'lost' && now.size <= LARGEST;
    if (telling) probes.push({ listed: now, entry });
  }
  probes.sort((a, b) => a.listed.number - b.listed.number);
  return probes.length <= 2 ? probes : [probes[0]!, probes.at(-1)!];
}

/** Whether the UIDLs of this listing tell nothing, so that only the bytes can: also where a probe cannot be had. */
export async function mustDistrust(
  core: { mails: Pick<Mails, 'openRaw'> },
  session: Pop3Session,
  to: Pick<Destination, 'user' | 'account'>,
  known: { messages: readonly Listed[]; ledger: readonly LedgerEntry[] },
): Promise<boolean> {
  const probes = chooseProbes(known.messages, known.ledger);
  if (probes === 'distrust') return true;
  if (probes.length === 0) return false;
  const entries = new Map(probes.map(({ listed, entry }) => [listed, entry]));
  let distrust = false;
  for await (const { listed, source, error } of session.retrieve([...entries.keys()])) {
    if (error !== null) {
      distrust = true;
      continue;
    }
    const there = await hashSource(source);
    await releaseSource(source);
    const here = await hashStored(core.mails, to, entries.get(listed)!);
    if (here !== there) distrust = true;
  }
  return distrust;
}

/** As `hashSource`; null where nothing is stored to compare with. */
async function hashStored(
  mails: Pick<Mails, 'openRaw'>,
  { user, account }: Pick<Destination, 'user' | 'account'>,
  entry: LedgerEntry,
): Promise<string | null> {
  try {
    const raw = await mails.openRaw(user, entry.mail, entry.account ?? account);
    const digest = createHash('sha256');
    for await (const chunk of raw.open(0, raw.size)) digest.update(chunk as Buffer);
    return digest.digest('base64url');
  } catch (error) {
    if (error instanceof MailError) return null;
    throw error;
  }
}
