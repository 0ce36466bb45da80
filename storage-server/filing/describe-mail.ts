import { createHash } from 'node:crypto';
import { foldAddress } from '../../common/compose/recipients.ts';
import type { Millis } from '../../common/time.ts';
import { decideDate, readHopDate } from '../mime/dates.ts';
import { HeaderFields } from '../mime/headers.ts';
import type { UserProfile } from '../home/home.ts';
import type { Receiver } from './answer.ts';
import { readEnvelope } from './envelope.ts';
import { findField, readRawFields } from './read-header.ts';
import type { SendingCase } from './sending-rule.ts';

/** What stands in LOOP_FIELD of what is forwarded for a user: says nothing of him to others. */
export function makeLoopMark(user: string): string {
  return createHash('sha256').update(`forwarded for ${user}`).digest('base64url').slice(0, 22);
}

/** A mail as the question of sending something because of it sees it. */
export function describeCase(
  header: Uint8Array,
  way: { received: Millis; importing: boolean; loopMark: string; account: { email: string } },
): SendingCase {
  const fields = readRawFields(header);
  const { received, importing, loopMark, account } = way;
  return {
    fields,
    envelopeFrom: readEnvelope(fields, account).from,
    arrived: readHopDate(findField(fields, 'received') ?? '', received) ?? readDate(fields, received),
    now: received,
    importing,
    loopMark,
  };
}

function readDate(fields: SendingCase['fields'], received: Millis): Millis {
  const headers = new HeaderFields();
  for (const [name, value] of fields) headers.add(name, value);
  return decideDate(headers, received);
}

/** For whom a mail comes in, and as whom it may be answered: the identity of the account's own address before its others. */
export function describeReceiver(
  profile: Pick<UserProfile, 'accounts' | 'identities'>,
  account: string,
): Receiver {
  const email = profile.accounts.find(({ id }) => id === account)?.email ?? '';
  const senders = profile.identities.filter((one) => one.account === account);
  return {
    account: { id: account, email },
    sender: senders.find(({ address }) => foldAddress(address) === foldAddress(email)) ?? senders[0] ?? null,
    identities: profile.identities,
    emails: profile.accounts.map(({ email }) => email),
  };
}
