import { foldAddress } from '../../common/compose/recipients.ts';
import { DAY, type Millis } from '../../common/time.ts';
import { findField, listFields, type RawFields } from './read-header.ts';

/** What is older when it is collected is neither forwarded nor answered. */
const SENDING_AGE = 3 * DAY;
/** As many as the relay lets pass (RFC 5321 6.3): a mail that came through more goes round in circles. */
const MOST_RECEIVED = 30;
/** Names the user for whom Valija forwarded the mail, so that it is never forwarded for him again. */
export const LOOP_FIELD = 'X-Valija-Loop';

/** A mail in question, as its header and its way here describe it. */
export interface SendingCase {
  fields: RawFields;
  envelopeFrom: string | null;
  /** When the last server before the maildrop took it in. */
  arrived: Millis;
  now: Millis;
  importing: boolean;
  loopMark: string;
}

/** Whether anything may leave because of this mail: not old ones, not in a first import, not in circles. */
export function maySend(mail: SendingCase): boolean {
  const { fields, arrived, now, importing, loopMark } = mail;
  if (importing || now - arrived > SENDING_AGE) return false;
  if (listFields(fields, 'received').length > MOST_RECEIVED) return false;
  return !listFields(fields, LOOP_FIELD.toLowerCase()).includes(loopMark);
}

/** As `maySend`; and reports of mail that could not be delivered stay, or those of what was forwarded would go there too. */
export function mayForward(mail: SendingCase): boolean {
  const { fields, envelopeFrom } = mail;
  const report = /^multipart\/report\b/i.test(findField(fields, 'content-type') ?? '');
  // Old reports are no such multipart, and not every maildrop tells the null sender.
  const daemon = envelopeFrom === null && /\bmailer-daemon@/i.test(findField(fields, 'from') ?? '');
  return maySend(mail) && envelopeFrom !== '' && !report && !daemon;
}

const ROBOTS = new Set([
  'mailer-daemon',
  'postmaster',
  'listserv',
  'majordomo',
  'listproc',
  'bounce',
  'bounces',
]);
const NO_REPLY = /^(?:do[-_.]?not[-_.]?reply|no[-_.]?reply|noreply|donotreply)(?:[-_.+].*)?$/;
const LIST_FIELDS = [
  'list-id',
  'list-help',
  'list-subscribe',
  'list-unsubscribe',
  'list-post',
  'list-owner',
  'list-archive',
];

/** Whether this address belongs to a program that nobody should answer (RFC 5230 4.6, RFC 3834 2). */
function isRobot(address: string): boolean {
  const local = foldAddress(address.slice(0, address.lastIndexOf('@')));
  if (ROBOTS.has(local) || NO_REPLY.test(local)) return true;
  return local.startsWith('owner-') || /-(?:request|owner|bounces|relay)(?:\+.*)?$/.test(local);
}

/** Why a mail gets no automatic answer; null when it may get one. */
export type NoAnswer = 'not-now' | 'automatic' | 'list' | 'spam' | 'robot' | 'own' | 'not-addressed';

/**
 * RFC 5230 4.5 and 4.6, RFC 3834 2. `from` are the addresses that an answer would go to or be judged by; `addressed` those in
 * To, Cc and their Resent- forms; `own` the user's addresses.
 */
export function refuseAnswer(
  mail: SendingCase,
  people: { from: readonly string[]; addressed: readonly string[]; own: readonly string[] },
): NoAnswer | null {
  const { fields, envelopeFrom } = mail;
  const read = (name: string): string => (findField(fields, name) ?? '').trim().toLowerCase();
  const own = new Set(people.own.map(foldAddress));
  if (!maySend(mail)) return 'not-now';
  const automatic = read('auto-submitted');
  if (envelopeFrom === '' || (automatic !== '' && !/^no\s*(?:;|\(|$)/.test(automatic))) return 'automatic';
  if (/\b(?:all|oof|autoreply)\b/.test(read('x-auto-response-suppress'))) return 'automatic';
  if (LIST_FIELDS.some((name) => findField(fields, name) !== null)) return 'list';
  if (/^(?:bulk|junk|list)\b/.test(read('precedence'))) return 'list';
  if (/^(?:yes|true)\b/.test(read('x-spam-flag'))) return 'spam';
  if (people.from.length === 0 || people.from.some(isRobot)) return 'robot';
  if (people.from.some((address) => own.has(foldAddress(address)))) return 'own';
  return people.addressed.some((address) => own.has(foldAddress(address))) ? null : 'not-addressed';
}
