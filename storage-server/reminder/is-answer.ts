import { foldAddress } from '../../common/compose/recipients.ts';
import type { Address } from '../../common/shapes/address.ts';
import type { MailboxRole } from '../../common/shapes/mailbox.ts';

/** A mail that came into the conversation after the reminder was set. */
export interface LaterCase {
  from: readonly Address[];
  role: MailboxRole | null;
  headers: readonly (readonly [string, string])[];
}

/**
 * Whether this mail is what the user waits for: from somebody else, written by a person. An absence notice (RFC 3834) or a
 * DSN answers nothing, and what lies in Junk may only pretend to belong to the conversation.
 */
export function isAnswer(mail: LaterCase, own: readonly string[]): boolean {
  if (mail.role === 'junk' || mail.role === 'drafts' || mail.role === 'sent') return false;
  if (mail.from.length === 0 || isAutomatic(mail.headers)) return false;
  const mine = new Set(own.map(foldAddress));
  return !mail.from.some(({ address }) => mine.has(foldAddress(address)));
}

/** What programs send by themselves, by the fields that they mark it with. */
function isAutomatic(headers: LaterCase['headers']): boolean {
  return headers.some(([name, value]) => {
    switch (name.toLowerCase()) {
      case 'auto-submitted':
        return !/^\s*no\b/i.test(value);
      case 'precedence':
        return /auto[-_]?reply|junk/i.test(value);
      case 'content-type':
        return /^\s*multipart\/report\b/i.test(value);
      case 'return-path':
        return /^\s*<\s*>/.test(value);
      case 'x-autoreply':
      case 'x-autorespond':
        return true;
      default:
        return false;
    }
  });
}
