import { foldAsciiAddress } from '../../server-kit/mail-domain.ts';
import { findField, listFields, type RawFields } from '../filing/read-header.ts';
import { parseAddresses } from '../mime/addresses.ts';

/** A mail that was sent from here, as far as a copy of it can be told by it. */
export interface SentMail {
  mail: string;
  mailFrom: string;
  /** Only what a relay took can have reached a provider. */
  taken: boolean;
  recipients: readonly string[];
}

/** What a message has that somebody delivered to its reader, and one that a provider filed for its sender has not. */
const DELIVERED = [
  'delivered-to',
  'x-original-to',
  'envelope-to',
  'list-id',
  'list-post',
  'mailing-list',
  'x-mailing-list',
  'resent-from',
  'resent-date',
];

/**
 * Whether a message that an account fetched is the copy that its provider filed of a mail which the user sent through
 * that very account. `own`: the account's own senders; `all`: every address of the user. Where it might as well have been
 * delivered to him (he is among the recipients, a list sent it back), it is not taken for one: mail to oneself has to arrive.
 */
export function isSentCopy(
  fields: RawFields,
  sent: SentMail,
  who: { own: readonly string[]; all: readonly string[] },
): boolean {
  if (!sent.taken || DELIVERED.some((name) => findField(fields, name) !== null)) return false;
  const sender = findOwnSender(fields, who.own);
  if (sender === null || sender !== foldAsciiAddress(sent.mailFrom)) return false;
  const mine = new Set(who.all.map(foldAsciiAddress));
  return !sent.recipients.some((address) => mine.has(foldAsciiAddress(address)));
}

/** The author, folded, where he is alone and one of `own`. */
export function findOwnSender(fields: RawFields, own: readonly string[]): string | null {
  const froms = listFields(fields, 'from').flatMap((value) => parseAddresses(value, 10));
  const sender = foldAsciiAddress(froms[0]?.address ?? '');
  return froms.length === 1 && own.some((address) => foldAsciiAddress(address) === sender) ? sender : null;
}
