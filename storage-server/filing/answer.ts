import { findIdentity } from '../../common/compose/identity.ts';
import { foldAddress } from '../../common/compose/recipients.ts';
import { makeReferences, normaliseMessageId } from '../../common/compose/references.ts';
import { isMailAddress } from '../../common/compose/check-address.ts';
import type { Identity } from '../../common/shapes/identity.ts';
import type { SieveVacation } from '../../common/sieve/action.ts';
import { parseAddresses } from '../mime/addresses.ts';
import { listMessageIds } from '../mime/digest.ts';
import { decodeHeaderText } from '../mime/headers.ts';
import { decodeRawHeader } from '../mime/charset.ts';
import { findField, listFields, type RawFields } from './read-header.ts';
import { refuseAnswer, type SendingCase } from './sending-rule.ts';

/** An answer that a rule gives by itself (RFC 5230), ready to be written. */
export interface AutomaticAnswer {
  to: string;
  /** Address of one of the user's identities. */
  from: string;
  fromName: string | null;
  subject: string;
  text: string;
  /** `text` is a MIME entity with headers of its own. */
  mime: boolean;
  /** Notices with the same handle are the same notice to whoever got one. */
  handle: string;
  /** At most one to a sender in this time. */
  seconds: number;
  inReplyTo: string | null;
  references: string[];
}

/** Whose mail it is: the account that received, and all that the user may send as. */
export interface Receiver {
  account: { id: string; email: string };
  identities: readonly Identity[];
  /** Addresses of all accounts. */
  emails: readonly string[];
  /** As whom this account sends; null when it has no identity. */
  sender: Identity | null;
}

const MOST_ADDRESSED = 200;

/** The answer that the action asks for; null where none may be given (`refuseAnswer`) or nobody can be answered. */
export function planAnswer(
  action: SieveVacation,
  mail: SendingCase,
  receiver: Receiver,
): AutomaticAnswer | null {
  const { fields } = mail;
  const authors = readList(fields, 'from');
  const to = mail.envelopeFrom ?? authors[0] ?? '';
  const addressed = ['to', 'cc', 'bcc', 'resent-to', 'resent-cc', 'resent-bcc'].flatMap((name) =>
    readList(fields, name),
  );
  const identities = receiver.identities.map(({ address }) => address);
  const own = [...receiver.emails, ...identities, ...action.addresses];
  const from = [...new Set([to, ...authors])].filter((address) => address !== '');
  if (refuseAnswer(mail, { from, addressed, own }) !== null || !isMailAddress(to)) return null;
  const sender = chooseSender(action, addressed, receiver);
  if (sender === null) return null;
  const answered = {
    messageId: listMessageIds(findField(fields, 'message-id'))[0] ?? null,
    inReplyTo: listMessageIds(findField(fields, 'in-reply-to'))[0] ?? null,
    references: listMessageIds(findField(fields, 'references')),
  };
  return {
    to,
    from: sender.address,
    fromName: sender.name,
    subject: action.subject ?? `Auto: ${readText(fields, 'subject')}`.trim(),
    text: action.text,
    mime: action.mime,
    handle: action.handle,
    seconds: action.seconds,
    inReplyTo: normaliseMessageId(answered.messageId),
    references: answered.messageId === null ? [] : makeReferences(answered),
  };
}

/** As the script says if that is the user's own; else the address that received, of the account that received. */
function chooseSender(
  action: SieveVacation,
  addressed: readonly string[],
  { identities, account, sender }: Receiver,
): Identity | null {
  const wanted = action.from === null ? undefined : parseAddresses(action.from, 1)[0]?.address;
  const named = wanted === undefined ? undefined : findIdentity(identities, wanted);
  if (named !== undefined) return named;
  const receiving = identities.filter((one) => one.account === account.id);
  const folded = new Set(addressed.map(foldAddress));
  return receiving.find(({ address }) => folded.has(foldAddress(address))) ?? sender;
}

function readText(fields: RawFields, name: string): string {
  return decodeHeaderText(decodeRawHeader(findField(fields, name) ?? ''), 300);
}

function readList(fields: RawFields, name: string): string[] {
  return listFields(fields, name)
    .flatMap((value) => parseAddresses(decodeRawHeader(value), MOST_ADDRESSED))
    .map(({ address }) => address)
    .filter((address) => address !== '');
}
