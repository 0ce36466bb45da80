import type { Priority } from './queued-mail.ts';

/** A mail to more than these is not a letter that somebody waits for. */
const MANY_RECIPIENTS = 20;
/** Of the header block, which stands first. */
const LOOK = 64 * 1024;

/** What programs send to many (RFC 2919, RFC 3834, and the older Precedence). */
const BULK = /^(?:precedence:[ \t]*(?:bulk|list|junk)\b|list-id:|auto-submitted:[ \t]*(?!no\b)\S)/im;

/** Whether those that somebody waits for go before this one; `message` is whole or its beginning. */
export function choosePriority(message: Buffer, recipients: number): Priority {
  if (recipients > MANY_RECIPIENTS) return 1;
  const end = message.indexOf('\r\n\r\n');
  const header = message.toString('latin1', 0, Math.min(end === -1 ? message.length : end, LOOK));
  return BULK.test(header) ? 1 : 0;
}
